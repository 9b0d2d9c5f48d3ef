import { randomBytes } from 'node:crypto';
import { Letters } from '#messages';
import { emailOf, noon, sampleKit } from '../support/crowd.js';

/** The crowd's mail as our own writer fills it, with NAME and TOKEN where a person's are: what the controls send. */
export function crowdMail() {
  const { languages, ladder } = sampleKit();
  const { title, deed, doneLabel } = languages.en!;
  const words = ladder.find(({ channels }) => channels.includes('email'))!;
  const link = (page: string) => `https://drumbeat.example/${page}/TOKEN`;
  const filled = new Letters().email({
    kind: 'rung',
    key: 'today#1',
    language: 'en',
    words: words.messages,
    campaign: {
      title,
      deed,
      doneLabel,
      deadlineAt: new Date(noon.getTime() + 48 * 3_600_000),
      round: 1,
      contact: null,
    },
    coalition: {
      name: 'Many Hands',
      shortName: 'Many Hands',
      replyTo: 'hello@manyhands.example',
      postalAddress: '1 Main St, Columbus, OH 43004',
      colour: '#225588',
    },
    person: { name: 'NAME', zone: 'America/New_York' },
    now: noon,
    links: {
      guide: link('guide'),
      done: link('done'),
      stop: link('stop'),
      me: link('me'),
      yes: link('yes'),
      refer: link('c'),
    },
  });
  return {
    from: 'Many Hands <reminders@drumbeat.example>',
    replyTo: 'hello@manyhands.example',
    ...filled,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'en',
      'X-PM-Metadata-reminder': '1000000.00000000-0000-0000-0000-000000000000',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}

export const listOf = (people: number) =>
  Array.from({ length: people }, (_, number) => ({
    address: emailOf(number),
    name: 'Carmen',
    token: randomBytes(16).toString('base64url'),
  }));
