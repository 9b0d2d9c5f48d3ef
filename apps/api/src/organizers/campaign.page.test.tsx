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
          skipped: { already_confirmed: 12, revoked: 6 },
          failed: 2,
          unknown: 0,
          ratePerMinute: 119.6,
          secondsLeft: 200,
        },
        {
          key: 'r1-sms',
          rung: 'Two weeks left',
          when: '14 days before, 10:00',
          channel: 'sms',
          planned: 310,
          sent: 300,
          skipped: {},
          failed: 0,
          unknown: 1,
          ratePerMinute: 0,
          secondsLeft: null,
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

  it('says beside every figure what it counts, for where the table becomes cards', () => {
    const figures = [...campaign({}).matchAll(/<td data-label="([^"]+)"[^>]*>([^<]*)</g)];
    expect(figures.slice(0, 5).map(([, label, figure]) => `${label} ${figure}`)).toEqual([
      'Planned 800',
      'Sent 780',
      'Skipped 18',
      'Failed 2',
      'Unknown 0',
    ]);
  });

  it('says why people were skipped, and while it goes how fast and how long still', () => {
    const cells = (frame: typeof english, label: string) =>
      [...campaign({ frame }).matchAll(new RegExp(`<td data-label="${label}">(.*?)</td>`, 'g'))].map(
        ([, cell]) => cell!.replace(/<[^>]+>/g, '|'),
      );
    expect(cells(english, 'Sent')).toEqual(['780|120 a minute, about 4 min left|', '300']);
    expect(cells(english, 'Skipped')).toEqual(['18|done already: 12||said stop: 6|', '0']);
    expect(cells(spanish, 'Enviados')).toEqual(['780|120 por minuto, quedan unos 4 min|', '300']);
    expect(cells(spanish, 'Saltados')[0]).toContain('ya lo habían hecho: 12');
  });

  it('shows unknown only where there is any', () => {
    expect(campaign({})).toContain('>Unknown<');
    expect(campaign({ progress: [] })).not.toContain('>Unknown<');
  });
});
