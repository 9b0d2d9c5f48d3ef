import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { axe, openBrowser, type TestBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const sizes = { phone: { width: 360, height: 780 }, desk: { width: 1280, height: 900 } };
const screens = fileURLToPath(new URL('../.results/screenshots/the-campaign-page/', import.meta.url));

withChromium('an organizer on the campaign page', () => {
  const drumbeat = useDrumbeat();
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    browser = await openBrowser({ locale: 'en-US', timezoneId: 'America/Los_Angeles' });
    browser.context.setDefaultTimeout(10_000);
    await browser.context.addCookies([await drumbeat.signIn()]);
  }, 60_000);
  afterAll(() => browser?.stop());
  beforeEach(async () => {
    await drumbeat.backToMonday();
    page = await browser.context.newPage();
  });
  afterEach(() => page.close());

  const button = (name: string | RegExp) =>
    page.getByRole('button', { name }).filter({ visible: true }).first();
  const dialog = () => page.getByRole('dialog');
  const answer = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
  const sees = (words: string | RegExp) => page.getByText(words).filter({ visible: true }).first().waitFor();

  const deadline = async () => {
    const { items } = (
      await drumbeat.api<{ items: { slug: string; deadlineAt: string }[] }>('GET', '/api/v1/campaigns')
    ).json;
    return new Date(items.find(({ slug }) => slug === 'soc-docket')!.deadlineAt);
  };

  /** A picture, nothing wider than the page, and nothing that axe finds, in both schemes. */
  async function look(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect([name, colorScheme, await axe(page)]).toEqual([name, colorScheme, []]);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    expect(
      await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
    ).toBe(false);
    await page.screenshot({ path: `${screens}${name}.png`, fullPage: true });
  }

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'sees it run, and changes it, on a %s',
    async (size) => {
      await page.setViewportSize(sizes[size]);
      const docket = await drumbeat.campaign();
      for (const name of ['ana', 'bo']) await drumbeat.join({ email: `${name}@example.org` });
      await page.goto(`${drumbeat.url}/console/campaigns/${docket.id}`);
      await sees('One week before');
      await sees('Waits for its first person').catch(() => undefined);
      await look(`${size}-1-ahead`);

      await button('Pause').click();
      await sees('Pause this campaign?');
      await look(`${size}-2-pause`);
      await answer('Pause');
      await sees('The campaign is paused.');
      expect(await drumbeat.campaign()).toMatchObject({ status: 'paused' });
      await button('Go on').click();
      await answer('Go on');
      await sees('The campaign goes on.');
      expect(await drumbeat.campaign()).toMatchObject({ status: 'running' });

      await button('Move the deadline').click();
      const later = new Date((await deadline()).getTime() + 86_400_000);
      const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(later);
      await page.getByLabel('Last day').fill(date);
      await dialog().getByRole('button', { name: 'What would change' }).click();
      await sees(/nothing is re-sent/);
      await look(`${size}-3-move`);
      await answer('Move it');
      await sees('The deadline has moved.');
      expect(await deadline()).toEqual(later);

      await button('Send an alert').click();
      await page.getByLabel('Subject').first().fill('The form has a new address');
      await page.getByLabel('Email', { exact: true }).filter({ visible: true }).last().waitFor();
      await dialog().locator('textarea').first().fill('Use the link on the page with the steps.');
      await sees(/^Reaches \d+ by email/);
      await look(`${size}-4-alert`);
      await answer('Send it');
      await sees('The alert goes out in a minute.');
      await sees('added an alert');
      await button('Undo').click();
      await page.getByRole('heading', { level: 3, name: 'Alert' }).waitFor({ state: 'detached' });

      await button(/^Do not send: The last hours/).click();
      await answer('Do not send');
      await sees('“The last hours” is not sent.');
      await button('Undo').click();
      await sees('The last hours');

      await button('Close').click();
      await look(`${size}-5-close`);
      await answer('Cancel');
      expect(await drumbeat.campaign()).toMatchObject({ status: 'running' });
    },
    120_000,
  );
});
