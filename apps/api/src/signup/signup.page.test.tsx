import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { SignupPage, type SignupPageProps } from './signup.page.js';

const blank = {
  email: '',
  phone: '',
  name: '',
  zip: '',
  zone: '',
  language: 'en' as const,
  smsConsent: false,
  nextStep: false,
  showName: false,
};

const signup = (props: Partial<SignupPageProps>): string =>
  renderPage(
    <SignupPage
      frame={english}
      state="open"
      kind="regulatory_comment"
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      deed="File a comment, in your own words, before the federal comment period closes."
      whyHtml="<p>Today no official number tells our work apart from other jobs.</p>"
      deadline={inMarch}
      counted={{ signups: 120, confirmed: 45, ratePercent: 35 }}
      action="/c/count-us/harbor"
      guideHref="/c/count-us/harbor/guide?lang=en"
      nextStepAction={null}
      typed={blank}
      errors={[]}
      zones={[{ value: 'America/New_York', label: 'Eastern' }]}
      wordings={{
        smsConsent: {
          text: 'Text me reminders from Harbor City about this campaign: up to 8 texts. Message and data rates may apply. Reply STOP to stop, HELP for help.',
          key: 'sms-box@1',
        },
        nextStep: { text: 'Email me once when there is a next step. I decide then.', key: 'next-step@1' },
        showName: { text: 'The leaders of Harbor City Coalition may see my name.', key: 'visible@1' },
      }}
      {...props}
    />,
  );

describe('the signup page', () => {
  it.each(['open', 'awaiting', 'paused', 'ended', 'closed'] as const)(
    'holds to the rules when %s',
    (state) => {
      const deadline =
        state === 'awaiting' ? null : { ...inMarch, past: state === 'ended' || state === 'closed' };
      for (const frame of [english, spanish]) {
        expect(brokenRules(signup({ frame, state, deadline }))).toEqual([]);
      }
    },
  );

  it('leads to the guide before its form, while there is something to do', () => {
    for (const frame of [english, spanish]) {
      const html = signup({ frame });
      expect(html).toContain(`<a href="/c/count-us/harbor/guide?lang=en">${frame.words.signup.guide}</a>`);
      expect(html.indexOf('/guide?')).toBeLessThan(html.indexOf('<form'));
    }
    expect(signup({ guideHref: null })).not.toContain('/guide?');
  });

  it('ticks no box for anybody', () => {
    expect(signup({})).not.toMatch(/type="checkbox"[^>]*checked/);
  });

  it('posts which wording stood beside each box', () => {
    expect(signup({})).toContain('<input type="hidden" name="smsConsentWording" value="sms-box@1"/>');
  });

  it('leads from the summary to the field, and keeps what was typed', () => {
    const html = signup({
      errors: ['email_invalid', 'zip_unknown'],
      typed: { ...blank, email: 'maria@', zip: '00000', smsConsent: true },
    });
    expect(brokenRules(html)).toEqual([]);
    expect(html).toContain('role="alert"');
    expect(html).toContain('<a href="#email">');
    expect(html).toMatch(
      /id="email"[^>]*aria-describedby="email-error" aria-invalid="true"[^>]*value="maria@"/,
    );
    expect(html).toMatch(/id="smsConsent"[^>]*checked/);
  });

  it('shows no count when there are too few', () => {
    expect(signup({ counted: null })).not.toContain('At least');
  });

  it('says what happens next before the button', () => {
    const html = signup({});
    expect(html.indexOf('What happens next')).toBeLessThan(html.indexOf('Sign me up'));
    expect(html.indexOf('What happens next')).toBeGreaterThan(0);
  });

  it('has no form once it is over but the one for the next step', () => {
    expect(signup({ state: 'closed' })).not.toContain('<form');
    for (const frame of [english, spanish]) {
      const html = signup({ frame, state: 'ended', nextStepAction: '/c/count-us/harbor/next' });
      expect(brokenRules(html)).toEqual([]);
      expect(html.match(/<form[^>]*>/g)).toEqual([
        expect.stringContaining('action="/c/count-us/harbor/next"'),
      ]);
      expect(html.match(/<input (?!type="hidden")/g)).toHaveLength(1);
    }
  });
});
