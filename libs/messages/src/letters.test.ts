import type { ReminderKind } from '#domain';
import { Letters } from './letters.js';
import type { Letter } from './letters.js';
import { BadMergeValue, MessageProblems } from './message-problem.js';
import { sameWords } from './same-words.js';
import { emailKinds, replies, smsKinds } from './system.js';
import { languages } from './words/languages.js';
import type { Language } from './words/languages.js';

const link = (page: string) => `https://drumbeat.example/${page}/rehearsal`;
const letter: Letter = {
  kind: 'rung',
  key: 'week#1',
  language: 'en',
  words: {
    en: {
      subject: 'A week for {{ campaign }}',
      email: 'Hi {{ name | default: "friend" }}, {{ daysLeft }} days.',
      sms: '{{ shortName }}: {{ daysLeft }} days. {{ guideUrl }} STOP to end',
    },
  },
  campaign: {
    title: 'Comment on the job list',
    deed: 'comment on the federal job list',
    doneLabel: 'I filed my comment',
    deadlineAt: new Date('2027-03-16T03:59:59Z'),
    round: 1,
    contact: null,
  },
  coalition: {
    name: 'Many Hands Portland Coalition',
    shortName: 'Many Hands PDX',
    replyTo: 'hello@many-hands.example.org',
    postalAddress: '100 Example Street, Portland, OR 97200',
    colour: '#1f4e79',
  },
  person: { name: 'Sam', zone: 'America/Los_Angeles' },
  now: new Date('2027-03-09T05:00:00Z'), // still the 8th in Los Angeles
  links: {
    guide: link('guide'),
    done: link('done'),
    stop: link('stop'),
    me: link('me'),
    yes: link('yes'),
    refer: link('c'),
  },
};
const spoken = Object.keys(languages) as Language[];
const inRound = (round: number, change: Partial<Letter> = {}): Letter => ({
  ...letter,
  ...change,
  campaign: { ...letter.campaign, round },
});

describe('the writer of letters', () => {
  const letters = new Letters();

  it('says what an organizer wrote, with the date and the days where the person is', () => {
    const { subject, text } = letters.email(letter);
    expect(subject).toBe('A week for Comment on the job list');
    expect(text).toContain('Hi Sam, 7 days.');
    expect(text).toContain('By Monday, March 15, 8:59 pm Pacific');
    expect(letters.text(letter)).toMatchObject({
      body: `Many Hands PDX: 7 days. ${link('guide')} STOP to end`,
      segments: 1,
      encoding: 'GSM-7',
    });
  });

  it('falls back to English, else to the first language there is, part by part', () => {
    const es = { ...letter, language: 'es' as const };
    expect(letters.email(es).text).toContain('Hi Sam, 7 days.');
    expect(letters.email(es).text).toContain('Hasta el lunes 15 de marzo');
    const spanish = { es: { subject: 'Una semana', email: 'Hola.' } };
    expect(letters.email({ ...letter, words: spanish }).subject).toBe('Una semana');
    const others = { fr: { sms: 'En français.' }, en: { sms: 'In English.' } };
    expect(letters.text({ ...es, words: { ...spanish, ...others } }).body).toBe('In English.');
  });

  it('uses its own words where nobody wrote any, and for what no organizer writes', () => {
    const without = { ...letter, words: {} };
    expect(letters.email(without).subject).toBe('Due Monday, March 15, 8:59 pm Pacific');
    expect(letters.text(without).body).toMatch(/^Many Hands PDX: last call to /);
    expect(letters.email({ ...without, kind: 'follow_up' }).subject).toBe('This one is over');
    expect(letters.text({ ...letter, kind: 'reply', key: 'help:SM1' }).body).toContain(
      'Help: hello@many-hands.example.org.',
    );
    expect(letters.email({ ...letter, kind: 'snooze' }).subject).toBe('The reminder you asked for');
  });

  it('gives a follow-up the campaign’s own "I did it"', () => {
    const { html, text } = letters.email({ ...letter, kind: 'follow_up' });
    expect(html).toContain('>I filed my comment</a>');
    expect(text).not.toContain('By Monday');
  });

  it.each(['rung', 'alert', 'last_call', 'snooze'] as const)(
    'begins a %s of a later round with the extended deadline',
    (kind) => {
      for (const language of spoken) {
        const later = inRound(2, { kind, language });
        const { subject, html, text } = letters.email(later);
        const notice = {
          en: 'The deadline was extended to Monday, March 15, 8:59 pm Pacific',
          es: 'El plazo se extendió hasta el lunes 15 de marzo, 8:59 p. m., hora del Pacífico',
        }[language];
        expect(text.replaceAll('\u00a0', ' ')).toContain(notice);
        expect(html.replaceAll('\u00a0', ' ')).toContain(`<strong>${notice}</strong>`);
        expect(sameWords(html)).toEqual(sameWords(text));
        expect(subject).toBe(letters.email(inRound(1, { kind, language })).subject);
        const short = {
          en: 'Extended to Mon Mar 15, 8:59 pm. ',
          es: 'Plazo extendido hasta lun 15 mar, 8:59 pm. ',
        }[language];
        const first = letters.text(inRound(1, { kind, language })).body;
        expect(letters.text(later)).toMatchObject({ body: short + first, encoding: 'GSM-7' });
      }
    },
  );

  it('says nothing of an extension elsewhere: first rounds, greetings, follow-ups, replies', () => {
    const quiet: Letter[] = [
      letter,
      inRound(2, { kind: 'welcome' }),
      inRound(2, { kind: 'follow_up' }),
      { ...inRound(2), campaign: { ...letter.campaign, round: 2, deadlineAt: null } },
    ];
    for (const one of quiet) expect(letters.email(one).text).not.toMatch(/extended/i);
    expect(letters.text(inRound(2, { kind: 'reply', key: 'optedIn' })).body).not.toMatch(/extended/i);
  });

  it('lets a writer speak of the extension', () => {
    const words = { en: { sms: '{% if extended %}More time{% else %}As planned{% endif %}' } };
    expect(letters.text({ ...letter, words }).body).toBe('As planned');
    expect(letters.text(inRound(3, { words })).body).toMatch(/More time$/);
  });

  it('has words for every kind that goes out, in every language', () => {
    const links = { ...letter.links, data: link('data'), join: link('join') };
    for (const language of spoken) {
      const mine = { ...letter, language, links, code: '204816' };
      for (const kind of [...emailKinds, 'rung', 'alert', 'follow_up', 'result'] as ReminderKind[])
        expect(letters.email({ ...mine, kind }).text).toContain(link('stop'));
      for (const kind of smsKinds.filter((one) => one !== 'opened' && one !== 'moved'))
        expect(letters.text({ ...mine, kind }).segments).toBeLessThanOrEqual(2);
      for (const reply of replies)
        expect(letters.text({ ...mine, kind: 'reply', key: `${reply}:SM1` }).body).not.toBe('');
    }
  });

  it('puts the link in that a message is for, and refuses to go out without', () => {
    const links = { ...letter.links, data: link('data') };
    expect(letters.email({ ...letter, kind: 'data', links }).html).toContain(`href="${link('data')}"`);
    expect(() => letters.email({ ...letter, kind: 'data' })).toThrow(BadMergeValue);
    expect(() => letters.email({ ...letter, kind: 'invitation' })).toThrow(BadMergeValue);
    const join = { ...letter.links, join: link('next') };
    expect(letters.email({ ...letter, kind: 'ended', links: join }).html).toContain(link('next'));
    expect(letters.email({ ...letter, kind: 'ended' }).html).toContain(`class="button" href="${link('me')}"`);
    expect(() => letters.text({ ...letter, kind: 'data' })).toThrow(/"code" has no value/);
    const words = { en: { subject: 'Yours', email: '[data]({{ dataUrl }})' } };
    expect(() => letters.email({ ...letter, links, words })).toThrow(MessageProblems);
  });

  it('keeps what differs apart though it was compiled once', () => {
    const other = { ...letter, campaign: { ...letter.campaign, doneLabel: 'I wrote it' } };
    expect(letters.email({ ...other, kind: 'follow_up' }).html).toContain('>I wrote it</a>');
    expect(letters.email({ ...letter, person: { ...letter.person, name: 'Ana' } }).text).toContain('Hi Ana');
  });
});
