import type { Guide } from '../layout/steps.js';
import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { GuidePage, type GuidePageProps } from './guide.page.js';

const steps: Guide = {
  whatHtml: '<p>The government keeps a list of all jobs. Ours is not on it.</p>',
  whyHtml: '<p>What is not listed is not counted.</p>',
  need: ['A quarter of an hour'],
  minutes: 15,
  steps: [
    '<p><strong>Start with the required line</strong></p><p>Copy it from below.</p>',
    '<p><strong>Say what you do</strong></p><p>Tasks first.</p>',
  ],
  phrases: [
    { label: 'First line', text: 'BLS-2027-0001, Standard Occupation Classification (SOC)—Updates for 2028' },
  ],
  public: true,
  form: { action: '/guide/AAAAAAAAAAAAAAAAAAAAAA/form', host: 'regulations.gov' },
};

const guide = (props: Partial<GuidePageProps>): string =>
  renderPage(
    <GuidePage
      frame={english}
      kind="regulatory_comment"
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      deadline={inMarch}
      maskedName="M••• R•••"
      signupHref="/c/count-us/harbor"
      guide={steps}
      doneAction="/done/AAAAAAAAAAAAAAAAAAAAAA"
      {...props}
    />,
  );

describe('the guide', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(guide({ frame }))).toEqual([]);
    expect(brokenRules(guide({ frame, maskedName: null, doneAction: null }))).toEqual([]);
  });

  it('opens the official form by a POST, after saying that it becomes public', () => {
    const html = guide({});
    expect(html).toMatch(/<form [^>]*action="\/guide\/A+\/form" method="post"/);
    expect(html.indexOf('becomes public')).toBeLessThan(html.indexOf('Open the official form</button>'));
  });

  it('has a census answered, not sampled or pledged, and nothing to open', () => {
    const census = { ...inMarch, kind: 'census_occupation' as const };
    const html = guide({
      kind: 'census_occupation',
      deadline: census,
      guide: { ...steps, public: false, form: null },
    });
    expect(brokenRules(html)).toEqual([]);
    expect([...html.matchAll(/value="(\w+)" name="outcome"/g)].map((match) => match[1])).toEqual([
      'answered',
      'not_sampled',
      'pledged',
    ]);
    expect(html).not.toContain('Open the official form');
  });
});
