import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { WelcomePage, type WelcomePageProps } from './welcome.page.js';

const welcome = (props: Partial<WelcomePageProps>): string =>
  renderPage(
    <WelcomePage
      frame={english}
      kind="regulatory_comment"
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      deadline={inMarch}
      asked={{ email: true, sms: true }}
      planned={[
        {
          channel: 'email',
          at: '2027-03-01T18:00:00Z',
          moment: 'Monday, March 1, 10:00 am',
          about: 'two weeks left',
        },
        {
          channel: 'sms',
          at: '2027-03-12T20:00:00Z',
          moment: 'Friday, March 12, 12:00 pm',
          about: 'three days left',
        },
      ]}
      entry={null}
      guide={{
        whatHtml: null,
        whyHtml: null,
        need: ['Your work history, in a few words'],
        minutes: { from: 5, to: 20 },
        files: [],
        workshopHref: null,
        steps: [
          '<p><strong>Open the form</strong></p>',
          '<p><strong>Say what you do</strong></p><p>In your own words.</p>',
        ],
        phrases: [],
        public: 'Your comment becomes public.',
        form: { action: '/guide/AAAAAAAAAAAAAAAAAAAAAA/form', host: 'regulations.gov' },
      }}
      doneAction="/done/AAAAAAAAAAAAAAAAAAAAAA"
      {...props}
    />,
  );

describe('the page after signup', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(welcome({ frame }))).toEqual([]);
    expect(
      brokenRules(welcome({ frame, deadline: null, planned: [], guide: null, doneAction: null })),
    ).toEqual([]);
  });

  it('asks to check only what was given', () => {
    const html = welcome({ asked: { email: true, sms: false } });
    expect(html).toContain('Check your email');
    expect(html).not.toContain('Answer the text');
  });

  it('says that it becomes public before the button to the form', () => {
    const html = welcome({});
    expect(html.indexOf('becomes public')).toBeGreaterThan(0);
    expect(html.indexOf('becomes public')).toBeLessThan(html.indexOf('Open the official form</button>'));
  });
});
