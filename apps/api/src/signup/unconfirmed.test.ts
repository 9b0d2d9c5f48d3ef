import type { ReminderKind } from '#domain';
import { Letters, type Language, languages, systemEmail, systemSms } from '#messages';

const hostile = 'Win $500 call 555-0100 {{ optInUrl }} <a href=//prize.example>now</a>';
const pieces = ['Win', '$500', '555-0100', '{{', 'prize.example', '<a href=//'];

/** What goes to an address or a phone before its owner has said yes. */
const mails = ['welcome', 'nudge', 'ended', 'data', 'invitation'] as const;
const texts = ['sms_optin', 'ended', 'data'] as const;
const spoken = Object.keys(languages) as Language[];

const letter = (kind: ReminderKind, language: Language) => ({
  kind,
  key: hostile,
  language,
  campaign: {
    title: 'Comment on the docket',
    deed: 'comment on the docket',
    doneLabel: 'I filed',
    deadlineAt: new Date('2027-03-16T03:59:59Z'),
    round: 2,
    contact: null,
  },
  coalition: {
    name: 'Many Hands of Ohio',
    shortName: 'Many Hands',
    replyTo: 'hello@manyhands.example',
    postalAddress: '1 Main St, Columbus, OH 43004',
    colour: '#225588',
  },
  person: { name: hostile, zone: 'America/Los_Angeles' },
  now: new Date('2027-03-01T12:00Z'),
  links: Object.fromEntries(
    ['guide', 'done', 'stop', 'me', 'yes', 'refer', 'data', 'join'].map((page) => [
      page,
      `https://d.example/${page}/TOKEN`,
    ]),
  ) as Record<'guide' | 'done' | 'stop' | 'me' | 'yes' | 'refer' | 'data' | 'join', string>,
  code: '123456',
});

describe.each(spoken)('before a yes, in %s', (language) => {
  it.each(mails)('the mail %s says nothing that anybody typed', (kind) => {
    const said = Object.values(new Letters().email(letter(kind, language))).join('\n');
    expect(said.length).toBeGreaterThan(200);
    for (const piece of pieces) expect(said).not.toContain(piece);
    expect(systemEmail(kind, language).fields).not.toContain('name');
  });

  it.each(texts)('the text %s says nothing that anybody typed', (kind) => {
    const said = Object.values(new Letters().text(letter(kind, language))).join('\n');
    expect(said).toContain('Many Hands');
    for (const piece of pieces) expect(said).not.toContain(piece);
    expect(systemSms(kind, language).fields).not.toContain('name');
  });
});
