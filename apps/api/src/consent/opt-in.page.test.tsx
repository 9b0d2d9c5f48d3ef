import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { OptInPage, type OptInPageProps } from './opt-in.page.js';

const optIn = (props: Partial<OptInPageProps>): string =>
  renderPage(
    <OptInPage
      frame={english}
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      deadline={inMarch}
      maskedContact="m••••@e••••.org"
      signupHref="/c/count-us/harbor"
      agreement="Yes, remind me by email about “Count us” until its date. I can stop at any time."
      pending={[]}
      state="ask"
      planned={[
        {
          channel: 'email',
          at: '2027-03-01T18:00:00Z',
          moment: 'Monday, March 1, 10:00 am',
          about: 'two weeks left',
        },
      ]}
      action="/yes/A"
      guideHref="/guide/B"
      stopHref="/stop/C"
      {...props}
    />,
  );

describe('the opt-in page', () => {
  it.each(['ask', 'agreed', 'already'] as const)('holds to the rules: %s', (state) => {
    for (const frame of [english, spanish]) {
      expect(brokenRules(optIn({ frame, state, pending: ['name', 'zip'] }))).toEqual([]);
      expect(brokenRules(optIn({ frame, state, planned: [], deadline: null }))).toEqual([]);
    }
  });

  it('says that somebody pressed "I did it"', () => {
    expect(optIn({ pending: ['outcome'] })).toContain('that you are done, which ends reminders');
  });

  it('says what is agreed to before the button', () => {
    const html = optIn({});
    expect(html.indexOf('I can stop at any time')).toBeLessThan(html.indexOf('Yes, remind me</button>'));
  });

  it('says what to do when it is not for you', () => {
    expect(optIn({})).toContain('Not you?');
  });

  it('says what a later signup would change', () => {
    expect(optIn({ pending: ['name', 'zip'] })).toContain('a new name and a new ZIP code');
  });
});
