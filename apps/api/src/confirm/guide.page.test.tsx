import type { Guide } from '../layout/steps.js';
import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { GuidePage, type GuidePageProps } from './guide.page.js';

const steps: Guide = {
  whatHtml: '<p>The government keeps a list of all jobs. Ours is not on it.</p>',
  whyHtml: '<p>What is not listed is not counted.</p>',
  need: ['A quarter of an hour'],
  minutes: { from: 5, to: 20 },
  files: [{ name: 'Our letter.pdf', href: '/files/count-us/1', bytes: 240_000 }],
  steps: [
    '<p><strong>Start with the required line</strong></p><p>Copy it from below.</p>',
    '<p><strong>Say what you do</strong></p><p>Tasks first.</p>',
  ],
  phrases: [
    { label: 'First line', text: 'BLS-2027-0001, Standard Occupation Classification (SOC)—Updates for 2028' },
  ],
  workshopHref: '/c/count-us/harbor/comment?lang=en',
  public: 'Your comment becomes public.',
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
      entry={null}
      doneAction="/done/AAAAAAAAAAAAAAAAAAAAAA"
      later={null}
      laterRefused={null}
      {...props}
    />,
  );

describe('the guide', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(guide({ frame }))).toEqual([]);
    const stranger = guide({ frame, maskedName: null, doneAction: null });
    expect(brokenRules(stranger)).toEqual([]);
    expect(stranger).toContain(`href="/c/count-us/harbor">${frame.words.signup.heading}</a>`);
    expect(guide({ frame })).not.toContain(frame.words.guide.signUp);
  });

  it('opens the official form by a POST, after saying that it becomes public', () => {
    const html = guide({});
    expect(html).toMatch(/<form [^>]*action="\/guide\/A+\/form" method="post"/);
    expect(html.indexOf('becomes public')).toBeLessThan(html.indexOf('Open the official form</button>'));
  });

  it('goes in order: what, why, what one needs and how long, files, steps, what is public, the form, later, "I filed it"', () => {
    const later = {
      channel: 'email' as const,
      action: '/guide/A/later',
      choices: [{ later: 'tomorrow', label: 'Tomorrow, 10 am' }],
      pending: null,
    };
    const html = guide({ later });
    const order = [
      ...[
        'Ours is not on it',
        'What is not listed',
        '5 to 20 minutes',
        'A quarter of an hour',
        'Our letter.pdf (0.2 MB)',
      ],
      ...[
        'Tasks first',
        'Updates for 2028',
        'Write your comment',
        'becomes public',
        'Open the official form</button>',
      ],
      ...['Tomorrow, 10 am', 'I filed my comment'],
    ].map((words) => html.indexOf(words));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  it('is a link to the form where nobody is counted', () => {
    const form = { href: 'https://www.regulations.gov/commenton/X', host: 'www.regulations.gov' };
    const html = guide({ maskedName: null, doneAction: null, guide: { ...steps, form } });
    expect(brokenRules(html)).toEqual([]);
    expect(html).toMatch(/<a [^>]*href="https:\/\/www\.regulations\.gov\/commenton\/X"/);
    expect(html).not.toContain('<form');
  });

  it('offers what is possible, says what was chosen, and takes it back', () => {
    const later = {
      channel: 'email' as const,
      action: '/guide/A/later',
      choices: [{ later: 'tomorrow', label: 'Tomorrow, 10 am' }],
      pending: { channel: 'sms' as const, label: 'Tonight, 7 pm' },
    };
    for (const frame of [english, spanish]) {
      expect(brokenRules(guide({ frame, later }))).toEqual([]);
      expect(brokenRules(guide({ frame, later: { ...later, pending: null } }))).toEqual([]);
    }
    const html = guide({ later });
    expect(html).toContain('We remind you by text: Tonight, 7 pm.');
    expect(html).toContain('value="none"');
    expect(html).toContain('Tomorrow, 10 am</button>');
    expect(guide({ later: { ...later, choices: [], pending: null } })).not.toContain('Not now?');
  });

  it('has a census answered, not sampled or pledged, and nothing to open', () => {
    const census = { ...inMarch, kind: 'census_occupation' as const };
    const html = guide({
      kind: 'census_occupation',
      deadline: census,
      guide: { ...steps, public: null, form: null },
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
