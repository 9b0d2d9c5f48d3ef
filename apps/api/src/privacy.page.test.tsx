import { brokenRules } from './layout/page-rules.js';
import { renderPage } from './layout/render.js';
import { english, spanish } from './layout/sample-frames.js';
import { PrivacyPage } from './privacy.page.js';

describe('the privacy page', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    const html = renderPage(
      <PrivacyPage frame={frame} operator="Harbor State Association" contact="privacy@example.org" />,
    );
    expect(brokenRules(html)).toEqual([]);
    expect(brokenRules(renderPage(<PrivacyPage frame={frame} operator="Harbor" contact={null} />))).toEqual(
      [],
    );
    expect(html).toContain('Washington');
  });
});
