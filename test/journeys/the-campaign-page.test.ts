import type { Page } from 'playwright-core';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('an organizer on the campaign page', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('the-campaign-page');
  const { sees, look } = browser;
  let page: Page;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));
  beforeEach(async () => {
    await drumbeat.backToMonday();
    page = browser.page;
  });

  const button = (name: string | RegExp) =>
    page.getByRole('button', { name }).filter({ visible: true }).first();
  const dialog = () => page.getByRole('dialog');
  const answer = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
  const toast = (what: string) => page.getByRole('alert').filter({ hasText: what });
  const undo = (what: string) => toast(what).getByRole('button', { name: 'Undo' }).click();

  const deadline = async () => {
    const { items } = (
      await drumbeat.api<{ items: { slug: string; deadlineAt: string }[] }>('GET', '/api/v1/campaigns')
    ).json;
    return new Date(items.find(({ slug }) => slug === 'soc-docket')!.deadlineAt);
  };

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'sees it run, and changes it, on a %s',
    async (size) => {
      await page.setViewportSize(sizes[size]);
      const docket = await drumbeat.campaign();
      for (const name of ['ana', 'bo']) await drumbeat.join({ email: `${name}@example.org` });
      await page.goto(`${drumbeat.url}/console/campaigns/${docket.id}`);
      await sees('One week before');
      await look('1-ahead');

      await button('Pause').click();
      await sees('Pause this campaign?');
      await look('2-pause');
      await answer('Pause');
      await toast('The campaign is paused.').getByRole('button', { name: 'Close' }).click();
      await toast('The campaign is paused.').waitFor({ state: 'detached' });
      expect(await drumbeat.campaign()).toMatchObject({ status: 'paused' });
      await drumbeat.db.query(`update campaigns set paused_because = 'complaints' where id = $1`, [
        docket.id,
      ]);
      await sees(/^It paused by itself: many people marked its mail as spam\./);
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
      await look('3-move');
      await answer('Move it');
      await sees('The deadline has moved.');
      expect(await deadline()).toEqual(later);

      await button('Send an alert').click();
      await dialog().getByLabel('Name, for your own list').fill('New address');
      await dialog().getByRole('checkbox', { name: 'Text' }).check();
      const english = dialog().getByRole('group', { name: 'In English' });
      await english.getByLabel('Subject').fill('The form has a new address');
      await english.getByLabel('Email').fill('Use the link on the page with the steps.');
      await english.getByLabel('Text', { exact: true }).fill('The form has a new address: {{ guideUrl }}');
      await sees(/^1 segment/);
      await sees(/^Reaches \d+ by email/);
      const letter = dialog().frameLocator('iframe.letter');
      await letter.getByText('Use the link on the page with the steps.').waitFor();
      for (const view of ['Desktop', 'Plain', 'Dark', 'Phone'])
        await english.getByText(view, { exact: true }).click();
      await english.getByLabel('Text', { exact: true }).fill('Look at bit.ly/form');
      await sees('This cannot be sent like this');
      await english.getByLabel('Text', { exact: true }).fill('The form has a new address: {{ guideUrl }}');
      await dialog().getByText('This cannot be sent like this').waitFor({ state: 'detached' });
      await look('4-alert');
      await answer('Send it');
      await sees('The alert goes out in a minute.');
      await sees('added an alert');
      await undo('The alert goes out in a minute.');
      await page
        .getByRole('heading', { level: 3, name: 'New address' })
        .first()
        .waitFor({ state: 'detached' });

      await button('Send an alert').click();
      await dialog().getByRole('radio', { name: 'Those who asked for updates' }).check();
      await dialog().getByRole('radio', { name: 'At this moment (your own zone)' }).check();
      await dialog()
        .getByRole('textbox', { name: 'At this moment (your own zone)' })
        .fill(`2027-03-0${size === 'phone' ? 3 : 4}T09:00`);
      await english.getByLabel('Subject').fill('Halfway there');
      await english.getByLabel('Email').fill('Half of us are done.');
      await answer('Send it');
      await sees('The alert is planned.');
      const { json } = await drumbeat.api<{ ladder: object[] }>('GET', `/api/v1/campaigns/${docket.id}`);
      expect(json.ladder).toContainEqual(
        expect.objectContaining({
          audience: 'updates',
          sendAt: `2027-03-0${size === 'phone' ? 3 : 4}T17:00:00.000Z`,
        }),
      );

      await button(/^Do not send: The last hours/).click();
      await answer('Do not send');
      await sees('“The last hours” is not sent.');
      await undo('“The last hours” is not sent.');
      await button(/^Do not send: The last hours/).waitFor();

      await button('Close').click();
      await look('5-close');
      await answer('Cancel');
      expect(await drumbeat.campaign()).toMatchObject({ status: 'running' });
    },
    120_000,
  );

  it('sees who was left out and why, and what happened, also long ago', async () => {
    await page.setViewportSize(sizes.phone);
    const week = await drumbeat.launch();
    for (const name of ['cy', 'di'])
      await drumbeat.join({ campaign: week.slug, email: `${name}@example.org` });
    await drumbeat.clock('2027-03-02T11:00:00-08:00');
    await drumbeat.turn(week, 'pause');
    await drumbeat.clock('2027-03-03T09:00:00-08:00');
    for (let n = 0; n < 30; n++)
      for (const verb of ['resume', 'pause'] as const) await drumbeat.turn(week, verb);
    await drumbeat.turn(week, 'resume');
    await drumbeat.settle();

    await page.goto(`${drumbeat.url}/console/campaigns/${week.id}`);
    await button('2 skipped').click();
    await dialog().getByRole('button', { name: 'too late to send: 2' }).click();
    for (const masked of ['c•••@e•••.org', 'd•••@e•••.org']) await dialog().getByText(masked).waitFor();
    await look('6-left-out');
    await dialog().getByRole('button', { name: 'Every reason' }).click();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });

    expect(await page.getByText('launched the campaign').count()).toBe(0);
    await button('Show older').click();
    await sees('launched the campaign');
  });

  it('closes it when it is over, and is told who then hears nothing', async () => {
    await page.setViewportSize(sizes.phone);
    const week = await drumbeat.launch();
    await drumbeat.join({ campaign: week.slug, email: 'eve@example.org' });
    await drumbeat.clock('2027-03-06T13:00:00-08:00');
    await page.goto(`${drumbeat.url}/console/campaigns/${week.id}`);
    await button('Close').click();
    await sees(/^Nothing is sent any more: whoever asked for the result and has not had it gets none\./);
    await look('7-close-ended');
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click();
    await sees('The campaign is closed.');
    expect(await drumbeat.campaign(week.slug)).toMatchObject({ status: 'closed' });
    await page.getByRole('link', { name: 'Edit' }).waitFor({ state: 'detached' });
    await look('8-closed');
  });
});
