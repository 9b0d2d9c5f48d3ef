import { brokenRules } from './page-rules.js';
import { Page } from './page.js';
import { type ProblemKind, ProblemPage } from './problem.page.js';
import { renderPage } from './render.js';
import { english, inMarch, spanish } from './sample-frames.js';

describe('the frame of a page', () => {
  it('keeps the deadline in sight, with the local time', () => {
    const html = renderPage(
      <Page frame={english} title="A page" deadline={inMarch}>
        <h1>A page</h1>
      </Page>,
    );
    expect(html).toContain('<time dateTime="2027-03-16T03:59:59Z">Monday, March 15, 11:59 pm Eastern</time>');
    expect(html).toContain('that is 8:59 pm where you are');
    expect(html).toContain('href="/privacy?lang=en"');
  });

  it('never calls a census campaign’s own closing date official', () => {
    const census = { ...inMarch, kind: 'census_occupation' as const };
    const html = renderPage(
      <Page frame={english} title="A page" deadline={census}>
        <h1>A page</h1>
      </Page>,
    );
    expect(html).toContain('We count until');
  });

  it('is hidden from search engines unless it may be found', () => {
    const page = (findable: boolean) =>
      renderPage(
        <Page frame={english} title="A page" findable={findable}>
          <h1>A page</h1>
        </Page>,
      );
    expect(page(false)).toContain('noindex');
    expect(page(true)).not.toContain('noindex');
  });
});

describe('a problem', () => {
  it.each<ProblemKind>([400, 401, 403, 'second_factor', 404, 409, 410, 413, 429, 500])(
    '%s says what next, in both languages',
    (kind) => {
      const [one, other] = [english, spanish].map((frame) =>
        renderPage(<ProblemPage frame={frame} kind={kind} nextHref="/" reference="r-17" />),
      );
      expect(brokenRules(one ?? '')).toEqual([]);
      expect(brokenRules(other ?? '')).toEqual([]);
      expect(one).toContain(english.words.problem[kind].next);
      expect(other).toContain(spanish.words.problem[kind].next);
    },
  );
});
