import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { PublicCountPage, type PublicCountPageProps } from './public.page.js';

const count = (props: Partial<PublicCountPageProps>): string =>
  renderPage(
    <PublicCountPage
      frame={english}
      kind="regulatory_comment"
      campaignTitle="Count us in the 2028 job list"
      deadline={{ ...inMarch, local: null }}
      total={{ signups: 1240, confirmed: 615, pledged: null }}
      goal={1000}
      coalitions={[
        {
          name: 'Harbor City Coalition',
          signupHref: '/c/count-us/harbor',
          signups: 120,
          confirmed: 45,
          ratePercent: 35,
        },
        { name: 'Valley Network', signupHref: null, signups: 35, confirmed: null, ratePercent: null },
        { name: 'Two Rivers', signupHref: null, signups: null, confirmed: null, ratePercent: null },
      ]}
      asOf="March 3, 4:05 pm Eastern"
      {...props}
    />,
  );

describe('the public count', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(count({ frame }))).toEqual([]);
    expect(
      brokenRules(
        count({
          frame,
          goal: null,
          coalitions: [],
          total: { signups: null, confirmed: null, pledged: null },
        }),
      ),
    ).toEqual([]);
  });

  it('shows no number where there are too few', () => {
    const html = count({});
    expect(html).toMatch(/Two Rivers<\/th><td colSpan="3" class="few">Too few to show/);
    expect(html).toMatch(/Valley Network<\/th><td>35<\/td><td>under 10<\/td><td>–<\/td>/);
  });

  it('shows the road to the goal without inline styles', () => {
    expect(count({})).toContain(
      '<progress aria-labelledby="road-done" max="1000" value="615">615 of 1,000</progress>',
    );
  });

  it('tells pledged apart from answered', () => {
    const census = (total: PublicCountPageProps['total'], goal: number | null = 25_000) =>
      count({
        kind: 'census_occupation',
        deadline: { ...inMarch, kind: 'census_occupation' },
        total,
        goal,
      });
    const html = census({ signups: 400, confirmed: 60, pledged: 210 });
    expect(html).toContain('<strong>60</strong>');
    expect(html).toContain('max="25000" value="60">60 of 25,000</progress>');
    expect(html).toContain('max="25000" value="210">at least 210</progress>');
    const few = census({ signups: 400, confirmed: null, pledged: null });
    expect(few).toContain('value="0">under 10 of 25,000</progress>');
    expect(few).toContain('value="0">under 10</progress>');
    expect(census({ signups: 400, confirmed: 60, pledged: 210 }, null)).toContain('Pledged: at least 210.');
    for (const page of [html, few]) expect(brokenRules(page)).toEqual([]);
  });
});
