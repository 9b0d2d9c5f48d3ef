import { useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('the queues, in a browser', () => {
  const drumbeat = useDrumbeat();
  // The base of its addresses, and the colours of one icon.
  const browser = useBrowser('queues', { mayBlock: /base URI|inline style/ });

  it('are shown to an administrator under the same strict policy as every page', async () => {
    const { page } = browser;
    const refused: string[] = [];
    const asked: string[] = [];
    page.on('console', (line) => line.type() === 'error' && refused.push(line.text()));
    page.on('pageerror', (error) => refused.push(error.message));
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).host}`));
    await browser.context.addCookies([await drumbeat.signIn()]);
    await page.goto(`${drumbeat.url}/queues`);
    await page
      .getByRole('link', { name: /deliver/ })
      .first()
      .click();
    await page.waitForURL(/\/queues\/queue\/deliver/);
    await page
      .getByText(/latest/i)
      .first()
      .waitFor();
    await page.reload();
    await page
      .getByText(/latest/i)
      .first()
      .waitFor();
    expect(refused.filter((line) => !line.includes('Content Security Policy'))).toEqual([]);
    const host = new URL(drumbeat.url).host;
    expect([...new Set(asked)].sort()).toEqual([`GET ${host}`]);
    for (const change of [/pause/i, /empty/i, /add job/i, /obliterate/i, /clean/i])
      expect(await page.getByRole('button', { name: change }).count()).toBe(0);
  });
});
