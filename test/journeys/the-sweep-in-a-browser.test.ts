import { Sweeps } from '#postgres';
import { type FakeRegulationsGov, fakeRegulationsGov } from '../support/regulations-gov.js';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { until, useDrumbeat } from '../support/use-drumbeat.js';

const documentId = 'BLS-2024-0001-0001';
const objectId = '0900006486566b4a';
const posted = 60;
const numberOf = (n: number) => `l2z-02tq-${n.toString(18).padStart(4, '0')}`;
const aComment = (n: number) => ({
  id: `BLS-2024-0001-${String(n + 2).padStart(4, '0')}`,
  attributes: {
    commentOnId: objectId,
    commentOnDocumentId: documentId,
    trackingNbr: numberOf(n),
    lastModifiedDate: '2027-03-01T05:00:00Z',
  },
});
/** As regulations.gov mails it, with the columns that are of use. */
const fileOf = (numbers: string[], on = documentId) =>
  Buffer.from(
    [
      'Document ID,Docket ID,Tracking Number,Title,Comment on Document ID,Comment',
      ...numbers.map(
        (number, n) => `BLS-2024-0001-${1_000 + n},BLS-2024-0001,${number},"Comment, ${n}",${on},"I listen."`,
      ),
    ].join('\r\n'),
  );

withChromium('an organizer and the comments on the docket', () => {
  const env: Record<string, string> = {};
  let regulations: FakeRegulationsGov;
  beforeAll(async () => {
    regulations = await fakeRegulationsGov();
    regulations.documents = [
      { id: documentId, attributes: { objectId, commentEndDate: '2027-03-12T04:59:59Z' } },
    ];
    env['REGULATIONS_GOV_URL'] = regulations.url;
    env['REGULATIONS_GOV_API_KEY'] = regulations.key;
  });
  afterAll(() => regulations.close());
  const drumbeat = useDrumbeat({ env });
  const browser = useBrowser('the-sweep');
  const { look } = browser;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));

  const card = (name = 'Comments on the docket') => browser.page.getByRole('region', { name });
  const button = (name: string) => card().getByRole('button', { name });
  const sees = (words: string | RegExp) => card().getByText(words).first().waitFor();
  /** By keyboard: what a mouse does not need must be reached without one. */
  const press = async (name: string) => {
    await button(name).focus();
    await browser.page.keyboard.press('Enter');
  };
  const choose = async (buffer: Buffer, name = 'BLS-2024-0001.csv') => {
    const chooser = browser.page.waitForEvent('filechooser');
    await press('Choose the CSV file');
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer });
  };
  const figure = (label: string) => card().getByText(label, { exact: true }).locator('..');
  const shows = (label: string, n: string) => figure(label).getByText(n, { exact: true }).waitFor();

  let people = 0;
  /** Somebody who filed, and what they gave. */
  async function somebody(trackingNumber?: string) {
    const email = `filed${++people}@example.org`;
    await drumbeat.signUp({ email });
    const campaign = await drumbeat.campaign();
    const [row] = await drumbeat.db.query<{ id: string }[]>(
      `select s.id from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = any($2)`,
      [campaign.id, drumbeat.keys.contactKeys(email)],
    );
    const form = { outcome: 'filed', ...(trackingNumber && { trackingNumber }) };
    await drumbeat.api('POST', `/api/v1/signups/${row!.id}/confirmations`, form);
  }
  const anHourLater = () =>
    drumbeat.db.query(
      `with later as (update limits set ends_at = ends_at - interval '1 hour'), rested as (update sources set rests_until = null, failures = 0)
       update sweeps set retry_at = retry_at - interval '1 hour'`,
    );

  /** The watch has asked for the document, so that a sweep can begin however much is asked at the moment. */
  async function heard(): Promise<void> {
    const answered = () =>
      drumbeat.db.query<object[]>(`select from source_answers where source = 'regulations_gov'`);
    expect(await until(answered, ({ length }) => length > 0)).not.toEqual([]);
  }

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'looks for them one by one, waits, stops and goes on, and then brings the agency’s file, on a %s',
    async (size) => {
      const { page } = browser;
      await page.setViewportSize(sizes[size]);
      const { id } = await drumbeat.campaign();
      await drumbeat.db.query(`delete from sweeps where campaign_id = $1`, [id]);
      await drumbeat.db.query(`delete from sweep_comments where campaign_id = $1`, [id]);
      const round = people;
      regulations.comments = Array.from({ length: posted }, (_, n) => aComment(round * 1_000 + n));
      const [early, inFile, afterwards] = [round * 1_000 + 3, round * 1_000 + 500, round * 1_000 + 900];
      for (const n of [early, inFile, afterwards]) await somebody(numberOf(n));
      await somebody();

      await page.goto(`${drumbeat.url}/console/campaigns/${id}`);
      await sees('Nobody has looked yet.');
      await sees('Not asked yet');
      await look('1-never');

      await heard();
      regulations.trouble = 'busy';
      await press('Look for them');
      await sees(/^It waits: regulations\.gov answers only so many questions/);
      await sees(/It goes on by itself/);
      await look('2-waits');
      await press('Stop looking');
      await sees('Stopped. What was looked at stays looked at.');
      regulations.trouble = 'none';
      await anHourLater();
      await press('Go on looking');
      await sees(/^Every posted comment was looked at/);
      await sees(`${posted} of ${posted} looked at`);
      await shows('Posted by the agency', String(posted));
      await look('3-done');
      const late = aComment(afterwards);
      const attributes = { ...late.attributes, lastModifiedDate: '2027-03-01T15:00:00Z' };
      regulations.comments.push({ ...late, attributes });
      await press('Look for new ones');
      await sees(`${posted + 1} of ${posted + 1} looked at`);

      await choose(Buffer.from('<!doctype html><title>Expired</title>'));
      await sees(/^This is a web page and not the file/);
      await look('4-refused');
      await choose(fileOf([numberOf(inFile)], 'FAA-2025-5396-0001'));
      await sees(/they are on FAA-2025-5396-0001/);

      await choose(
        fileOf([early, inFile, ...Array.from({ length: 200 }, (_, n) => 50_000 + n)].map(numberOf)),
      );
      await sees('1 person’s comment was found. 1 more had been seen before.');
      await sees(/posted 202 comments on this document by then; the file has 202 lines/);
      await look('5-file');
      const progress = await new Sweeps(drumbeat.db.manager, drumbeat.keys).of(id);
      await shows('Ours, seen there', String(progress.found));
      await shows('Ours, not posted yet', String(progress.given - progress.found));
      await shows('Ours, by their word', String(progress.said));
      const { confirmed, verified } = await drumbeat.figures({ id });
      expect([progress.said + progress.given, progress.found]).toEqual([confirmed, verified]);
      await page.getByText('looked for comments in a file of regulations.gov').first().waitFor();
    },
    240_000,
  );

  it('says how far a long one is while it goes on', async () => {
    const { page } = browser;
    await page.setViewportSize(sizes.phone);
    const { id } = await drumbeat.campaign();
    await drumbeat.db.query(
      `insert into sweeps (campaign_id, object_id, received, is_listed, problem, retry_at)
       values ($1, $2, 20000, true, 'busy', now() + interval '12 minutes')
       on conflict (campaign_id) do update set state = 'running', ended_at = null, received = 20000, problem = 'busy', retry_at = now() + interval '12 minutes'`,
      [id, objectId],
    );
    await drumbeat.db.query(
      `insert into sweep_comments (campaign_id, comment_id, looked_at)
       select $1, 'BLS-2024-0001-' || n, case when n <= 23200 then now() end from generate_series(20001, 40000) n`,
      [id],
    );
    await page.goto(`${drumbeat.url}/console/campaigns/${id}`);
    await sees(/goes on by itself in 1[12] minutes/);
    await sees(/about 21 hours to go/);
    await look('6-long');
    await page.evaluate(`localStorage.setItem('drumbeat.language', 'es')`);
    await page.reload();
    await card('Comentarios en el expediente').getByText('cerca de 21 horas más').waitFor();
    await look('7-long-es');
    await page.evaluate(`localStorage.setItem('drumbeat.language', 'en')`);
  });

  it('shows how much of a large file is on its way', async () => {
    const { page } = browser;
    const { id } = await drumbeat.campaign();
    const cdp = await browser.context.newCDPSession(page);
    await page.setViewportSize(sizes.desk);
    await page.goto(`${drumbeat.url}/console/campaigns/${id}`);
    await sees('Or all at once, from a file');
    await cdp.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1 },
      uploadThroughput: 1_500_000,
    });
    const many = Array.from({ length: 40_000 }, (_, n) => numberOf(60_000 + n));
    await choose(fileOf(many));
    const seen = await until(
      async () =>
        Number(
          await card()
            .getByRole('progressbar', { name: 'The file on its way' })
            .getAttribute('aria-valuenow'),
        ),
      (share) => share > 0 && share < 100,
    );
    expect(seen).toBeGreaterThan(0);
    await look('8-on-its-way');
    await sees('The file was read');
    await sees('Nobody was found anew.');
  }, 60_000);
});
