import type { Page, Route } from 'playwright-core';
import { API_SETTINGS, type ApiSettings } from '../../apps/api/src/settings.js';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { fakeRegulationsGov } from '../support/regulations-gov.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('an organizer', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('launch');
  const { press, sees } = browser;
  let page: Page;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));
  beforeEach(() => {
    page = browser.page;
  });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  it.each(Object.entries(sizes))(
    'follows their invitation, sets a campaign up and launches it, on a %s',
    async (size, viewport) => {
      await page.setViewportSize(viewport);
      let n = 0;
      const look = (name: string) => browser.look(`${String(++n).padStart(2, '0')}-${name}`);

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

      await heading('How is it done?');
      const guide = page.frameLocator('iframe.guide');
      const steps = page.getByRole('textbox', { name: /^Step \d$/ });
      const had = await steps.count();
      await press('Add a step');
      await steps.last().fill('Read it **aloud** once');
      await guide.getByText('aloud').waitFor();
      await press(`Move up: Step ${had + 1}`);
      expect(await steps.nth(had - 1).inputValue()).toBe('Read it **aloud** once');
      await press(`Move down: Step ${had}`);
      expect(await steps.last().inputValue()).toBe('Read it **aloud** once');
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
        `Move up: Step ${had + 1}`,
      );
      await press(`Take out: Step ${had + 1}`);
      expect(await steps.count()).toBe(had);
      await press('Undo: ');
      expect(await steps.last().inputValue()).toBe('Read it **aloud** once');
      await steps.last().fill('Go [there](nowhere)');
      await sees(/^A link starts with https:\/\//);
      await steps.last().fill('Read it **aloud** once');
      await page.getByLabel('Minutes, at least').fill('10');
      await page.getByLabel('Minutes, at most').fill('5');
      await sees('must not be less than the minutes before it');
      await page.getByLabel('Minutes, at most').fill('12');
      await guide.getByText(/12 minutes/).waitFor();
      await press('Add a source');
      await page
        .getByRole('textbox', { name: /^Source \d+$/ })
        .last()
        .fill('The board’s own agenda');
      await page.getByLabel('Its address').last().fill('https://county.example.org/agenda');
      await look('guide');
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
      const { x, y, width, height } = (await rung.boundingBox())!;
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + 90, y + height / 2, { steps: 5 });
      expect(Number(await rung.getAttribute('aria-valuenow'))).toBeLessThan(before + 1);
      await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
      await page.mouse.up();
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
      await page.getByRole('checkbox', { name: 'Text' }).first().check();
      await page.getByRole('radio', { name: 'Wider hours, Monday to Saturday' }).check();
      await page.getByLabel(/^From/).fill('07:00');
      await press('Save and go on');
      await sees('"07:00" cannot be used; choose a time from 08:00 to 10:00, written like that.');
      await page.getByLabel(/^From/).fill('08:30');
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
      const avoided = page.getByRole('combobox', { name: 'Words to avoid' });
      await avoided.fill('county');
      await avoided.press('Enter');
      await sees(/"county" would show on a lock screen\. Say it in other words\./);
      await look('messages-avoided');
      await avoided.press('Backspace');
      await page.getByText(/"county" would show/).waitFor({ state: 'detached' });
      await avoided.fill('parade');
      await avoided.press('Enter');
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
      const json = (await launched.json()) as { texts: { en: { steps: string[]; sources: object[] } } };
      expect(json).toMatchObject({
        ...{ title, status: 'running', goal: 250, smsHours: { open: '08:30', close: '20:00' } },
        avoidWords: expect.arrayContaining(['parade']) as string[],
        texts: { en: { minutes: { from: 10, to: 12 } }, es: { minutes: { from: 10, to: 12 } } },
      });
      expect(json.texts.en.steps.at(-1)).toBe('Read it **aloud** once');
      expect(json.texts.en.sources.at(-1)).toEqual({
        words: 'The board’s own agenda',
        url: 'https://county.example.org/agenda',
      });
      await page.goBack();
      await page.waitForURL(/\/console\/campaigns/);
      expect(await page.getByRole('button', { name: 'Launch' }).count()).toBe(0);
    },
    120_000,
  );

  describe('in trouble', () => {
    /** What asks for an address first, before it gets an answer. @param times left out: all who ask for it wait */
    const held = (address: string, times?: number) =>
      new Promise<Route>((asked) => void page.route(address, asked, times ? { times } : {}));
    const draft = async (kit: string) => ((await call('POST', '', { kit })) as { id: string }).id;
    async function call(method: string, path: string, body?: object): Promise<unknown> {
      const answer = await fetch(`${drumbeat.url}/api/v1/campaigns${path}`, {
        method,
        headers: { authorization: `Bearer ${drumbeat.key}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return answer.json();
    }

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
      await browser.look('docket');
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
      await browser.look('meanwhile');
      await press('Save mine over it');
      await heading('How is it done?');
      expect(await call('GET', `/${id}`)).toMatchObject({ title: 'What I typed' });
    });

    it('is not held up by its own page, which had asked how the campaign is just before', async () => {
      const id = await draft('custom');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/goal`);
      await page.getByLabel('Title (English)').fill('Saved once');
      const script = held('**/guide.step-*.js');
      const asked = await held(`**/api/v1/campaigns/${id}`, 1);
      const before = await call('GET', `/${id}`);
      await press('Save and go on');
      const step = await script;
      await asked.fulfill({ json: before });
      await (await asked.request().response())!.finished();
      await step.continue();
      await heading('How is it done?');
      await press('Save and go on');
      await heading('When must it be done?');
    });

    it('keeps what was typed when the session ends', async () => {
      const id = await draft('custom');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/goal`);
      await page.getByLabel('Title (English)').fill('Still here');
      await browser.context.clearCookies();
      await press('Save and go on');
      const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
      await dialog.waitFor();
      await browser.look('session-ended');
      await press('I am signed in: go on');
      await dialog.getByText('Sign in first.').waitFor();
      await browser.look('still-ended');
      await browser.context.addCookies([await drumbeat.signIn()]);
      await press('I am signed in: go on');
      await dialog.waitFor({ state: 'hidden' });
      await press('Save and go on');
      await heading('How is it done?');
      expect(await call('GET', `/${id}`)).toMatchObject({ title: 'Still here' });
    });

    it('is not told again by an answer that was asked for before they signed in anew', async () => {
      const id = await draft('custom');
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/setup/goal`);
      await page.getByLabel('Title (English)').fill('Still here');
      const late = await held(`**/api/v1/campaigns/${id}`, 1);
      await browser.context.clearCookies();
      await press('Save and go on');
      const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
      await dialog.waitFor();
      await browser.context.addCookies([await drumbeat.signIn()]);
      await press('I am signed in: go on');
      await dialog.waitFor({ state: 'hidden' });
      const refused = page.waitForResponse((response) => response.status() === 401);
      await late.fulfill({ status: 401, json: { code: 'session_ended', detail: 'Your session has ended.' } });
      await (await refused).finished();
      await press('Save and go on');
      await heading('How is it done?');
    });
  });
});
