import type { Page } from 'playwright-core';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('an organizer reads what people wrote', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('texts');
  const { press, sees, look } = browser;
  let page: Page;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));
  beforeEach(async () => {
    await drumbeat.backToMonday();
    page = browser.page;
  });

  const list = () => page.getByRole('list', { name: 'Texts from people' });
  const gone = (words: string) => list().getByText(words).waitFor({ state: 'detached' });
  const shown = () => list().getByRole('listitem').allInnerTexts();
  async function choose(label: string, option: string): Promise<void> {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }
  const hay = (id: string, phone: string) =>
    drumbeat.db.query(
      `insert into texts (message_sid, phone_key, phone, body, meaning, campaign_id, answer)
       select 'SM-hay-' || n, $1, $2, $3, 'other', $4, 'other' from generate_series(1, 55) n`,
      [
        drumbeat.keys.contactKey(phone),
        drumbeat.keys.seal('phone', phone),
        drumbeat.keys.seal('text', 'nothing much'),
        id,
      ],
    );

  it.each(Object.values(sizes))(
    'at $width px: whoever needs help first, finds, files as read, and takes it back',
    async (size) => {
      await page.setViewportSize(size);
      const campaign = await drumbeat.launch();
      const [cal, dora] = [`+1503555${size.width + 2000}`, `+1503555${size.width + 4000}`];
      const join = { campaign: campaign.slug, zip: '97201' };
      await drumbeat.join({ ...join, email: `cal-${size.width}@example.org`, phone: cal });
      await drumbeat.join({
        ...join,
        ...{ email: `dora-${size.width}@example.org`, phone: dora, name: 'Dora Ruiz', showName: 'on' },
        coalition: 'many-hands',
      });
      await page.goto(`${drumbeat.url}/console/campaigns/${campaign.id}`);
      await page.getByRole('link', { name: 'Texts', exact: true }).click();
      await sees('Everything is read.');
      await choose('Show', 'All');
      await sees(/^Nobody has written\./);
      await look('1-none');

      await drumbeat.text(cal, 'I want to die');
      await drumbeat.text(dora, 'El jardín está lleno de tomates \u202egnp.exe');
      await page.goto(`${drumbeat.url}/console/campaigns/${campaign.id}`);
      await page.getByRole('link', { name: 'Texts (2 not read)' }).click();
      await sees('I want to die');
      const [urgent, other] = await shown();
      expect(urgent).toContain('Call them yourself if you can.');
      expect(urgent).toContain(cal);
      expect(other).toContain('Dora Ruiz');
      expect(other).toContain(`•••-•••-${dora.slice(-4)}`);
      expect(other).toContain('tomates U+202Egnp.exe');
      expect(await page.getByRole('link', { name: cal }).getAttribute('href')).toBe(`tel:${cal}`);
      await look('2-unread');

      await page.getByRole('searchbox', { name: 'Search the words' }).fill('jardin esta');
      await gone('I want to die');
      await page.waitForURL(/q=jardin\+esta/);
      await page.reload();
      await sees(/tomates/);
      expect(await shown()).toHaveLength(1);
      await page.getByRole('searchbox', { name: 'Search the words' }).fill('nobody wrote this');
      await sees('No text fits this search.');
      await page.getByRole('searchbox', { name: 'Search the words' }).fill('');
      await sees('I want to die');

      await choose('Joined through', 'Many Hands National Alliance of Peer Support Specialists');
      await gone('I want to die');
      await choose('Joined through', 'Any coalition');
      await choose('Show', 'Needs you now');
      await gone('Dora Ruiz');
      await choose('Show', 'Not read');
      await sees('Dora Ruiz');

      await press('Mark as read: Dora Ruiz');
      await sees('Marked as read.');
      await gone('Dora Ruiz');
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
        'Texts from people',
      );
      await press('Undo');
      await sees('Dora Ruiz');
      await press('Mark as read: Dora Ruiz');
      await gone('Dora Ruiz');
      await choose('Show', 'All');
      await sees('Dora Ruiz');
      expect((await shown())[1]).toMatch(/Read$/m);
      await press('Mark as not read: Dora Ruiz');
      await sees('Marked as not read.');
      await page.getByRole('button', { name: 'Mark as read: Dora Ruiz' }).waitFor();

      await drumbeat.db.query(`delete from texts where message_sid like 'SM-hay-%'`);
      await hay(campaign.id, cal);
      await page.reload();
      await sees('nothing much');
      expect(await shown()).toHaveLength(50);
      await press('Show older texts');
      await list().getByText('tomates').waitFor();
      expect(await shown()).toHaveLength(57);
      await page.getByRole('button', { name: 'Show older texts' }).waitFor({ state: 'detached' });
    },
    120_000,
  );

  it('from a coalition’s page, which has the link for a leader without an account', async () => {
    await page.setViewportSize(sizes.phone);
    const docket = await drumbeat.campaign();
    const { 'many-hands-portland': portland } = await drumbeat.coalitions();
    await page.goto(`${drumbeat.url}/console/campaigns/${docket.id}/coalitions/${portland}`);
    const link = page.getByRole('textbox', { name: 'Link for a leader without an account' });
    expect(await link.inputValue()).toBe(await drumbeat.leaderPage(docket, 'many-hands-portland'));
    await press('Copy: Link for a leader without an account');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await look('4-coalition');
    await page.getByRole('link', { name: 'All texts of its people' }).click();
    await page.waitForURL(new RegExp(`/campaigns/${docket.id}/texts\\?coalition=${portland}&show=all$`));
    await sees('No text fits this search.');
  });

  it('all of it in Spanish', async () => {
    await page.setViewportSize(sizes.phone);
    const campaign = await drumbeat.launch();
    const phone = '+15035550777';
    await drumbeat.join({ campaign: campaign.slug, email: 'eva@example.org', phone });
    await drumbeat.text(phone, 'no quiero vivir');
    await page.addInitScript(`localStorage.setItem('drumbeat.language', 'es')`);
    await page.goto(`${drumbeat.url}/console/campaigns/${campaign.id}/texts`);
    await sees('Te necesita ya');
    await look('3-spanish');
    await press(/^Marcar como leído/);
    await sees('Todo está leído.');
    await page.goto(`${drumbeat.url}/console/campaigns/00000000-0000-4000-8000-000000000000/texts`);
    await sees('Aquí no hay tal campaña. Revisa la dirección.');
  });
});
