import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { lookAt, openBrowser, type TestBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const sizes = { phone: { width: 360, height: 780 }, desk: { width: 1280, height: 900 } };

withChromium('a campaign as a file', () => {
  const drumbeat = useDrumbeat();
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser({ locale: 'en-US', timezoneId: 'America/Los_Angeles' });
    browser.context.setDefaultTimeout(10_000);
    await browser.context.addCookies([await drumbeat.signIn()]);
    page = await browser.context.newPage();
  }, 60_000);
  afterAll(() => browser?.stop());

  it.each(Object.entries(sizes))(
    'is saved, mended by hand and begun with again, on a %s',
    async (size, viewport) => {
      await page.setViewportSize(viewport);
      const { id } = await drumbeat.campaign('soc-docket');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}`);
      const saving = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Save as a file' }).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toBe('soc-docket.kit.yaml');
      const file = readFileSync(await saved.path(), 'utf8');

      await page.goto(`${drumbeat.url}/console/campaigns/new`);
      await page.getByRole('heading', { level: 1, name: 'New campaign' }).waitFor();
      expect(await lookAt(page, `kit-new`)).toEqual([]);
      const give = (text: string) =>
        page
          .locator('input[type=file]')
          .setInputFiles({ name: 'a.kit.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
      const line = file.split('\n').findIndex((words) => words.includes('daysBefore: 7')) + 1;
      expect(line).toBeGreaterThan(1);
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Choose a file' }).click();
      await choosing;
      await give(file.replace('daysBefore: 7', 'daysBefore: seven'));
      await page.getByText(`line ${line}, column`).waitFor();
      expect(await lookAt(page, `kit-faulty`)).toEqual([]);

      const title = `Count us again (${size})`;
      await give(file.replaceAll(/^( {4}title:).*$/gm, `$1 ${title}`));
      await page.getByRole('heading', { level: 1, name: 'Where is it done?' }).waitFor();
      const campaigns = await drumbeat.api<{ items: { id: string; title: string; ladder: object[] }[] }>(
        'GET',
        '/api/v1/campaigns',
      );
      const begun = campaigns.json.items.find((each) => each.title === title)!;
      const old = campaigns.json.items.find((each) => each.id === id)!;
      expect(begun.ladder).toEqual(old.ladder);
    },
    120_000,
  );
});
