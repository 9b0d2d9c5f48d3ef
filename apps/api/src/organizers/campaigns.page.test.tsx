import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { CampaignsPage, type CampaignsPageProps } from './campaigns.page.js';

const campaign: CampaignsPageProps['campaigns'][number] = {
  href: '/organizers/campaigns/1',
  title: 'Count us in the 2028 job list',
  kind: 'regulatory_comment',
  status: 'running',
  deadline: 'Monday, March 15, 11:59 pm Eastern',
  signups: 1204,
  confirmed: 431,
  ratePercent: 36,
};

const list = (props: Partial<CampaignsPageProps>): string =>
  renderPage(
    <CampaignsPage
      frame={english}
      signOutAction="/sign-out"
      apiHref="/openapi.json"
      campaigns={[
        campaign,
        {
          ...campaign,
          href: '/organizers/campaigns/2',
          title: 'Write it in',
          kind: 'census_occupation',
          status: 'awaiting',
          deadline: null,
        },
      ]}
      {...props}
    />,
  );

describe('the list of campaigns', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(list({ frame }))).toEqual([]);
    expect(brokenRules(list({ frame, campaigns: [], signOutAction: null }))).toEqual([]);
  });

  it('shows status, date and figures', () => {
    const html = list({});
    expect(html).toContain('Running');
    expect(html).toContain('1,204 signed up, 431 done (36%)');
    expect(html).toContain('No date yet');
  });
});
