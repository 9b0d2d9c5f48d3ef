import { checkRungWords } from './check-rung-words.js';
import type { RungWords } from './check-rung-words.js';

const texts = {
  en: { title: 'The job list', deed: 'comment on the job list', doneLabel: 'I filed it' },
  es: { title: 'La lista', deed: 'comentar la lista', doneLabel: 'Ya lo hice' },
};
const rung: RungWords = {
  kind: 'rung',
  words: {},
  languages: ['en'],
  campaign: (language) => (language === 'es' ? texts.es : texts.en),
  avoidWords: ['peer', 'recuperación'],
  shortNames: ['MHP', 'Many Hands Portland'],
  allowedHosts: ['drumbeat.example.org', 'www.form.example.com'],
};
const said = ({ path, line, column, words }: ReturnType<typeof checkRungWords>['problems'][number]) =>
  `${path} ${line}:${column} ${words}`;
const check = (words: RungWords['words'], change: Partial<RungWords> = {}) => {
  const { problems, warnings } = checkRungWords({ ...rung, words, ...change });
  return { problems: problems.map(said), warnings: warnings.map(said) };
};
const sms = (text: string, change?: Partial<RungWords>) => check({ en: { sms: text } }, change);
const email = (body: string, subject = 'Your letter') => check({ en: { subject, email: body } });

describe('the words of a rung, before they are saved', () => {
  it('are fine when they are', () => {
    expect(
      check({
        en: {
          subject: 'Due {{ deadline }}',
          email:
            'Hi {{ name | default: "friend" }} 👩‍🚀, [the form](https://form.example.com/a?b=1).\n\n{% if extended %}More time.{% endif %} See https://www.regulations.gov/x.',
          sms: '{{ shortName }}: {{ deed }} by {{ deadlineShort }}. {{ guideUrl }} STOP to end',
        },
      }),
    ).toEqual({ problems: [], warnings: [] });
  });

  it.each([
    ['Hi\n {{ nobody }}', /^en\.email 2:5 There is no field "nobody"/],
    ['Hi {{ constructor }}', /^en\.email 1:7 There is no field "constructor"/],
    ['Hi {{ __proto__ }}', /^en\.email 1:7 There is no field "__proto__"/],
    ['Hi {{ toString }}', /^en\.email 1:7 There is no field "toString"/],
    ['{% if constructor %}a{% endif %}', /^en\.email 1:7 There is no field "constructor"/],
    ['{% if __proto__ == name %}a{% endif %}', /^en\.email 1:7 There is no field "__proto__"/],
    ['{{ name.constructor }}', /^en\.email 1:/],
    ['{{ name["constructor"] }}', /^en\.email 1:/],
    ['{% if name[deed] %}a{% endif %}', /^en\.email 1:/],
    ['{{ dataUrl }}', /^en\.email 1:4 The field "dataUrl" may not be used/],
    ['a\n\n{% if name %}b', /^en\.email 3:1 /],
    ['{% for a in name %}{% endfor %}', /^en\.email 1:1 The tag "for" is not available/],
    ['{{ name | upcase }}', /^en\.email 1:1 The filter "upcase" is not available/],
    ['{{ name'.padEnd(1_000_000, ' '), /^en\.email 1:20001 This is longer than 20000 characters/],
    ['See\n[this](https://evil.example.net/a).', /^en\.email 2:8 Links may not go to "evil\.example\.net"/],
    ['[x](https&#58;//evil.xyz)', /^en\.email 1:1 Links may not go to "evil\.xyz"/],
    ['{% unless name %}www.evil.net{% endunless %}', /^en\.email 1:18 Links may not go to "www\.evil\.net"/],
    ['It is \u202eneddih', /^en\.email 1:7 A character that nobody sees \(U\+202E\)/],
  ])('refuses %j in a mail, with line and column', (body, words) => {
    expect(email(body.slice(0, 1_000_000)).problems[0]).toMatch(words);
  });

  it.each([
    ['Go to bit.ly/abc STOP', /^en\.sms 1:7 "bit\.ly" hides where a link leads/],
    ['Go to https://tinyurl.com/x STOP', /^en\.sms 1:7 "tinyurl\.com" hides/],
    ['https://form.example.com@evil.net/ STOP', /^en\.sms 1:1 .* is not an address/],
    ['https://form.example.com{{ name }} STOP', /^en\.sms 1:1 Links may not go to "form\.example\.comx"/],
    ['{{ name }}.evil.com STOP', /^en\.sms 1:1 Links may not go to "[a-z]+\.evil\.com"/],
    ['https:/evil.net STOP', /Links may not go to/],
    ['a\u200bb STOP', /^en\.sms 1:2 A character that nobody sees \(U\+200B\)/],
    ['a\u0007 STOP', /^en\.sms 1:2 A character that nobody sees \(U\+0007\)/],
    [`${'{{ coalition }} '.repeat(70)}STOP`, /^en\.sms 1:1 With its fields filled in this is \d+ characters/],
    [`STOP ${'é🙂'.repeat(230)}`, /^en\.sms 1:1 This takes 12 segments; a text has at most 10/],
    ['For peers. STOP', /^en\.sms 1:5 "peer" would show on a lock screen\. /],
  ])('refuses %j in a text', (text, words) => {
    expect(sms(text).problems[0]).toMatch(words);
  });

  it('lets a text go to our host, the form’s, and any .gov', () => {
    for (const link of [
      'https://drumbeat.example.org/a',
      'form.example.com/b',
      'http://WWW.BLS.gov.',
      'a@b.org',
    ])
      expect(sms(`See ${link} STOP`).problems).toEqual([]);
    expect(sms('See https://gov/x STOP').problems).toHaveLength(1);
    expect(sms('See notreally-bls.gov.evil.com STOP').problems).toHaveLength(1);
    expect(sms('bit.ly/x STOP', { allowedHosts: ['bit.ly'] }).problems).toHaveLength(1);
  });

  it('looks at the lock screen as people will see it, in every language', () => {
    expect(email('Hello.', 'For peer workers').problems[0]).toMatch(/^en\.subject 1:5 "peer" would show/);
    expect(email('For peers.').problems[0]).toMatch(/^en\.email 1:5 "peer" would show/);
    expect(email(`${'Many words. '.repeat(12)}For peers.`).problems).toEqual([]);
    expect(check({ es: { sms: 'Tu recuperacion. STOP' } }).problems[0]).toMatch(
      /^es\.sms 1:4 "recuperación"/,
    );
    const campaign = () => ({ ...texts.en, deed: 'help your peers' });
    expect(sms('Now {{ deed }}. STOP', { campaign }).problems[0]).toMatch(/"peer".*brought along by a field/);
    // far enough away behind the longest short name, in sight behind the shortest
    const late = `{{ shortName }}: ${'x'.repeat(45)} peers STOP`;
    expect(sms(late).problems).toHaveLength(1);
    expect(sms(late, { shortNames: ['Many Hands Portland'] }).problems).toEqual([]);
  });

  it('warns of words that other campaigns avoid', () => {
    expect(sms('Your therapy. STOP').problems).toEqual([]);
    expect(sms('Your therapy. STOP').warnings[0]).toMatch(/^en\.sms 1:6 "therapy" would show/);
  });

  it('warns when nothing says how to stop', () => {
    expect(sms('Please do not stop.').warnings[0]).toMatch(/Nothing says how to stop/);
    expect(sms('Bye {{ stopUrl }}').warnings).toEqual([]);
    expect(check({ es: { sms: 'Responde ALTO para salir' } }).warnings).toEqual([
      expect.stringMatching(/^en\.sms 1:1 There are no words in "en": people get those in "es"/) as string,
    ]);
  });

  it('warns of what makes a text dear: where, and how it would be cheaper', () => {
    expect(sms('It’s\ntime 🙂 STOP').warnings).toEqual([
      'en.sms 1:3 "’" makes a segment 70 characters, not 160. Cheaper: \'',
      'en.sms 2:6 "🙂" makes a segment 70 characters, not 160. Write around it.',
    ]);
    const campaign = () => ({ ...texts.es, deed: 'dar tu opinión' });
    expect(sms('{{ deed }} STOP', { campaign }).warnings).toEqual([
      expect.stringMatching(/^en\.sms 1:1 A field brings "ó" along/) as string,
    ]);
    expect(sms(`STOP ${'a'.repeat(500)}`).warnings).toEqual([
      expect.stringMatching(/^en\.sms 1:1 This takes 4 segments/) as string,
    ]);
  });

  it('warns of a translation that is missing, and of nothing that no language has', () => {
    const words = { en: { subject: 'Due', email: 'Now.' }, es: { sms: 'Ahora. STOP' } };
    expect(check(words, { languages: ['en', 'es'] }).warnings).toEqual([
      'en.sms 1:1 There are no words in "en": people get those in "es".',
      'es.email 1:1 There are no words in "es": people get those in "en".',
    ]);
    expect(check({}, { languages: ['en', 'es'] })).toEqual({ problems: [], warnings: [] });
    expect(check({ fr: { sms: 'Allez. STOP' } }).problems).toEqual([
      'fr.sms 1:1 There are no words of ours in "fr": en, es.',
    ]);
  });
});
