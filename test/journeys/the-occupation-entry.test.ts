import { readFileSync } from 'node:fs';
import jsqr from 'jsqr';
import type { Request } from 'playwright-core';
import sharp from 'sharp';
import { openBrowser, sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const line = 'Share lived experience, plan goals, link to resources';
const ticks = [
  'I connect people with services and resources',
  'I share my own lived experience',
  'I help people set goals and plan',
];

withChromium('the occupation entry', () => {
  const drumbeat = useDrumbeat();
  const browsing = useBrowser('occupation-entry');
  const { press, sees, look } = browsing;
  beforeEach(() => drumbeat.backToMonday());

  const heading = () => browsing.page.getByRole('heading', { level: 1 }).innerText();
  const copied = () => browsing.page.evaluate<string>('navigator.clipboard.readText()');
  const cardIn = async (page = browsing.page) => {
    const saved = page.waitForEvent('download');
    await press('Get the card (PDF)', page);
    const download = await saved;
    return { name: download.suggestedFilename(), file: readFileSync(await download.path()) };
  };

  /** Signs up by a link as anybody would who was sent it, and says yes by mail. */
  async function comeBy(link: string, email: string): Promise<void> {
    await drumbeat.press(link, { email, zip: '97201', language: 'en' });
    await drumbeat.press(drumbeat.linkIn(await drumbeat.lastMail(email), 'yes'));
  }

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'somebody takes the words from the mail to the form, passes it on, and sees that colleagues came, on a %s',
    async (size) => {
      const { page } = browsing;
      await page.setViewportSize(sizes[size]);
      await drumbeat.signUp({ campaign: 'occupation-entry', email: `ana@${size}.example`, name: 'Ana' });
      await page.goto(drumbeat.linkIn(await drumbeat.lastMail(`ana@${size}.example`), 'guide'));
      await sees('Only if this is your main job.');
      await sees('Tick at least one thing to see your line here.');

      // What is ticked goes nowhere.
      const asked: Request[] = [];
      page.on('request', (request) => asked.push(request));
      for (const tick of ticks) await page.getByLabel(tick).check();
      await sees(line);
      await sees('53 of 60 characters');
      await page.getByLabel('I lead or co-lead groups').check();
      await sees('No room for: lead groups');
      await press('Copy these words');
      expect(await copied()).toBe('Peer Support Specialist');
      await press('Copy my line');
      await sees('Copied');
      expect(await copied()).toBe(line);
      await page.getByLabel('I lead or co-lead groups').uncheck();
      expect(asked).toEqual([]);
      await look('guide');
      const card = await cardIn();
      expect(card.name).toBe('form-notes-en.pdf');
      expect(card.file.subarray(0, 5).toString()).toBe('%PDF-');

      await press('I got a form and wrote it in');
      expect(await heading()).toBe('Recorded. Thank you.');
      await sees('From 3 people on, you see here');
      await look('done');
      const mine = page.url();
      await press('Copy my link');
      const link = await copied();
      expect(link).toMatch(/\/c\/occupation-entry\/many-hands-portland\?by=[\w-]{22}$/);
      await press('Copy the words');
      expect(await copied()).toContain(link);
      const { data, info } = await sharp(await page.locator('svg.qr').screenshot())
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(link);

      // A colleague, at their own pace: the page first, in Spanish and back, then the guide, then a mistake, then the form.
      await page.goto(link);
      expect(await heading()).toBe('Write your occupation on the census form');
      expect(await page.content()).not.toContain('Ana');
      await page.getByRole('link', { name: 'Español' }).click();
      await page.getByRole('link', { name: 'English' }).click();
      await look('signup');
      await page.getByRole('link', { name: 'Read how it is done first' }).click();
      await sees('Step by step');
      await look('guide-first');
      await page.getByRole('link', { name: 'Sign up for reminders' }).click();
      await press('Sign me up');
      await sees('Give an email address or a phone number');
      await page.locator('[name=email]').fill(`bo@${size}.example`);
      await press('Sign me up');
      expect(await heading()).toBe('You are on the list');
      await page.goto(drumbeat.linkIn(await drumbeat.lastMail(`bo@${size}.example`), 'yes'));
      await press('Yes, remind me');
      await page.goto(drumbeat.linkIn(await drumbeat.lastMail(`bo@${size}.example`), 'done'));
      await press('I got a form and wrote it in');
      expect(await heading()).toBe('Recorded. Thank you.');

      await page.goto(mine);
      await sees('From 3 people on, you see here');
      for (const colleague of ['cy', 'di']) await comeBy(link, `${colleague}@${size}.example`);
      await page.reload();
      await sees('At least 3 people came by your link and said yes to reminders.');
      expect(await page.content()).not.toContain('of them are done');
      await look('brought');

      const [brought, did] = size === 'phone' ? [3, 1] : [6, 2];
      const { id } = await drumbeat.campaign('occupation-entry');
      const { 'many-hands-portland': portland } = await drumbeat.coalitions();
      await browsing.context.addCookies([await drumbeat.signInAsLeader(portland!)]);
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/coalitions/${portland}`);
      await sees(`By the link of a colleague: ${brought} signed up, ${did} did it`);
      await look('leader');
      await browsing.context.clearCookies();
    },
    120_000,
  );

  it('is in Spanish too, and light, for whoever opens it without a link of their own', async () => {
    const { page } = browsing;
    const loaded: Promise<Buffer>[] = [];
    page.on('response', (answer) => loaded.push(answer.body()));
    await page.goto(`${drumbeat.url}/c/occupation-entry/many-hands-portland/entry?lang=es`);
    expect(Buffer.concat(await Promise.all(loaded)).length).toBeLessThan(50_000);
    await page.getByLabel('Comparto lo que yo viví').check();
    await sees('Share lived experience');
    await sees('22 de 60 caracteres');
    await look('spanish');
  });

  it('makes the line without a script as well, in no address', async () => {
    const plain = await openBrowser({ viewport: sizes.phone, javaScriptEnabled: false });
    const page = await plain.context.newPage();
    await drumbeat.signUp({ campaign: 'occupation-entry', email: 'eve@example.org' });
    await page.goto(drumbeat.linkIn(await drumbeat.lastMail('eve@example.org'), 'guide'));
    expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
    for (const tick of ticks) await page.getByLabel(tick).check();
    await press('Make my line', page);
    await sees(line, page);
    expect(page.url()).toBe(`${drumbeat.url}/c/occupation-entry/many-hands-portland/entry?lang=en#line`);
    for (const tick of ticks) expect(await page.getByLabel(tick).isChecked()).toBe(true);
    expect((await cardIn(page)).name).toBe('form-notes-en.pdf');
    await plain.stop();
  }, 60_000);

  it('shows the road, with what was pledged beside it', async () => {
    const { id } = await drumbeat.campaign('occupation-entry');
    await drumbeat.db.query(
      `insert into tally_changes (campaign_id, direct, signups, opted_in, went, confirmed, verified, pledged)
       values ($1, 0, 16000, 0, 0, 9135, 0, 4442)`,
      [id],
    );
    for (const size of Object.values(sizes)) {
      await browsing.page.setViewportSize(size);
      await browsing.page.goto(`${drumbeat.url}/count/occupation-entry`);
      await sees('9,135 of 25,000');
      await sees('at least 4,440');
      await look('road');
    }
  }, 60_000);
});
