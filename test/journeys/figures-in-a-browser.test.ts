import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Download, Page } from 'playwright-core';
import sharp from 'sharp';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { until, useDrumbeat } from '../support/use-drumbeat.js';

const screens = fileURLToPath(new URL('../.results/screenshots/figures/', import.meta.url));
const tabs = ['Over time', 'Funnel', 'Coalitions', 'Road to the goal', 'Deliverability'];

withChromium("a campaign's figures", () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('figures');
  const { sees, look } = browser;
  let page: Page;
  beforeEach(async () => {
    await drumbeat.backToMonday();
    await browser.context.clearCookies();
    await browser.context.addCookies([await drumbeat.signIn()]);
    page = browser.page;
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  /** The cells of the table beneath the chart, as they stand there. */
  const cells = (): Promise<string[][]> =>
    page.evaluate(
      `[...document.querySelector('details table').rows].map((row) => [...row.cells].map((cell) => cell.innerText))`,
    );
  const numbers = (row: string[]) => row.map((cell) => (cell === '–' ? '' : cell.replaceAll(',', '')));

  async function download(press: () => Promise<void>): Promise<Download> {
    const saved = page.waitForEvent('download');
    await press();
    return saved;
  }
  async function csv(): Promise<string[][]> {
    const saved = await download(() => page.getByRole('link', { name: 'Download CSV' }).first().click());
    return parse(readFileSync(await saved.path(), 'utf8'), { relax_column_count: true });
  }
  async function png(name: string): Promise<void> {
    const saved = await download(() => button('Save as picture').first().click());
    await saved.saveAs(`${screens}${name}.png`);
    const { format, width, height } = await sharp(`${screens}${name}.png`).metadata();
    expect([format, width]).toEqual(['png', 1_280]);
    expect(height).toBeGreaterThan(300);
    const { entropy } = await sharp(`${screens}${name}.png`).stats();
    expect(entropy).toBeGreaterThan(0.1);
  }

  /** A campaign with a goal; people of two coalitions who came this far: done, gone to the form, only signed up. */
  async function aCampaign(slug: string) {
    const campaign = await drumbeat.launch({
      slug,
      kind: 'regulatory_comment',
      title: 'Be counted',
      goal: 40,
    });
    const { 'many-hands-portland': portland, ...others } = await drumbeat.coalitions();
    const other = Object.keys(others)[0]!;
    const people = ['ana', 'bo', 'cy', 'di', 'eve'].map((name) => `${name}@${slug}.example`);
    for (const [n, email] of people.entries())
      await drumbeat.join({ campaign: slug, coalition: n < 3 ? 'many-hands-portland' : other, email });
    const ids = await drumbeat.db.query<{ id: string }[]>(
      `select id from signups where campaign_id = $1 order by signed_up_at, id`,
      [campaign.id],
    );
    for (const { id } of [ids[0]!, ids[1]!, ids[3]!])
      await drumbeat.api('POST', `/api/v1/signups/${id}/confirmations`, { outcome: 'filed' });
    await drumbeat.db.query(`update signups set went_at = campaign_now() where id = any($1)`, [
      ids.slice(0, 4).map(({ id }) => id),
    ]);
    await drumbeat.tallyBecomes(campaign, { signups: 5, went: 4, confirmed: 3 });
    return { ...campaign, portland: portland! };
  }

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'are read, switched, downloaded and shared by an organizer, on a %s',
    async (size) => {
      await page.setViewportSize(sizes[size]);
      const slug = `figures-${size}`;
      const campaign = await aCampaign(slug);
      const api = async <Json>(what: string) =>
        (await drumbeat.api<Json>('GET', `/api/v1/campaigns/${campaign.id}/${what}`)).json;

      await page.goto(`${drumbeat.url}/console/campaigns/${campaign.id}`);
      await sees('5 signed up and 3 did it so far.');
      await sees('60%');
      await look('campaign');
      await page.getByText('Show as a table').click();
      expect((await cells())[1]!.slice(1)).toEqual(['5', '5', '3']);
      await png(`${size}-campaign-shared`);
      await page.getByRole('link', { name: 'All figures' }).click();
      await page.getByRole('heading', { level: 1, name: 'Figures' }).waitFor();

      const tab = async (name: string) => {
        await page.getByRole('tab', { name }).click();
        await page.getByRole('tabpanel').getByRole('button', { name: 'Save as picture' }).waitFor();
        await page.locator('.chart svg').first().waitFor();
        const table = page.locator('details').first();
        if (!(await table.evaluate((details) => (details as HTMLDetailsElement).open)))
          await page.getByText('Show as a table').click();
      };

      for (const [name, file] of [
        ['Report as PDF', 'pdf'],
        ['Report as CSV', 'csv'],
      ] as const) {
        const saved = await download(() => page.getByRole('link', { name }).click());
        await saved.saveAs(`${screens}${size}-report.${file}`);
        expect(readFileSync(`${screens}${size}-report.${file}`, 'latin1')).toMatch(
          file === 'pdf' ? /^%PDF-1\.7/ : /Signed up,Filed/,
        );
      }

      await tab('Over time');
      const [, ...days] = await csv();
      const grown = (await cells()).slice(1);
      expect(days.map((day) => [day[7], day[8], day[10]])).toEqual(grown.map((row) => numbers(row.slice(1))));
      await sees('Tuesday');
      await look('growth');
      await png(`${size}-growth-shared`);

      await tab('Funnel');
      expect(page.url()).toMatch(/\/figures\/funnel$/);
      const { items } = await api<{ items: { people: number }[] }>('funnel');
      const funnel = (await cells()).slice(1).map((row) => numbers(row)[1]);
      expect(funnel).toEqual(items.map(({ people }) => String(people)));
      expect((await csv()).slice(1).map(([, people]) => people)).toEqual(funnel);
      await look('funnel');
      await png(`${size}-funnel-shared`);

      await tab('Coalitions');
      const byNumber = (await cells()).slice(1);
      const file = (await csv()).slice(1);
      expect(byNumber.map((row) => numbers(row.slice(1, 4)))).toEqual(
        file.slice(0, byNumber.length).map((row) => [row[4], row[1], row[2]]),
      );
      expect(byNumber.map(([name]) => name).slice(1)).toEqual(
        file.slice(1, byNumber.length).map(([name]) => name),
      );
      await look('coalitions');
      await page.locator('label').getByText('Rate', { exact: true }).click();
      const rates = await until(
        async () => (await cells()).slice(2).map((row) => parseInt(row.at(-1)!, 10) || 0),
        (seen) => seen.every((rate, n) => n === 0 || rate <= seen[n - 1]!),
      );
      expect(rates).toEqual(rates.toSorted((a, b) => b - a));
      await png(`${size}-coalitions-shared`);
      await page.getByLabel('Find a coalition').fill('portland');
      await sees(/^1 coalitions?\./).catch(() => undefined);
      await until(cells, (rows) => rows.length === 3);
      expect((await cells()).length).toBe(3);
      await page.getByLabel('Find a coalition').fill('');

      await tab('Road to the goal');
      await sees(/3 of 40 are done\. 37 to go, and the deadline is in \d+ days: that takes \d+ a day\./);
      const road = (await cells()).slice(1).map((row) => numbers(row.slice(1)));
      expect((await csv()).slice(1).map((row) => row.slice(1))).toEqual(road);
      await look('road');
      await png(`${size}-road-shared`);

      await drumbeat.clock('2027-03-04T14:00:00-08:00');
      await sees(/the deadline is in 27 hours/);
      await tab('Over time');
      await sees(/^As of Thursday, March 4/);
      await look('growth-late');

      await tab('Deliverability');
      const { items: channels } = await api<{ items: { channel: string; sent: number }[] }>('deliverability');
      const sent = (await cells()).find(([what]) => what === 'Sent')!;
      expect(sent[1]).toBe(String(channels.find(({ channel }) => channel === 'email')!.sent));
      expect((await csv()).find(([channel, what]) => channel === 'email' && what === 'sent')![2]).toBe(
        sent[1],
      );
      await look('deliverability');
      await png(`${size}-deliverability-shared`);

      await page.getByRole('tab', { name: 'Deliverability' }).press('ArrowRight');
      await page.getByRole('tab', { name: tabs[0]!, selected: true }).waitFor();
    },
    180_000,
  );

  it('turn the pages of many coalitions, each with its dashboard behind its name', async () => {
    await page.setViewportSize(sizes.desk);
    const coalitionIds: string[] = [];
    for (let n = 1; n <= 22; n++) {
      const form = { slug: `circle-${n}`, name: `Circle ${n}` };
      coalitionIds.push((await drumbeat.api<{ id: string }>('POST', '/api/v1/coalitions', form)).json.id);
    }
    const { id } = await drumbeat.launch({ coalitionIds });
    await page.goto(`${drumbeat.url}/console/campaigns/${id}`);
    await page.getByRole('link', { name: 'All 22, side by side' }).click();
    await sees('Page 1 of 2');
    await look('many');
    for (const [press, shows, rows] of [
      ['Next page', 'Page 2 of 2', 2],
      ['Page before', 'Page 1 of 2', 20],
      ['Page 2', 'Page 2 of 2', 2],
      ['Page 1', 'Page 1 of 2', 20],
    ] as const) {
      await button(press).click();
      await sees(shows);
      const shown = await until(cells, ({ length }) => length === rows + 2);
      expect([press, shown.length]).toEqual([press, rows + 2]);
    }
    await page.getByRole('link', { name: 'Circle 1', exact: true }).click();
    await page.waitForURL(/\/coalitions\//);
  }, 90_000);

  it('say what to do where there is nothing to draw yet, in Spanish too', async () => {
    await page.setViewportSize(sizes.phone);
    const { id } = await drumbeat.launch({ coalitionIds: [Object.values(await drumbeat.coalitions())[0]!] });
    const empty = {
      growth: /^Nadie se ha inscrito todavía\. Comparte el enlace/,
      funnel: /^Nadie se ha inscrito todavía\. Comparte el enlace/,
      road: /^Esta campaña aún no tiene meta/,
      deliverability: /^Aún no ha salido nada/,
    };
    await page.goto(`${drumbeat.url}/console/`);
    await page.evaluate(`localStorage.setItem('drumbeat.language', 'es')`);
    for (const [tab, says] of Object.entries(empty)) {
      await page.goto(`${drumbeat.url}/console/campaigns/${id}/figures/${tab}`);
      await sees(says);
      await look(`empty-${tab}`);
    }
    await page.goto(`${drumbeat.url}/console/campaigns/${id}/figures/road`);
    await page.getByRole('link', { name: 'Poner una meta' }).click();
    await page.waitForURL(/\/setup\/goal$/);
    await page.evaluate(`localStorage.removeItem('drumbeat.language')`);
  }, 60_000);
});
