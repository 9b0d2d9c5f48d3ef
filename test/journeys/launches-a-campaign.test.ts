import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { API_SETTINGS, type ApiSettings } from '../../apps/api/src/settings.js';
import { axe, openBrowser, type TestBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { fakeRegulationsGov } from '../support/regulations-gov.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const sizes = { phone: { width: 360, height: 780 }, desk: { width: 1280, height: 900 } };
const screens = fileURLToPath(new URL('../.results/screens/launch/', import.meta.url));

withChromium('an organizer', () => {
  const drumbeat = useDrumbeat();
  let browser: TestBrowser;
  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    browser = await openBrowser({ locale: 'en-US', timezoneId: 'America/Los_Angeles' });
    browser.context.setDefaultTimeout(10_000);
    await browser.context.addCookies([await drumbeat.signIn()]);
  }, 60_000);
  afterAll(() => browser?.stop());

  it.each(Object.entries(sizes))(
    'follows their invitation, sets a campaign up and launches it, on a %s',
    async (size, viewport) => {
      const page = await browser.context.newPage();
      await page.setViewportSize(viewport);
      const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
      const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
      let n = 0;
      async function look(name: string) {
        const file = `${size}-${String(++n).padStart(2, '0')}-${name}`;
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.screenshot({ path: path.join(screens, `${file}-${colorScheme}.png`), fullPage: true });
          expect([name, colorScheme, await axe(page)]).toEqual([name, colorScheme, []]);
        }
        expect([name, await isTooWide(page)]).toEqual([name, false]);
      }

      await browser.context.clearCookies();
      await page.goto(await drumbeat.invite(`oren-${size}@example.org`, 'organizer'));
      await page.getByLabel('Your name').fill('Oren');
      await look('invitation');
      await press('Accept');
      await heading('Campaigns');
      await look('campaigns');
      if (size === 'phone') {
        for (const place of ['People', 'Campaigns']) {
          await press('Menu');
          await page.getByRole('link', { name: place, exact: true }).click();
          await heading(place);
        }
      }
      await page.getByRole('link', { name: 'New campaign' }).click();
      await heading('New campaign');
      await look('new');
      await press('Begin: Something else');

      await heading('What do you ask for?');
      const title = `Tell the county board (${size})`;
      await page.getByLabel('Title (English)').fill(title);
      await page.getByLabel('Goal').fill('250');
      await page.getByLabel('Address of the campaign').fill(`county-board-${size}`);
      await look('goal');
      await press('Save and go on');

      await heading('When must it be done?');
      await page.getByLabel(/^Date/).fill('2027-04-20');
      await page.getByText('Tuesday, April 20, 11:59 pm Eastern').waitFor();
      await page.getByText('Tuesday, April 20, 8:59 pm Pacific').waitFor();
      await look('deadline');
      await press('Save and go on');

      await heading('Who recruits?');
      const portland = page.getByRole('checkbox', { name: /Portland/ });
      await portland.waitFor();
      const chosen = page.getByRole('checkbox', { checked: true });
      const offered = await page.getByRole('checkbox').count();
      await press('All');
      expect(await chosen.count()).toBe(offered);
      await press('None');
      expect(await chosen.count()).toBe(0);
      await portland.check();
      await look('coalitions');
      await press('Save and go on');

      await heading('When do people hear from you?');
      const rung = page.getByRole('slider').first();
      const before = Number(await rung.getAttribute('aria-valuenow'));
      await rung.focus();
      await page.keyboard.press('ArrowLeft');
      expect(Number(await rung.getAttribute('aria-valuenow'))).toBe(before + 1);
      const names = page.getByLabel('Name (only you see it)');
      const rungs = await names.count();
      for (const [n, kind] of [
        'Hours before the deadline',
        'After it: how did it go?',
        'Days before the deadline',
      ].entries()) {
        await press('Add a reminder');
        await page.getByRole('menuitem', { name: kind }).click();
        await names.nth(rungs + n).waitFor();
      }
      const takeOut = () =>
        page
          .getByRole('button', { name: /^Take out/ })
          .last()
          .click();
      await takeOut();
      await takeOut();
      const taken = await names.last().inputValue();
      await takeOut();
      expect(await names.count()).toBe(rungs);
      await press(/^Undo/);
      expect(await names.last().inputValue()).toBe(taken);
      await page
        .getByRole('button', { name: /^Take out/ })
        .last()
        .click();
      await look('ladder');
      await press('Save and go on');

      await heading('What do the reminders say?');
      const subject = page.getByRole('textbox', { name: 'Subject' });
      const reminders = page.getByRole('navigation', { name: 'Reminders' }).getByRole('button');
      for (const reminder of (await reminders.all()).toReversed()) {
        await reminder.click();
        expect(await reminder.getAttribute('aria-current')).toBe('true');
      }
      await subject.fill('Speak up at the county board');
      await page.locator('iframe.letter').waitFor();
      await look('messages');
      await press('Save and go on');

      await heading('Ready?');
      await page.getByText('Every reminder ends in time').waitFor();
      await page.getByLabel('My email').fill('me@example.org');
      await press('Send it to me');
      await page.getByText(/messages are on their way to you\.$/).waitFor();
      await look('check');
      await page.getByRole('button', { name: 'Launch' }).dblclick();

      await page.waitForURL(/\/console\/campaigns\/[0-9a-f-]{36}$/);
      const id = page.url().split('/').at(-1)!;
      const launched = await fetch(`${drumbeat.url}/api/v1/campaigns/${id}`, {
        headers: { authorization: `Bearer ${drumbeat.key}` },
      });
      expect(await launched.json()).toMatchObject({ title, status: 'running', goal: 250 });
      await page.goBack();
      await page.waitForURL(/\/console\/campaigns/);
      expect(await page.getByRole('button', { name: 'Launch' }).count()).toBe(0);
      await page.close();
    },
    120_000,
  );

  describe('in trouble', () => {
    let page: Page;
    const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
    const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
    const draft = async (kit: string) => ((await call('POST', '', { kit })) as { id: string }).id;
    async function call(method: string, path: string, body?: object): Promise<unknown> {
      const answer = await fetch(`${drumbeat.url}/api/v1/campaigns${path}`, {
        method,
        headers: { authorization: `Bearer ${drumbeat.key}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return answer.json();
    }
    beforeEach(async () => {
      page = await browser.context.newPage();
      await page.setViewportSize(sizes.phone);
    });
    afterEach(() => page.close());

    it('pastes an address of regulations.gov and gets its dates; an address of nothing says what to do', async () => {
      const regulations = await fakeRegulationsGov();
      Object.assign(drumbeat.parts.api.get<ApiSettings>(API_SETTINGS), {
        REGULATIONS_GOV_URL: regulations.url,
        REGULATIONS_GOV_API_KEY: regulations.key,
      });
      regulations.documents = [{ id: 'BLS-2027-0003-0001', attributes: { title: 'SOC revision for 2028' } }];
      const id = await draft('docket-comment');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/document`);
      await page.getByLabel('Address or document id').fill('BLS-2027-0009-0001');
      await press('Look it up');
      await page.getByRole('alert').waitFor();
      await page
        .getByLabel('Address or document id')
        .fill('https://www.regulations.gov/commenton/BLS-2027-0003-0001');
      await press('Look it up');
      await page.getByRole('heading', { name: 'SOC revision for 2028' }).waitFor();
      await page.screenshot({ path: path.join(screens, 'phone-docket.png'), fullPage: true });
      await press('Take this one');
      await heading('What do you ask for?');
      expect(await call('GET', `/${id}`)).toMatchObject({
        official: { document: 'BLS-2027-0003-0001' },
        deadlineAt: expect.any(String) as string,
      });
      await regulations.close();
    });

    it('gives the form an address of its own when there is no document', async () => {
      const id = await draft('docket-comment');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/document`);
      await page.getByLabel('Address of the form').fill('https://www.example.gov/form');
      await press('Save and go on');
      await heading('What do you ask for?');
      expect(await call('GET', `/${id}`)).toMatchObject({
        official: { url: 'https://www.example.gov/form' },
      });
    });

    it('lets go of what was typed for what another organizer saved', async () => {
      const id = await draft('custom');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/goal`);
      await page.getByLabel('Title (English)').fill('What I typed');
      await call('PATCH', `/${id}`, { goal: 99 });
      await press('Save and go on');
      await press('Take theirs');
      await page.locator('input[value="99"]').waitFor();
      expect(await page.getByLabel('Title (English)').inputValue()).not.toBe('What I typed');
    });

    it('is told what another organizer changed, and loses nothing', async () => {
      const id = await draft('custom');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/goal`);
      await page.getByLabel('Title (English)').fill('What I typed');
      await call('PATCH', `/${id}`, { goal: 99 });
      await press('Save and go on');
      await page.getByText('Somebody changed this meanwhile').waitFor();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: path.join(screens, 'phone-meanwhile.png'), fullPage: true });
      await press('Save mine over it');
      await heading('When must it be done?');
      expect(await call('GET', `/${id}`)).toMatchObject({ title: 'What I typed' });
    });

    it('keeps what was typed when the session ends', async () => {
      const id = await draft('custom');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/goal`);
      await page.getByLabel('Title (English)').fill('Still here');
      await browser.context.clearCookies();
      await press('Save and go on');
      const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
      await dialog.waitFor();
      expect(await axe(page)).toEqual([]);
      await page.screenshot({ path: path.join(screens, 'phone-session-ended.png') });
      await browser.context.addCookies([await drumbeat.signIn()]);
      await press('I am signed in: go on');
      await dialog.waitFor({ state: 'hidden' });
      await press('Save and go on');
      await heading('When must it be done?');
      expect(await call('GET', `/${id}`)).toMatchObject({ title: 'Still here' });
    });
  });
});

const isTooWide = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
