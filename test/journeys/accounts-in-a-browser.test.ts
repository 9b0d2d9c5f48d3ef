import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { axe, openBrowser, type TestBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const screens = path.resolve('test/.results/screenshots/accounts');
const sizes = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];

withChromium('people, in a browser', () => {
  const drumbeat = useDrumbeat();
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    await mkdir(screens, { recursive: true });
    browser = await openBrowser({ locale: 'en-US', viewport: sizes[0]! });
    browser.context.setDefaultTimeout(10_000);
    page = await browser.context.newPage();
  }, 60_000);
  afterAll(() => browser?.stop());

  /** Pictures of both sizes, and what axe says of both schemes. */
  async function look(name: string): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect([name, colorScheme, await axe(page)]).toEqual([name, colorScheme, []]);
    }
    for (const size of sizes.toReversed()) {
      await page.setViewportSize(size);
      await page.screenshot({ path: path.join(screens, `${name}-${size.width}.png`) });
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect([name, wide]).toEqual([name, false]);
  }
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const linkFor = async (email: string, nth: number) =>
    /http\S+\/console\/\S+/.exec((await drumbeat.lastMail(email, nth)).text)![0];

  it('an administrator comes in by the sandbox’s address and invites a leader, who comes in by mail', async () => {
    await browser.context.addCookies([await drumbeat.signIn()]);
    await page.goto(`${drumbeat.url}/console/people`);
    await sees('Sandbox administrator (you)');
    await press('Invite somebody');
    await page.getByLabel('Their email address').fill('lucia@example.org');
    await page.getByRole('combobox', { name: 'Their coalition' }).click();
    await page.getByRole('option').first().click();
    await look('invite');
    await press('Mail the invitation');
    await sees('The invitation to lucia@example.org is on its way.');
    await sees('Invited, not here yet');
    await look('people');

    const invitation = await linkFor('lucia@example.org', 1);
    await browser.context.clearCookies();
    await page.goto(invitation);
    await page.getByLabel('Your name').fill('Lucía');
    await look('invitation');
    await press('Accept');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();

    await page.goto(invitation);
    await sees('This invitation has ended');
    await look('invitation-ended');
  }, 120_000);

  it('she asks for a link, signs in with it once, and signs out everywhere', async () => {
    await browser.context.clearCookies();
    await page.goto(`${drumbeat.url}/console/account`);
    await page.waitForURL(/\/console\/sign-in\?to=/);
    await look('sign-in');
    await page.getByLabel('Your email address').fill('lucia@example.org');
    await press('Mail me the link');
    await sees('Look into your mail');
    await look('sent');
    const link = await linkFor('lucia@example.org', 2);
    await page.goto(link);
    await sees('Sign in with this link');
    await look('link');
    await press('Sign in');
    await page.waitForURL(/\/console\/account$/);
    await sees('This device');
    await page.getByLabel('Your name').fill('Lucía Paz');
    await press('Save');
    await sees('Saved');
    await look('account');
    await press('Sign out there');
    await page.getByRole('button', { name: 'Sign out there' }).waitFor({ state: 'detached' });
    await press('Sign out everywhere');
    await sees('You are signed out on every device, this one too.');
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL(/\/console\/sign-in$/);
    await page.goto(link);
    await press('Sign in');
    await sees('This link has ended');
    await look('link-ended');
    await press('Ask for a new link');
    await page.waitForURL(/\/console\/sign-in$/);
  }, 120_000);

  it('an administrator takes an invitation back, and removes her', async () => {
    await browser.context.addCookies([await drumbeat.signIn()]);
    await page.goto(`${drumbeat.url}/console/people`);
    await press('Invite somebody');
    await page.getByLabel('Their email address').fill('nobody@example.org');
    await page.getByRole('combobox', { name: 'What they will be' }).click();
    await page.getByRole('option', { name: 'Organizer' }).click();
    await press('Mail the invitation');
    await press('Take back: nobody@example.org');
    await sees('The invitation was taken back.');
    await press('Remove: Lucía Paz');
    await sees('Remove Lucía Paz?');
    await look('remove');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await sees('Lucía Paz was removed.');
    await page.getByRole('button', { name: 'Remove: Lucía Paz' }).waitFor({ state: 'detached' });
  }, 120_000);
});
