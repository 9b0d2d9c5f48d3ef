import type { Page } from 'playwright-core';
import { deadlineOf, docketZone, easternDate, sayDay } from '#domain';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const say = (date: string) => sayDay(deadlineOf(date), docketZone, 'en');

withChromium('an organizer and the docket', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('docket');
  let page: Page;
  let sandbox: Page;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));
  beforeEach(async () => {
    page = browser.page;
    sandbox = await browser.context.newPage();
  });

  const card = () => page.getByRole('region', { name: 'Official dates' });
  const press = async (name: string | RegExp) => {
    await page.bringToFront();
    await card().getByRole('button', { name }).first().click();
  };
  const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name }).click();
  const sees = (words: string | RegExp) => card().getByText(words).first().waitFor();
  const gone = (words: string | RegExp) => card().getByText(words).first().waitFor({ state: 'detached' });
  /** A tab that is not in front draws once a second, and everything waits for it. */
  const asAgency = async (name: string) => {
    await sandbox.bringToFront();
    await sandbox.getByRole('button', { name }).click();
  };
  const closesOn = async () => {
    const { json } = await drumbeat.api<{ docket: { closesOn: string } }>('GET', '/sandbox/desk');
    return json.docket.closesOn;
  };
  const deadline = async (id: string) =>
    easternDate(
      new Date(
        (await drumbeat.api<{ deadlineAt: string }>('GET', `/api/v1/campaigns/${id}`)).json.deadlineAt,
      ),
    );
  const dayAfter = (date: string, days: number) =>
    new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

  it.each(Object.entries(sizes))(
    'sees what both sources say, decides what they propose, and plays the agency, on a %s',
    async (_, size) => {
      await page.setViewportSize(size);
      await sandbox.setViewportSize(size);
      const { id } = await drumbeat.campaign();
      await page.goto(`${drumbeat.url}/console/campaigns/${id}`);
      await sandbox.goto(`${drumbeat.url}/sandbox`);
      if (size.width < 960) await asAgency('Docket');
      await sandbox.getByText('BLS-2024-0001-0001').first().waitFor();
      await press('Ask now');
      await sees('Your date is the official one.');
      await browser.look('1-agree');

      await asAgency('Extend by 10 days');
      await sandbox.getByText('Published.').waitFor();
      await browser.look('sandbox', sandbox);
      await press('Ask now');
      await sees('The comment period was extended');
      await browser.look('2-extended');
      await press('See what would change');
      await page
        .getByRole('dialog')
        .getByText(/This is a new round/)
        .waitFor();
      await browser.look('3-preview');
      await inDialog('Cancel');
      await press('See what would change');
      await inDialog('Apply');
      await sees('Your date is the official one.');
      expect(await deadline(id)).toBe(await closesOn());

      // Only the Register has it yet: our date stays, and the organizer leaves it.
      await sandbox.getByLabel('Only the Federal Register says so yet').check();
      await asAgency('Correct: 2 days earlier');
      await sandbox.getByText('Correction', { exact: false }).last().waitFor();
      await press('Ask now');
      await sees('The sources differ');
      await browser.look('4-conflict');
      await press('Leave my date');
      await gone(/^Your date, .* stays until you choose another\.$/);
      await sees(/left: Sandbox administrator/);

      // Now regulations.gov has it, too, and later; the campaign follows by itself.
      await sandbox.getByLabel('Only the Federal Register says so yet').uncheck();
      const later = dayAfter(await closesOn(), 3);
      await sandbox.getByLabel('Or another last day').fill(later);
      await asAgency('Publish');
      await card().getByRole('switch', { name: 'Follow an extension by itself' }).click();
      await card().getByRole('switch', { name: 'Follow an extension by itself', checked: true }).waitFor();
      await press('Ask now');
      await sees(new RegExp(`extended: ${say(later)}`));
      expect(await deadline(id)).toBe(later);
      await card().getByRole('switch', { name: 'Follow an extension by itself' }).click();
      await card().getByRole('switch', { name: 'Follow an extension by itself', checked: false }).waitFor();

      await asAgency('Withdraw it');
      await sandbox.getByRole('button', { name: 'Bring it back' }).waitFor();
      await press('Ask now');
      await page.getByText(/^It paused by itself: the agency withdrew the document/).waitFor();
      await browser.look('5-withdrawn');
      await asAgency('Bring it back');
      await sandbox.getByRole('button', { name: 'Withdraw it' }).waitFor();
      await press('Ask now');
      await sees('Your date is the official one.');
      await page.getByRole('button', { name: 'Go on' }).click();
      await inDialog('Go on');
      await page.getByText('The campaign goes on.').first().waitFor();
    },
    240_000,
  );

  it.each(Object.entries(sizes))(
    'lets a campaign wait for its document, and opens it with what was found, on a %s',
    async (_, size) => {
      await page.setViewportSize(size);
      const { id } = await drumbeat.launch({
        kind: 'regulatory_comment',
        ...{ deadlineAt: undefined, deadlineZone: undefined },
      });
      await page.goto(`${drumbeat.url}/console/campaigns/${id}`);
      await card().getByLabel('Agency').fill('Census Bureau');
      await card().getByLabel('Words in it').fill('occupational classification');
      await press('Look for it');
      await sees('Nothing like it has been published yet.');
      await card().getByLabel('Agency').fill('Bureau of Labor Statistics');
      await press('Look for it');
      await sees(/^Labor Statistics Bureau/);
      await browser.look('6-candidates');
      const offered = await card().getByRole('button', { name: 'Not this one' }).count();
      await press('Not this one');
      await card()
        .getByRole('button', { name: 'Not this one' })
        .nth(offered - 1)
        .waitFor({ state: 'detached' });
      await press('This is it');
      await browser.look('7-accept');
      await inDialog('This is it');
      await page.getByText('This is the document now.').first().waitFor();
      expect((await drumbeat.api('GET', `/api/v1/campaigns/${id}`)).json).toMatchObject({
        status: 'running',
        official: { document: expect.stringMatching(/^BLS-2024-0001-/) as string },
      });
    },
    240_000,
  );

  it.each(Object.entries(sizes))(
    'pastes this and that, and is led to the document, on a %s',
    async (_, size) => {
      await page.setViewportSize(size);
      const draft = await drumbeat.api<{ id: string }>('POST', '/api/v1/campaigns', { kit: 'soc-docket' });
      await page.goto(`${drumbeat.url}/console/campaigns/${draft.json.id}/setup/document`);
      const lookUp = async (typed: string, answer: string | RegExp) => {
        await page.getByLabel('Address or document id').fill(typed);
        await page.getByRole('button', { name: 'Look it up' }).click();
        await page.getByText(answer).first().waitFor();
      };
      await lookUp('BLS-2024-0001', /^This is a docket/);
      await browser.look('8-a-docket');
      await lookUp(
        'https://www.federalregister.gov/d/2027-12825',
        /^This is a notice of the Federal Register/,
      );
      await lookUp('https://www.census.gov/acs', /This is an address at www\.census\.gov/);
      await browser.look('9-another-site');
      await lookUp('BLS-2024-0001-0999', /There is no document that takes comments/);
      await drumbeat.api('POST', '/sandbox/docket', { withdrawn: true });
      await drumbeat.db.query(`delete from source_answers`);
      await lookUp('BLS-2024-0001-0001', /^This document was withdrawn/);
      await drumbeat.api('POST', '/sandbox/docket', { withdrawn: false });
      expect(await page.getByRole('button', { name: 'Take this one' }).isDisabled()).toBe(true);
    },
    240_000,
  );
});
