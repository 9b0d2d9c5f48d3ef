import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Locator, Page } from 'playwright-core';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const screens = fileURLToPath(new URL('../.results/screenshots/the-leaders-dashboard/', import.meta.url));

withChromium('a leader on their dashboard', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('the-leaders-dashboard');
  const { sees, look } = browser;
  let page: Page;
  beforeEach(() => {
    page = browser.page;
  });

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'follows their invitation, sees whom to nudge, records what somebody told them, and takes it back, on a %s',
    async (size) => {
      await drumbeat.backToMonday();
      const { 'many-hands-portland': portland } = await drumbeat.coalitions();
      await drumbeat.signUp({ email: `ana@${size}.example`, name: `Ana of ${size}`, showName: 'on' });
      await drumbeat.signUp({ email: `bo@${size}.example` });
      await browser.context.clearCookies();
      await page.setViewportSize(sizes[size]);
      await page.goto(await drumbeat.invite(`lee-${size}@example.org`, 'leader', portland));
      await page.getByLabel('Your name').fill('Lee');
      await look('0-invitation');
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.locator('.card-link').first().click();
      await sees('Signups and confirmations');
      await sees(`Ana of ${size}`);
      await look('1');

      for (const chart of ['Signups and confirmations', 'How far people came']) {
        const section = page
          .locator('section')
          .filter({ has: page.getByRole('heading', { name: chart, exact: true }) });
        const download = async (press: Locator) => {
          const saved = page.waitForEvent('download');
          await press.click();
          return saved;
        };
        const picture = await download(section.getByRole('button', { name: 'Save as picture' }));
        await picture.saveAs(`${screens}${size}-${picture.suggestedFilename()}`);
        await section.getByText('Show as a table').click();
        const shown = await section.locator('tbody tr td:nth-child(2)').first().innerText();
        const file = await download(section.getByRole('link', { name: 'Download CSV' }));
        const [head, first] = parse(readFileSync(await file.path(), 'utf8'));
        const column = Math.max(head!.indexOf('signups in all'), head!.indexOf('people'));
        expect([chart, first![column]]).toEqual([chart, shown]);
      }

      const copyWords = `Copy words: Ana of ${size}`;
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
      });
      await page.getByRole('button', { name: copyWords }).click();
      await sees('Your browser did not let us copy. Here it is, to copy by hand:');
      const byHand = page.getByRole('textbox', { name: copyWords });
      expect(await byHand.inputValue()).toContain(`${drumbeat.url}/c/soc-docket/`);
      await look('1-copied-by-hand');
      await page.getByRole('button', { name: 'Close' }).click();
      await byHand.waitFor({ state: 'hidden' });
      await page.evaluate(() => Reflect.deleteProperty(navigator.clipboard, 'writeText'));
      await page.getByRole('button', { name: copyWords }).click();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
        `${drumbeat.url}/c/soc-docket/`,
      );
      await page.getByRole('button', { name: `They told me they did it: Ana of ${size}` }).click();
      await sees(`Recorded for Ana of ${size}. Their reminders stop.`);
      await look('2-told');
      await page.getByRole('button', { name: 'Undo' }).click();
      await sees(`Taken back. Reminders for Ana of ${size} go on.`);
      await sees(`Ana of ${size}`);
    },
    90_000,
  );
});
