import { checkLockScreen, type KitWords, pageWords, readKit } from '#messages';
import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { EntryPage, type EntryPageProps } from './entry.page.js';
import { entryView } from './entry.view.js';

const kit = readKit('occupation-entry');
const entryOf = ({ language }: Pick<typeof english, 'language'>, ticked: number[] = []) =>
  entryView(
    { slug: 'census', kind: kit.kind, wordsIn: (language) => kit.languages[language as 'en'] as KitWords },
    { slug: 'harbor' },
    language,
    ticked,
  )!;

const page = (props: Partial<EntryPageProps> = {}): string =>
  renderPage(
    <EntryPage
      frame={english}
      kind="census_occupation"
      campaignTitle="Write your occupation on the census form"
      coalitionName="Harbor City Coalition"
      deadline={{ ...inMarch, kind: 'census_occupation' }}
      entry={entryOf(english)}
      signupHref="/c/census/harbor"
      {...props}
    />,
  );

describe('what to write on the form', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    for (const ticked of [[], [0], [0, 1, 2, 3, 4, 5]])
      expect(brokenRules(page({ frame, entry: entryOf(frame, ticked) }))).toEqual([]);
    expect(brokenRules(page({ frame, signupHref: null }))).toEqual([]);
  });

  it.each([english, spanish])(
    'has the words, a letter in each box, in every language ($language)',
    (frame) => {
      const html = page({ frame, entry: entryOf(frame) });
      expect(html).toContain('>Peer Support Specialist</p>');
      expect(html).toContain(frame.words.entry.characters(23));
      const [boxes] = /<span class="letters".*?<\/span><\/span>/.exec(html)!;
      expect(boxes.replace(/<[^>]*>/g, '')).toBe('Peer Support Specialist');
      expect(html).toContain('lang="en"');
    },
  );

  it('says whom it is for before it says what to write', () => {
    const html = page();
    expect(html.indexOf('Only if this is your main job')).toBeLessThan(
      html.indexOf('Peer Support Specialist'),
    );
    expect(html).toContain('Nobody can volunteer');
    expect(html).toContain('3.5 million addresses');
  });

  it('makes one line of what was ticked, in the order of the list, and says what found no room', () => {
    const html = page({ entry: entryOf(english, [4, 2, 1, 0]) });
    expect(html).toContain('>Share lived experience, plan goals, link to resources</p>');
    expect(html).toContain('<span id="count">53</span> of 60 characters');
    expect(html).toContain('No room for: <span lang="en" translate="no">lead groups</span>');
    expect(html.match(/checked=""/g)).toHaveLength(4);
  });

  it('sends what is ticked to nobody’s address', () => {
    for (const [, action] of page().matchAll(/ (?:form)?action="([^"]*)"/gi))
      expect(action).toMatch(/^\/c\/census\/harbor\/entry(\/card)?\?lang=en(#line)?$/);
  });

  it('is there for a census alone', () => {
    const texts = kit.languages.en as KitWords;
    const ofKind = (kind: 'custom' | 'census_occupation', words = texts) =>
      entryView({ slug: 'x', kind, wordsIn: () => words }, { slug: 'y' }, 'en');
    expect(ofKind('custom')).toBeNull();
    expect(ofKind('census_occupation', { ...texts, entry: undefined })).toBeNull();
  });
});

it.each(['en', 'es'] as const)('says nothing of the job on the outside of the card (%s)', (language) => {
  const { outside, unfold } = pageWords(language).entry.onCard;
  const avoided = [...kit.avoidWords, 'specialist', 'pares', 'salud', 'job', 'trabajo', 'occupation'];
  expect(checkLockScreen(`${outside} ${unfold}`, avoided)).toEqual([]);
});
