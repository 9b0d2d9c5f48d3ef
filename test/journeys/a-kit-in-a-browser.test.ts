import { readFileSync } from 'node:fs';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('a campaign as a file', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('kit');
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));

  it.each(Object.entries(sizes))(
    'is saved, mended by hand and begun with again, on a %s',
    async (size, viewport) => {
      const { page } = browser;
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
      await browser.look('new');
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
      await browser.look('faulty');

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
