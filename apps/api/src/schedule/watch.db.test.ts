import { channels, planWaves, windowsFor } from '#domain';
import { Campaigns, Reminders, type SignupView, Waves } from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';

const drumbeat = useApi();
const { aSignup, agree } = buildersFor(drumbeat);
const day = { deadlineAt: '2027-03-12T23:59:59-05:00', deadlineZone: 'America/New_York' };
const get = async <Body>(path: string) => (await drumbeat.call('GET', path)).json<Body>();
type Row = {
  rungId: string;
  channel: string;
  state: string;
  at: string | null;
  waiting: number;
  people: number | null;
  skipped: object;
};

/** Planned on the first, for two people who agreed to email. */
async function underWay(): Promise<TestCampaign & { people: SignupView[] }> {
  await setNow(drumbeat.db, new Date('2027-03-01T12:00:00-05:00'));
  const campaign = await drumbeat.aCampaign(day);
  const people = [];
  for (const email of ['ana@example.org', 'bo@example.org'])
    people.push(await aSignup(campaign, campaign.coalition, { email }));
  for (const signup of people) await agree(signup);
  const { db } = drumbeat;
  const rungs = await new Campaigns(db.manager).ladderOf(campaign.id);
  const waves = new Waves(db.manager);
  for (const place of await waves.unplanned(campaign.id)) {
    const windows = windowsFor({ zone: place.zone, smsWindow: place.smsWindow, smsHours: null });
    for (const channel of channels)
      await waves.plan(
        place,
        planWaves({ deadline: new Date(day.deadlineAt), zone: place.zone, windows, rungs, channel }),
      );
  }
  return { ...campaign, people };
}

it('has a row for each rung and channel, with its moment and whom it is for', async () => {
  const campaign = await underWay();
  const { items: ahead } = await get<{ items: Row[] }>(`/api/v1/campaigns/${campaign.id}/rungs`);
  expect(ahead.map(({ rungId, channel, state, at, people }) => [rungId, channel, state, at, people])).toEqual(
    [
      ['three-days', 'email', 'ahead', '2027-03-09T15:00:00.000Z', 2],
      ['three-days', 'sms', 'ahead', '2027-03-09T15:00:00.000Z', null],
    ],
  );
});

it('has the figures of the progress, and says who was left out and why', async () => {
  const campaign = await underWay();
  await setNow(drumbeat.db, new Date('2027-03-09T10:01:00-05:00'));
  const waves = new Waves(drumbeat.db.manager);
  for (const wave of await waves.due()) await waves.expand(wave);
  await new Reminders(drumbeat.db.manager).cancel([campaign.people[0]!], 'email', 'revoked');
  const rows = () => get<{ items: Row[] }>(`/api/v1/campaigns/${campaign.id}/rungs`);
  const [email] = (await rows()).items;
  expect(email).toMatchObject({ state: 'running', waiting: 1, skipped: { revoked: 1 } });
  const { items } = await get<{ items: object[] }>(`/api/v1/campaigns/${campaign.id}/progress`);
  expect(items).toContainEqual(
    expect.objectContaining({ rungId: 'three-days', skipped: { revoked: 1 }, waiting: 1 }),
  );

  const skipped = `/api/v1/campaigns/${campaign.id}/reminders?state=skipped`;
  const list = await get<{ items: object[]; nextCursor: null }>(
    `${skipped}&rungId=three-days&channel=email&reason=revoked`,
  );
  expect(list).toMatchObject({
    items: [{ reason: 'revoked', contact: 'a•••@e•••.org', rungId: 'three-days' }],
    nextCursor: null,
  });
  expect(JSON.stringify(list)).not.toContain('ana@');
  for (const other of ['&channel=sms', '&reason=capped', '&rungId=week', '&kind=alert'])
    expect(await get(skipped + other)).toMatchObject({ items: [] });
  expect(await get(`/api/v1/campaigns/${campaign.id}/reminders?state=failed`)).toMatchObject({ items: [] });

  await drumbeat.call('POST', `/api/v1/campaigns/${campaign.id}/pause`);
  expect((await rows()).items[0]).toMatchObject({ state: 'held' });
});

it('says who did what, newest first, page by page', async () => {
  const campaign = await underWay();
  for (let n = 1; n <= 60; n++) await drumbeat.call('PATCH', `/api/v1/campaigns/${campaign.id}`, { goal: n });
  type Log = { items: { by: string; role: string; action: string }[]; nextCursor: string | null };
  const first = await get<Log>(`/api/v1/campaigns/${campaign.id}/activity`);
  expect(first.items[0]).toMatchObject({
    by: 'a organizer',
    role: 'organizer',
    action: 'campaign.changed',
    detail: { fields: ['goal'] },
  });
  const rest = await get<Log>(`/api/v1/campaigns/${campaign.id}/activity?cursor=${first.nextCursor}`);
  expect([...first.items, ...rest.items].map(({ action }) => action).slice(-2)).toEqual([
    'campaign.launched',
    'campaign.created',
  ]);
  expect([first.items.length, rest.nextCursor]).toEqual([50, null]);
});
