import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { SignInPage } from './sign-in.page.js';

describe('signing in', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    for (const error of [false, true]) {
      const byKey = <SignInPage frame={frame} way={{ by: 'key', action: '/sign-in' }} error={error} />;
      const way = { by: 'link', action: '/sign-in/A', maskedContact: 'm••••@e••••.org' } as const;
      const byLink = <SignInPage frame={frame} way={way} error={error} />;
      expect(brokenRules(renderPage(byKey))).toEqual([]);
      expect(brokenRules(renderPage(byLink))).toEqual([]);
    }
  });

  it('never gives a key back', () => {
    const html = renderPage(<SignInPage frame={english} way={{ by: 'key', action: '/sign-in' }} error />);
    expect(html).toContain('type="password"');
    expect(html).not.toContain('value=');
  });
});
