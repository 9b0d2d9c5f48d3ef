import { readSettings, Settings } from '#boot';
import { RegulationsGov } from '#dockets';
import { Confirmations, Signups, Sweeps } from '#postgres';
import { type FakeRegulationsGov, fakeRegulationsGov } from '../../../../test/support/regulations-gov.js';
import { useApi } from '../../../../test/support/use-api.js';
import { until } from '../../../../test/support/use-drumbeat.js';
import { SweepService } from './sweep.service.js';

const world = useApi();
const documentId = 'BLS-2027-0003-0001';
const objectId = '09000064b90ee693';
/** How many comments there are on the docket, and how many of them people of ours filed. */
const [posted, ours] = [
  Number(process.env['SWEEP_COMMENTS'] ?? 1_000),
  Number(process.env['SWEEP_OURS'] ?? 25),
];

let regulations: FakeRegulationsGov;
let service: () => SweepService;
beforeAll(async () => {
  regulations = await fakeRegulationsGov();
  const { REGULATIONS_GOV_URL } = readSettings(Settings.pick({ REGULATIONS_GOV_URL: true }), {
    REGULATIONS_GOV_URL: regulations.url,
  });
  const settings = { REGULATIONS_GOV_URL, REGULATIONS_GOV_API_KEY: regulations.key };
  service = () => new SweepService(world.db, world.keys, new RegulationsGov(world.db, world.keys, settings));
});
afterAll(() => regulations.close());

const trackingNumber = (n: number) => `l2z-02tq-${n.toString(18).padStart(4, '0')}`;
const aComment = (n: number) => ({
  id: `BLS-2027-0003-${String(n + 2).padStart(5, '0')}`,
  attributes: {
    commentOnId: objectId,
    commentOnDocumentId: documentId,
    trackingNbr: trackingNumber(n),
    // A thousand at once, as agencies post them; across the night in which an hour comes twice.
    lastModifiedDate: new Date(
      Date.parse('2027-11-07T03:00:00Z') + Math.floor(n / 1_000) * 1_800_000,
    ).toISOString(),
  },
});

/** A campaign, and people who filed and gave the numbers of these comments. */
async function aCampaign(numbers: number[]) {
  const campaign = await world.aCampaign();
  await world.db.query(
    `update campaigns set official = jsonb_build_object('document', $2::text) where id = $1`,
    [campaign.id, documentId],
  );
  for (const n of numbers) {
    const email = `s${n}-${campaign.slug}@example.org`;
    await world.db.query(`delete from limits`); // all of them sign up from one network here
    await world.post(campaign.page, { email, zip: '10001' });
    const { id } = await world.one<{ id: string }>(
      `select s.id from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = any($2)`,
      [campaign.id, world.keys.contactKeys(email)],
    );
    // As it is read from a screen.
    const form = { outcome: 'filed', trackingNumber: trackingNumber(n).replace('02tq', 'O2TQ') };
    expect((await world.call('POST', `/api/v1/signups/${id}/confirmations`, form)).statusCode).toBeLessThan(
      300,
    );
  }
  return campaign;
}
const anHourLater = () =>
  world.db.query(
    `with later as (update limits set ends_at = ends_at - interval '1 hour') update sweeps set retry_at = retry_at - interval '1 hour'`,
  );
const sweeps = () => new Sweeps(world.db.manager, world.keys);
const waiting = async () =>
  (
    await world.all(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length;
const lookUps = () =>
  regulations.requests.filter(({ path }) => /\/comments\/BLS/.test(path)).map(({ path }) => path);

it('finds each number once over many hours, keeps to the rate, and goes on where it was stopped', async () => {
  regulations.comments = Array.from({ length: posted }, (_, n) => aComment(n));
  regulations.documents = [{ id: documentId, attributes: { objectId } }];
  const every = Math.floor(posted / ours);
  const campaign = await aCampaign(Array.from({ length: ours }, (_, n) => n * every));
  await sweeps().start(campaign.id, objectId);
  let hours = 0;
  let most = 0;
  let stopped = false;
  for (; (await sweeps().byId(campaign.id))!.state !== 'done' && hours < 100; hours++) {
    const before = regulations.requests.length;
    // Three workers, of which one at a time asks.
    await Promise.all([service(), service(), service()].map((one) => one.run()));
    most = Math.max(most, regulations.requests.length - before);
    if (!stopped) {
      expect(await sweeps().of(campaign.id)).toMatchObject({ state: 'running', problem: 'busy' });
      await sweeps().end(campaign.id, 'stopped');
      await anHourLater();
      const still = regulations.requests.length;
      await service().run();
      expect(regulations.requests).toHaveLength(still);
      await sweeps().start(campaign.id, objectId);
      stopped = true;
    }
    await anHourLater();
  }
  expect(most).toBeLessThanOrEqual(800);
  expect(new Set(lookUps()).size).toBe(posted);
  expect(lookUps()).toHaveLength(posted);
  expect([...new Set(regulations.wrong)]).toEqual([]);
  expect(await sweeps().of(campaign.id)).toMatchObject({
    state: 'done',
    received: posted,
    listed: posted,
    looked: posted,
    given: ours,
    found: ours,
  });
  const { total } = (await world.call('GET', `/api/v1/campaigns/${campaign.id}/tally`)).json<{
    total: { verified: number };
  }>();
  expect(total.verified).toBe(ours);
  // What is posted later is found by the next sweep, and nothing is looked at twice.
  regulations.comments.push({
    ...aComment(posted),
    attributes: { ...aComment(posted).attributes, lastModifiedDate: '2027-12-01T17:00:00Z' },
  });
  regulations.requests = [];
  await sweeps().start(campaign.id, objectId);
  await service().run();
  expect(lookUps()).toEqual([`/v4/comments/${aComment(posted).id}`]);
}, 1_800_000);

it('keeps of strangers’ comments nothing but that they were looked at', async () => {
  regulations.comments = [aComment(7)];
  const campaign = await aCampaign([]);
  await sweeps().start(campaign.id, objectId);
  await anHourLater();
  await service().run();
  const text = JSON.stringify(
    await world.all(
      `select to_jsonb(c) as row from sweep_comments c union all select to_jsonb(s) from sweeps s`,
    ),
  );
  expect(text).toContain(aComment(7).id);
  expect(text).not.toContain(trackingNumber(7));
});

it.each(['busy', 'broken', 'garbled', 'down'] as const)(
  'waits while the source is %s, and goes on',
  async (trouble) => {
    regulations.comments = [aComment(3)];
    const campaign = await aCampaign([]);
    await sweeps().start(campaign.id, objectId);
    regulations.trouble = trouble;
    await service().run();
    expect(await sweeps().of(campaign.id)).toMatchObject({
      state: 'running',
      problem: expect.any(String) as string,
      retryAt: expect.any(Date) as Date,
    });
    regulations.trouble = 'none';
    await world.db.query(`update sources set rests_until = null, failures = 0`);
    await anHourLater();
    await service().run();
    expect(await sweeps().of(campaign.id)).toMatchObject({ state: 'done', looked: 1, problem: null });
  },
);

describe('through the API', () => {
  it('is for campaigns with a document', async () => {
    const { id } = await world.aCampaign();
    expect((await world.call('GET', `/api/v1/campaigns/${id}/sweep`)).json()).toMatchObject({
      state: 'never',
    });
    await world.db.query(`update campaigns set official = '{}' where id = $1`, [id]);
    const answer = await world.call('POST', `/api/v1/campaigns/${id}/sweep`);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'no_document']);
  });

  it('finds by the file and by itself the same people, each once, whichever comes first', async () => {
    const campaign = await aCampaign([50, 51, 52]);
    regulations.comments = [50, 51, 53].map(aComment);
    const fileOf = (numbers: number[]) =>
      [
        'Tracking Number,Comment on Document ID',
        ...numbers.map((n) => `${trackingNumber(n)},${documentId}`),
      ].join('\n');
    const send = async (numbers: number[]) =>
      (
        await world.send({
          method: 'POST',
          url: `/api/v1/campaigns/${campaign.id}/sweep/file`,
          payload: fileOf(numbers),
          headers: { 'content-type': 'text/csv', authorization: `Bearer ${await world.key('organizer')}` },
        })
      ).json();
    expect(await send([50, 53])).toEqual({ rows: 2, comments: 2, found: 1, seenBefore: 0 });
    await sweeps().start(campaign.id, objectId);
    await anHourLater();
    await service().run();
    expect(await sweeps().of(campaign.id)).toMatchObject({
      state: 'done',
      looked: 3,
      said: 0,
      given: 3,
      found: 2,
    });
    expect(await send([50, 51, 52, 53])).toEqual({ rows: 4, comments: 4, found: 1, seenBefore: 2 });
    expect(await sweeps().of(campaign.id)).toMatchObject({ given: 3, found: 3 });
  });

  it('waits for whoever takes their word back, and then sees nobody', async () => {
    const campaign = await aCampaign([60]);
    const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
      campaign.id,
    ]);
    let seeing: Promise<number>;
    await world.db.transaction(async (open) => {
      await new Signups(open, world.keys).hold(id);
      seeing = sweeps().seen(campaign.id, [trackingNumber(60)]);
      await until(waiting, (count) => count === 1);
      await new Confirmations(open, world.keys).takeBack(id);
    });
    expect(await seeing!).toBe(0);
    expect(await sweeps().of(campaign.id)).toMatchObject({ said: 0, given: 0, found: 0 });
  });

  it('tells the second of two people with one number, and keeps their word', async () => {
    const campaign = await aCampaign([11]);
    await world.post(campaign.page, { email: `second-${campaign.slug}@example.org`, zip: '10001' });
    const { id } = await world.one<{ id: string }>(
      `select id from signups where campaign_id = $1 and outcome is null`,
      [campaign.id],
    );
    const form = { outcome: 'filed', trackingNumber: trackingNumber(11).toUpperCase() };
    const answer = await world.call('POST', `/api/v1/signups/${id}/confirmations`, form);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'tracking_number_taken']);
    expect(await world.one(`select outcome, evidence from signups where id = $1`, [id])).toEqual({
      outcome: 'filed',
      evidence: 'said',
    });
  });
});
