import { channels, planWaves, windowsFor } from '#domain';
import { Campaigns, Waves } from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import type { DeadlinePreview } from './campaign.schema.js';

const drumbeat = useApi();
const { aSignup, agree } = buildersFor(drumbeat);

const deadlineZone = 'America/New_York';
const friday = '2027-03-12T23:59:59-05:00';
const ladder = [
  { id: 'week', channels: ['email'], daysBefore: 7, at: '10:00' },
  { id: 'three-days', channels: ['email', 'sms'], daysBefore: 3, at: '12:00' },
  { id: 'last', channels: ['sms'], hoursBefore: 8 },
  { id: 'did-you', channels: ['email'], daysAfter: 1, at: '10:00' },
];

/** On Monday, with the first rung out, somebody in New York and somebody in Denver. */
async function underWay(): Promise<TestCampaign> {
  await setNow(drumbeat.db, new Date('2027-03-01T12:00:00-05:00'));
  const campaign = await drumbeat.aCampaign({ deadlineAt: friday, deadlineZone, ladder });
  for (const zone of ['America/New_York', 'America/Denver']) {
    const signup = await aSignup(campaign, campaign.coalition, {
      phone: zone.endsWith('Denver') ? '+13035550101' : '+12125550101',
    });
    await drumbeat.db.query(`update supporters set zone = $2 where id = $1`, [signup.supporterId, zone]);
    await drumbeat.db.query(`insert into campaign_zones values ($1, $2, '*') on conflict do nothing`, [
      campaign.id,
      zone,
    ]);
    await agree(signup);
  }
  await planAll(campaign.id);
  await setNow(drumbeat.db, new Date('2027-03-08T12:30:00-05:00'));
  const waves = new Waves(drumbeat.db.manager);
  for (const wave of await waves.due()) await waves.expand(wave);
  return campaign;
}

/** As the worker's planner does. */
async function planAll(id: string): Promise<void> {
  const campaign = (await new Campaigns(drumbeat.db.manager).byId(id))!;
  const rungs = await new Campaigns(drumbeat.db.manager).ladderOf(id);
  const waves = new Waves(drumbeat.db.manager);
  for (const place of await waves.unplanned(id)) {
    const windows = windowsFor({ zone: place.zone, smsWindow: place.smsWindow, smsHours: null });
    for (const channel of channels) {
      await waves.plan(
        place,
        planWaves({ deadline: campaign.deadlineAt!, zone: place.zone, windows, rungs, channel }),
      );
    }
  }
}

/** To the second: what goes at once goes a little later than it was asked about. */
const second = (at: string | null) => at?.slice(0, 19);

const preview = (id: string, deadlineAt: string) =>
  drumbeat.call('POST', `/api/v1/campaigns/${id}/deadline/preview`, { deadlineAt, deadlineZone });
const move = (id: string, deadlineAt: string) =>
  drumbeat.call('PUT', `/api/v1/campaigns/${id}/deadline`, { deadlineAt, deadlineZone });

it.each([
  ['a day later', '2027-03-13T23:59:59-05:00', { newRound: false, again: 0 }],
  ['into tomorrow', '2027-03-09T23:59:59-05:00', { newRound: false, again: 0 }],
  ['into tonight', '2027-03-08T20:00:00-05:00', { newRound: false, again: 0 }],
  ['two weeks later, in a new round', '2027-03-26T23:59:59-04:00', { newRound: true, again: 1 }],
  ['to where it is', friday, { newRound: false, again: 0 }],
])('says before a deadline moves %s what then happens', async (_, to, said) => {
  const { id } = await underWay();
  const before = { ...(await drumbeat.rows()), api_keys: '' };
  const answer = await preview(id, to);
  expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining(said)]);
  expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);

  expect((await move(id, to)).statusCode).toBe(200);
  const foreseen = answer.json<DeadlinePreview>();
  const { detail } = await drumbeat.one<{ detail: { waves: object; round: number } }>(
    `select detail from audit where campaign_id = $1 and action = 'deadline.moved'`,
    [id],
  );
  const { added, ...waves } = foreseen.waves;
  expect(detail).toMatchObject({ waves, round: foreseen.round });
  const standing = new Map(
    (
      await drumbeat.all<{ wave: string; at: Date }>(
        `select concat_ws(' ', rung_id, channel, zone, sms_window) as wave, at from waves
         where campaign_id = $1 and round = $2 and (at > campaign_now() or at > campaign_now() - interval '1 minute' and expanded_from is null)`,
        [id, foreseen.round],
      )
    ).map(({ wave, at }) => [wave, at]),
  );
  expect(standing.size).toBe(waves.moved + waves.kept + added);
  for (const { rungId, channel, to: at, moved, kept, added } of foreseen.rungs) {
    const mine = [...standing]
      .filter(([wave]) => wave.startsWith(`${rungId} ${channel} `))
      .map(([, at]) => at.getTime());
    expect([rungId, channel, mine.length]).toEqual([rungId, channel, moved + kept + added]);
    const least = mine.length ? new Date(Math.min(...mine)).toISOString() : null;
    expect([rungId, channel, second(least)]).toEqual([rungId, channel, second(at)]);
  }
});

it('says how many waves move and how many are dropped, and that nobody gets anything twice', async () => {
  const { id } = await underWay();
  const { waves, rungs } = (await preview(id, '2027-03-08T20:00:00-05:00')).json<DeadlinePreview>();
  // Both texts are past: the last one goes at once, the other is left out.
  expect(waves).toEqual({ moved: 6, dropped: 2, kept: 0, added: 0 });
  const [week, email, text, last] = rungs;
  expect(week).toMatchObject({ moved: 0, dropped: 0, to: null });
  expect(email).toMatchObject({
    rungId: 'three-days',
    channel: 'email',
    moved: 2,
    to: expect.stringMatching(/^2027-03-08T17:30/) as string,
  });
  expect(text).toMatchObject({ channel: 'sms', dropped: 2, to: null, skipped: 'moved_past' });
  expect(last).toMatchObject({
    rungId: 'last',
    moved: 2,
    to: expect.stringMatching(/^2027-03-08T17:30/) as string,
  });
});

it('names what goes out once more in a new round', async () => {
  const { id } = await underWay();
  const { rungs, round } = (await preview(id, '2027-03-26T23:59:59-04:00')).json<DeadlinePreview>();
  expect(round).toBe(2);
  expect(rungs.filter(({ again }) => again)).toEqual([
    expect.objectContaining({
      rungId: 'week',
      channel: 'email',
      people: 2,
      fits: true,
      to: '2027-03-19T14:00:00.000Z',
    }),
  ]);
});

it('starts the ladder of a campaign that waited, and says when', async () => {
  const day = { deadlineAt: undefined, deadlineZone: undefined };
  await setNow(drumbeat.db, new Date('2027-03-01T12:00:00-05:00'));
  const { id, coalition } = await drumbeat.aCampaign({ ...day, ladder });
  await agree(await aSignup({ id }, coalition));
  const answer = (await preview(id, friday)).json<DeadlinePreview>();
  expect(answer).toMatchObject({
    from: null,
    status: 'running',
    newRound: false,
    waves: { moved: 0, dropped: 0 },
  });
  expect(answer.rungs[0]).toMatchObject({
    rungId: 'week',
    added: 1,
    to: '2027-03-05T15:00:00.000Z',
    people: 1,
  });
});

it('refuses what moving would refuse, in the same words', async () => {
  const { id } = await underWay();
  for (const to of ['2027-03-01T12:00:00Z', '9999-03-01T12:00:00Z', 'soon']) {
    const [seen, done] = [await preview(id, to), await move(id, to)];
    expect([to, seen.statusCode, seen.json()]).toEqual([to, done.statusCode, done.json()]);
    expect(seen.statusCode).toBeGreaterThanOrEqual(400);
  }
});
