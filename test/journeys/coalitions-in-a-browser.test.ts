import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { axe, openBrowser, type TestBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const screens = fileURLToPath(new URL('../.results/screenshots/coalitions/', import.meta.url));
const sizes = [
  { width: 360, height: 780 },
  { width: 1280, height: 900 },
];

withChromium('an organizer tends to coalitions', () => {
  const drumbeat = useDrumbeat();
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    browser = await openBrowser({ locale: 'en-US', timezoneId: 'America/Los_Angeles' });
    browser.context.setDefaultTimeout(15_000);
    await browser.context.addCookies([await drumbeat.signIn()]);
  }, 60_000);
  afterAll(() => browser?.stop());

  const press = (name: string | RegExp) =>
    page.getByRole('button', { name }).filter({ visible: true }).first().click();
  const sees = (words: string | RegExp) => page.getByText(words).filter({ visible: true }).first().waitFor();
  const field = (label: string | RegExp) => page.getByRole('textbox', { name: label });

  /** A picture in both schemes, with nothing that axe has to say, and nothing wider than the screen. */
  async function look(name: string): Promise<void> {
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const { width } = page.viewportSize()!;
      await page.screenshot({ path: path.join(screens, `${name}-${width}-${scheme}.png`), fullPage: true });
      expect([name, width, scheme, await axe(page)]).toEqual([name, width, scheme, []]);
      const isTooWide = await page.evaluate(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      expect([name, width, isTooWide]).toEqual([name, width, false]);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  }

  it.each(sizes)(
    'at $width px: adds one, gives it a colour and a logo, and merges it',
    async (size) => {
      await drumbeat.backToMonday();
      page = await browser.context.newPage();
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
      await page.close();
    },
    180_000,
  );
});
