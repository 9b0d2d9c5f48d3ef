import { checkKit } from './check-kit.js';
import { Kit } from './kit.js';
import { markdownHtml } from './markdown.js';

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
    ['an outcome without a label', { ...kit, outcomes: ['filed', 'pledged'] }],
    ['a message in a language without words of ours', withRung({ messages: { fr: { sms: 'Salut' } } })],
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

  const comment = {
    ...kit,
    kind: 'regulatory_comment',
    languages: {
      en: {
        ...words,
        public: 'Everybody can read it.',
        need: ['A quiet hour'],
        opening: '{{ docket }}, updates',
        prompts: [{ title: 'What do you do?', help: 'Task by task.' }],
        facts: [{ words: 'We are many.', source: 'A count of 2026', url: 'https://example.org/count' }],
        sample: 'I write letters.',
      },
    },
  };
  const withWords = (change: object) => ({
    ...comment,
    languages: { en: { ...comment.languages.en, ...change } },
  });

  it('has what a comment is written with', () => {
    expect(checkKit(Kit.parse(comment))).toEqual([]);
  });

  it.each([
    ['a field in the first line that is none', { opening: '{{ deadline }} is near' }, /opening.*braces/s],
    ['a first line of two', { opening: 'one\ntwo' }, /opening.*one line/s],
    ['emoji in a fact', { facts: [{ words: 'Good 👍', source: 'us' }] }, /emoji/],
    ['a fact that nobody says', { facts: [{ words: 'We are many.' }] }, /source/],
    [
      'a source that runs a script',
      { facts: [{ words: 'x', source: 'us', url: 'javascript:alert(1)' }] },
      /must be an https address/,
    ],
    ['a sample that the form would refuse', { sample: 'é'.repeat(2_501) }, /longer than the 5000 bytes/],
    ['a question without help', { prompts: [{ title: 'What?' }] }, /help/],
  ])('is refused with %s', (_, change, says) => {
    expect(Kit.safeParse(withWords(change)).error?.message).toMatch(says);
  });

  it('is refused with a workshop where there is no comment to write', () => {
    const refused = Kit.safeParse({ ...withWords({}), kind: 'custom' });
    expect(refused.error?.message).toContain('only a comment campaign has a workshop');
  });

  it('has no script of a writer’s: Markdown shows it as words, and a link that would run one stays words', () => {
    const [script, link] = ['<script>alert(1)</script>', '[press](javascript:alert(1))'];
    const why = `${script} ${link} <img src=x onerror=alert(1)>`;
    expect(checkKit(Kit.parse({ ...kit, languages: { en: { ...words, why } } }))).toEqual([]);
    expect(markdownHtml(why)).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; [press](javascript:alert(1)) &lt;img src=x onerror=alert(1)&gt;</p>',
    );
    const inside = { ...words, summary: '[press](/admin)', steps: ['[press](data:text/html,x)'] };
    expect(checkKit(Kit.parse({ ...kit, languages: { en: inside } }))).toEqual([
      {
        path: ['languages', 'en', 'summary'],
        line: 1,
        words: expect.stringContaining('A link starts with https://') as string,
      },
    ]);
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
