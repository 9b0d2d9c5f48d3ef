import { checkKit } from './check-kit.js';
import { Kit } from './kit.js';

const words = {
  title: 'Write the letter',
  deed: 'write the letter',
  summary: 'A letter.',
  why: 'It helps.',
  steps: ['Write.'],
  minutes: { from: 5, to: 10 },
  doneLabel: 'I wrote it',
  officialLabel: 'Open',
  outcomeLabels: { filed: 'I wrote it' },
  sources: [],
};
const rung = {
  id: 'week',
  name: 'A week before',
  daysBefore: 7,
  at: '10:00',
  channels: ['email'],
  messages: { en: { subject: 'Your letter', email: 'Hi {{ name }}, it is time.' } },
};
const kit = {
  kit: 1,
  slug: 'letter',
  kind: 'custom',
  official: { url: 'https://example.org/form' },
  outcomes: ['filed'],
  avoidWords: ['secret'],
  languages: { en: words },
  ladder: [rung],
};
const withRung = (change: object) => ({ ...kit, ladder: [{ ...rung, ...change }] });

describe('a kit', () => {
  it('is read as it is', () => {
    expect(checkKit(Kit.parse(kit))).toEqual([]);
  });

  it.each([
    ['an unknown key', { ...kit, deadline: '2027-03-15' }],
    ['another version', { ...kit, kit: 2 }],
    ['a comment campaign that does not say what becomes public', { ...kit, kind: 'regulatory_comment' }],
    ['an outcome without a label', { ...kit, outcomes: ['filed', 'pledged'] }],
    ['a message in another language', withRung({ messages: { es: { subject: 'Tu carta', email: 'Hola' } } })],
    ['two rungs of one id', { ...kit, ladder: [rung, rung] }],
    ['two moments', withRung({ hoursBefore: 3 })],
    ['no time of day', withRung({ at: undefined })],
    ['a time of day that is none', withRung({ at: '24:00' })],
    ['a text that no rung sends', withRung({ messages: { en: { sms: 'It is time.' } } })],
    ['an email without a subject', withRung({ messages: { en: { email: 'It is time.' } } })],
    [
      'a follow-up by text',
      withRung({
        daysBefore: undefined,
        daysAfter: 1,
        channels: ['sms'],
        messages: { en: { sms: 'Did you?' } },
      }),
    ],
  ])('is refused with %s', (_, wrong) => {
    expect(Kit.safeParse(wrong).success).toBe(false);
  });

  it('tells what to mend, message by message', () => {
    const messages = { en: { subject: 'A secret', email: 'Hi {{ nobody }}' } };
    expect(checkKit(Kit.parse(withRung({ messages })))).toEqual([
      {
        path: ['ladder', 0, 'messages', 'en', 'email'],
        line: 1,
        words: expect.stringMatching(/^There is no field "nobody"/) as string,
      },
    ]);
    const shown = withRung({ messages: { en: { subject: 'A secret', email: 'Hi' } } });
    expect(checkKit(Kit.parse(shown))).toEqual([
      {
        path: ['ladder', 0, 'messages', 'en', 'email'],
        line: 1,
        words: '"secret" would show on a lock screen.',
      },
    ]);
  });
});
