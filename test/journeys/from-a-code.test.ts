import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('a supporter', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('from-a-code');
  const { press } = browser;

  /** What a phone's camera reads on the leader's flyer. */
  async function codeOf(campaign: { id: string }, coalitionId: string): Promise<string> {
    const kit = await drumbeat.api<{ files: { qrPng: string } }>(
      'GET',
      `/api/v1/campaigns/${campaign.id}/coalitions/${coalitionId}/share`,
    );
    const picture = await fetch(new URL(kit.json.files.qrPng, drumbeat.url), {
      headers: { authorization: `Bearer ${drumbeat.key}` },
    });
    const { data, info } = await sharp(await picture.arrayBuffer())
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return jsqr.default(new Uint8ClampedArray(data), info.width, info.height)!.data;
  }

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'scans a code, signs up, says yes, is reminded, does it and is counted, on a %s',
    async (size) => {
      await drumbeat.backToMonday();
      const docket = await drumbeat.campaign();
      const before = await drumbeat.figures(docket);
      const { page } = browser;
      await page.setViewportSize(sizes[size]);
      const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
      let n = 0;
      const seen = (name: string) => browser.look(`${++n}-${name}`);
      const email = `sam-${size}@example.org`;

      const { 'many-hands-portland': portland } = await drumbeat.coalitions();
      await page.goto(await codeOf(docket, portland!));
      await seen('signup');
      await page.locator('[name=email]').fill(email);
      await page.locator('[name=name]').fill('Sam');
      await page.locator('[name=zip]').fill('97201');
      await press('Sign me up');
      await heading('You are on the list');
      await seen('welcome');

      await open(page, drumbeat.linkIn(await drumbeat.lastMail(email), 'yes'));
      await heading('Say yes to reminders');
      await seen('yes');
      await press('Yes, remind me');
      await heading('You said yes');
      await seen('said-yes');
      expect(await drumbeat.figures(docket)).toMatchObject({ confirmed: before.confirmed });

      await drumbeat.clock('2027-03-08T11:00:00-08:00');
      const reminder = await drumbeat.lastMail(email, 2);
      await open(page, drumbeat.linkIn(reminder, 'guide'));
      await seen('guide');
      await open(page, drumbeat.linkIn(reminder, 'done'));
      await seen('done');
      await press('I filed my comment');
      await heading('Recorded. Thank you.');
      await seen('recorded');

      expect(await drumbeat.figures(docket)).toMatchObject({ confirmed: before.confirmed + 1 });
      const letters = (await drumbeat.mailTo(email)).length;
      await drumbeat.clock('2027-03-11T12:00:00-08:00');
      expect(await drumbeat.mailTo(email)).toHaveLength(letters);
    },
    120_000,
  );
});

async function open(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('heading', { level: 1 }).waitFor();
}
