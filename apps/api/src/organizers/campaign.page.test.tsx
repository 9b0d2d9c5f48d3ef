import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { CampaignPage, type CampaignPageProps } from './campaign.page.js';

const campaign = (props: Partial<CampaignPageProps>): string =>
  renderPage(
    <CampaignPage
      frame={english}
      signOutAction="/sign-out"
      listHref="/organizers"
      rehearsalHref="/campaigns/1/rehearsal"
      title="Count us in the 2028 job list"
      kind="regulatory_comment"
      status="running"
      pausedBecause={null}
      deadline={{ ...inMarch, local: null }}
      total={{ signups: 1204, confirmed: 431, ratePercent: 36 }}
      actions={{
        launch: null,
        pause: '/organizers/campaigns/1/pause',
        resume: null,
        close: '/organizers/campaigns/1/close',
      }}
      problems={[]}
      progress={[
        {
          key: 'r1-email',
          rung: 'Two weeks left',
          when: '14 days before, 10:00',
          channel: 'email',
          planned: 800,
          sent: 780,
          skipped: 18,
          failed: 2,
          unknown: 0,
        },
        {
          key: 'r1-sms',
          rung: 'Two weeks left',
          when: '14 days before, 10:00',
          channel: 'sms',
          planned: 310,
          sent: 300,
          skipped: 9,
          failed: 0,
          unknown: 1,
        },
      ]}
      coalitions={[
        {
          id: 'c1',
          name: 'Harbor City Coalition',
          signupUrl: 'https://drumbeat.example/c/count-us/harbor',
          leaderUrl: 'https://drumbeat.example/leader/AAAAAAAAAAAAAAAAAAAAAA',
          signups: 120,
          confirmed: 45,
          ratePercent: 38,
        },
      ]}
      texts={{ href: '/campaigns/1/texts', unread: 2 }}
      audit={[
        {
          id: 'a1',
          at: '2027-02-01T15:00:00Z',
          moment: 'Monday, February 1, 10:00 am',
          who: 'Ana',
          what: 'launched the campaign',
        },
      ]}
      {...props}
    />,
  );

describe('one campaign', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(campaign({ frame }))).toEqual([]);
    const none = { launch: null, pause: null, resume: null, close: null };
    expect(
      brokenRules(
        campaign({ frame, status: 'closed', actions: none, progress: [], coalitions: [], audit: [] }),
      ),
    ).toEqual([]);
    expect(
      brokenRules(
        campaign({
          frame,
          status: 'draft',
          deadline: null,
          actions: { ...none, launch: '/launch', resume: '/resume' },
          problems: ['There is no date.'],
        }),
      ),
    ).toEqual([]);
  });

  it.each([english, spanish])('says why it paused by itself, and what to do ($language)', (frame) => {
    for (const pausedBecause of ['complaints', 'filtered'] as const) {
      const { title, text } = frame.words.organizers.pausedBecause[pausedBecause]!;
      const html = campaign({ frame, status: 'paused', pausedBecause });
      expect(html).toContain(title);
      expect(html).toContain(text);
      expect(brokenRules(html)).toEqual([]);
      expect(campaign({ frame, status: 'running', pausedBecause })).not.toContain(title);
    }
  });

  it('asks once before closing', () => {
    const html = campaign({});
    expect(html.indexOf('<details>')).toBeGreaterThan(0);
    expect(html.indexOf('<details>')).toBeLessThan(html.indexOf('action="/organizers/campaigns/1/close"'));
  });

  it('shows unknown only where there is any', () => {
    expect(campaign({})).toContain('>Unknown<');
    expect(campaign({ progress: [] })).not.toContain('>Unknown<');
  });
});
