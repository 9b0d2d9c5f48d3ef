import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('an organizer tends to coalitions', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('coalitions');
  const { press, sees, look } = browser;
  let page: Page;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));
  beforeEach(async () => {
    await drumbeat.backToMonday();
    page = browser.page;
  });

  const field = (label: string | RegExp) => page.getByRole('textbox', { name: label });

  it.each(Object.values(sizes))(
    'at $width px: adds one, gives it a colour and a logo, and merges it',
    async (size) => {
      await page.setViewportSize(size);
      await page.goto(`${drumbeat.url}/console/coalitions`);
      await sees('Many Hands Portland, City Coalition of Peer Support Workers');
      await look('1-tree');

      await page.getByRole('link', { name: 'New coalition' }).click();
      const name = `Many Hands Eugene ${size.width}`;
      await field('Name').first().fill(name);
      expect(await field('Address').first().inputValue()).toBe(`many-hands-eugene-${size.width}`);
      await field('Address').first().fill('many-hands-portland');
      await page.getByRole('combobox', { name: 'Belongs to' }).click();
      await page.getByRole('option', { name: /^Many Hands Oregon/ }).click();
      await look('2-new');
      await press('Create coalition');
      await press(/^Use “many-hands-portland-/);
      await press('Create coalition');
      await page.getByRole('heading', { level: 1, name }).waitFor();

      await page.getByRole('textbox', { name: 'Colour' }).fill('#ffcc00');
      await press('Use #8e7200, the nearest that works');
      await field('Short name').fill('Many Hands EUG');
      await press('Save');
      await sees('Saved');
      const picture = sharp({ create: { width: 600, height: 180, channels: 3, background: '#8e7200' } });
      const chosen = page.waitForEvent('filechooser');
      await press('Choose a picture');
      await (
        await chosen
      ).setFiles({
        name: 'logo.png',
        mimeType: 'image/png',
        buffer: await picture.png().toBuffer(),
      });
      await page.locator('img.logo').waitFor();
      await look('3-coalition');
      await press('Take off');
      await sees('The logo is off.');
      await press('Put it back');
      await page.locator('img.logo').waitFor();
      const another = page.waitForEvent('filechooser');
      await press('Replace');
      await (
        await another
      ).setFiles({
        name: 'logo.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      });
      await sees(/An SVG can run scripts/);
      await page.locator('input[type=file]').setInputFiles({
        name: 'photo.png',
        mimeType: 'image/png',
        buffer: Buffer.alloc(3 * 1024 * 1024),
      });
      await sees(/more than 2 MB/);

      const before = await field('Name').first().inputValue();
      await field('Name').first().fill('Something else');
      await press('Cancel');
      expect(await field('Name').first().inputValue()).toBe(before);

      // Somebody else saves meanwhile.
      const id = page.url().split('/').at(-1)!;
      await field('Postal address').fill('7 River Road, Eugene, OR 97400');
      const { version } = (await drumbeat.api<{ version: number }>('GET', `/api/v1/coalitions/${id}`)).json;
      await drumbeat.api('PATCH', `/api/v1/coalitions/${id}`, { version, replyTo: 'new@eugene.example.org' });
      await press('Save');
      await sees(/saved changes while you worked on this/);
      expect(await field('Replies go to').inputValue()).toBe('new@eugene.example.org');
      expect(await field('Postal address').inputValue()).toBe('7 River Road, Eugene, OR 97400');
      await look('4-meanwhile');
      await press('Save');
      await sees('Saved');

      await page.getByRole('link', { name: 'Merge …' }).click();
      await page.getByRole('combobox', { name: 'Becomes part of' }).click();
      await page.getByRole('option', { name: /^Many Hands Portland/ }).click();
      await sees('This cannot be undone.');
      await look('5-merge');
      await press('Merge now');
      await page.getByRole('heading', { level: 1, name: /^Many Hands Portland/ }).waitFor();
      const merged = await drumbeat.api<{ mergedInto: string }>('GET', `/api/v1/coalitions/${id}`);
      expect(page.url()).toContain(merged.json.mergedInto);
    },
    180_000,
  );
});
