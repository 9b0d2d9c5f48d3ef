import type { Page } from 'playwright-core';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

type Item = { rungId: string; channel: string; local: string | null; skipped: string | null; text: string };

withChromium('an organizer rehearses', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('rehearsal');
  const { sees, look } = browser;
  let page: Page;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));
  beforeEach(async () => {
    await drumbeat.backToMonday();
    page = browser.page;
  });

  const touches = () =>
    page
      .getByRole('list')
      .filter({ has: page.locator('time') })
      .getByRole('listitem');
  async function choose(label: string, option: string): Promise<void> {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }
  const rehearsed = async (id: string, query: Record<string, string>) =>
    (
      await drumbeat.api<{ items: Item[] }>(
        'GET',
        `/api/v1/campaigns/${id}/rehearsal?${new URLSearchParams(query)}`,
      )
    ).json.items;
  const letter = () => page.frameLocator('iframe.letter');
  const sheet = () =>
    letter()
      .locator('.sheet')
      .evaluate((node) => getComputedStyle(node).backgroundColor);

  it.each(Object.values(sizes))(
    'at $width px: for one person after another, reads every message, and sends it to themselves',
    async (size) => {
      await page.setViewportSize(size);
      const docket = await drumbeat.campaign();
      await drumbeat.join({ email: `ana-${size.width}@example.org`, zip: '97201' });
      await page.goto(`${drumbeat.url}/console/campaigns/${docket.id}`);
      await page.getByRole('link', { name: 'Rehearse' }).click();
      await page.getByRole('heading', { level: 1, name: 'Rehearsal' }).waitFor();

      await page.getByRole('textbox', { name: 'ZIP code' }).fill('96813');
      await sees(/messages, in Hawaii time$/);
      await sees('Texts keep to the hours of HI.');
      const planned = await rehearsed(docket.id, { zip: '96813' });
      const shown = await touches().allInnerTexts();
      expect(shown).toHaveLength(planned.length);
      for (const [at, { local, channel, text }] of planned.entries()) {
        if (local) expect(shown[at]).toContain(local);
        if (local && channel === 'sms') expect(shown[at]).toContain(text);
      }
      await look('1-hawaii');

      await sees(/^For (one person|\d+ people) it takes under a minute; it ends .*, before it expires /);

      await page.getByRole('button', { name: 'Read the email: One week before' }).click();
      await letter().locator('.button').waitFor();
      expect(await sheet()).toBe('rgb(255, 255, 255)');
      await look('2-letter');
      await page.getByText('Dark', { exact: true }).click();
      await letter().locator('.sheet').waitFor();
      expect(await sheet()).toBe('rgb(30, 34, 38)');
      await look('3-dark');
      await page.getByText('Plain', { exact: true }).click();
      const week = planned.find(({ channel, rungId }) => channel === 'email' && rungId === 'week');
      expect(await page.locator('pre.plain').innerText()).toBe(week!.text);
      await page.getByText('Desktop', { exact: true }).click();
      await letter().locator('.sheet').waitFor();
      await page.getByRole('button', { name: 'Read the email: One week before' }).click();
      await page.locator('iframe.letter').waitFor({ state: 'detached' });

      await choose('Reached by', 'Text only');
      await choose('Signed up', 'Five hours before the deadline');
      await sees(/^Not sent: it lies before this person signed up/);
      await sees('Last call');
      await look('4-late');
      await choose('Signed up', 'At the launch');
      await choose('Language', 'Español');
      await choose('State', 'TX');
      await sees('Texts keep to the hours of TX.');
      const inSpanish = await rehearsed(docket.id, {
        ...{ zip: '96813', state: 'TX', language: 'es', channels: 'sms' },
      });
      await sees(inSpanish.find(({ local }) => local)!.text.slice(0, 40));
      await page.getByRole('textbox', { name: 'ZIP code' }).fill('');
      await choose('Time zone', 'Chamorro (Guam)');
      await sees(/in Chamorro \(Guam\) time$/);
      await choose('Joined through', 'Many Hands Portland, City Coalition of Peer Support Workers');
      await sees(/^Many Hands PDX: /);
      await page.reload();
      await sees(/in Chamorro \(Guam\) time$/);
      await page.getByRole('textbox', { name: 'ZIP code' }).fill('00000');
      await sees('This is no ZIP code. Type five digits, such as 97201.');
      await look('5-no-zip');
      await page.getByRole('textbox', { name: 'ZIP code' }).fill('97201');

      await choose('Reached by', 'Email and text');
      await page.getByLabel('My email').fill('me@');
      await page.getByLabel('My phone').fill('12');
      await page.getByRole('button', { name: 'Send it to me' }).click();
      await sees('This is no email address. Check it for typing mistakes.');
      await sees('This number takes no texts. Type a mobile number, such as 503 555 0100.');
      const mine = `me-${size.width}@example.org`;
      await page.getByLabel('My email').fill(mine);
      await page.getByLabel('My phone').fill('');
      await page.getByRole('button', { name: 'Send it to me' }).click();
      await sees(/messages are on their way to you\.$/);
      expect((await drumbeat.lastMail(mine)).subject).toMatch(/^\[Rehearsal \d\/\d\]/);
      await look('6-sent');

      await page.locator('main a').first().click();
      await page.waitForURL(new RegExp(`/console/campaigns/${docket.id}$`));
    },
    120_000,
  );

  it('of a draft without a date is told where to set one', async () => {
    await page.setViewportSize(sizes.phone);
    const { id } = (
      await drumbeat.api<{ id: string }>('POST', '/api/v1/campaigns', { kit: 'docket-comment' })
    ).json;
    await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/check`);
    await page.getByRole('link', { name: 'See every message as one person gets it' }).click();
    await sees(/^There is no deadline yet\./);
    await look('7-no-date');
    await page.getByRole('link', { name: 'Set the deadline' }).click();
    await page.getByRole('heading', { level: 1, name: 'When must it be done?' }).waitFor();
  });
});
