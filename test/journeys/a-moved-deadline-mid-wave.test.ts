import { Reminders, Signups, Waves } from '#postgres';
import { buildersFor } from '../support/builders.js';
import { setNow } from '../support/clock.js';
import { type TestCampaign, useApi } from '../support/use-api.js';
import { PlannerService } from '../../apps/worker/src/dispatch/planner.service.js';

const drumbeat = useApi();
const { aSignup, agree } = buildersFor(drumbeat);
/** Noon in New York, three days before the deadline: the wave goes out now. */
const noon = new Date('2027-03-02T12:00-05:00');
const deadline = '2027-03-05T17:00:00-05:00';
const people = 12;

/** A wave of which four were handed over, four are in flight, and four are still due. */
async function midWave(): Promise<TestCampaign> {
  await setNow(drumbeat.db, new Date(noon.getTime() - 5 * 3_600_000));
  const campaign = await drumbeat.aCampaign({
    deadlineAt: deadline,
    deadlineZone: 'America/New_York',
    ladder: [{ id: 'three-days', daysBefore: 3, at: '12:00', channels: ['email'] }],
  });
  for (let n = 0; n < people; n++) await aPerson(campaign);
  await new PlannerService(drumbeat.db).planMissing();
  await setNow(drumbeat.db, noon);
  await expandDue();
  const ended = (await claim(campaign, 4)).map((claimed) => ({ ...claimed, outcome: 'sent' as const }));
  await new Reminders(drumbeat.db.manager).settle(ended);
  await claim(campaign, 4);
  expect(await states(campaign)).toEqual({ sent: 4, sending: 4, due: 4 });
  return campaign;
}

describe('a deadline that moves while a wave is being sent', () => {
  it('by an hour: everybody gets the rung once', async () => {
    const campaign = await midWave();
    expect((await move(campaign, '2027-03-05T18:00:00-05:00')).statusCode).toBe(200);
    expect(await states(campaign)).toEqual({ sent: 4, sending: 4, 'skipped: replanned': 4 });
    await expandDue();
    expect(await claim(campaign, 12)).toHaveLength(4);
    expect(await states(campaign)).toEqual({ sent: 4, sending: 8 });
  });

  it('by ten days: who was not reached in this round is in the next, and nobody is left with the old words', async () => {
    const campaign = await midWave();
    await move(campaign, '2027-03-15T17:00:00-04:00');
    await expandDue();
    expect(await claim(campaign, 12)).toEqual([]);
    await setNow(drumbeat.db, new Date('2027-03-12T12:00-05:00'));
    await new PlannerService(drumbeat.db).planMissing();
    await expandDue();
    expect((await claim(campaign, 20)).map(({ key }) => key)).toEqual(
      Array.from({ length: people }, () => 'three-days#2'),
    );
  });

  it('an old plan is refused by a claim that waits for the move, and taken up by the new one', async () => {
    const campaign = await midWave();
    const holding = drumbeat.db.createQueryRunner();
    await holding.startTransaction();
    await holding.query(`select from campaigns where id = $1 for update`, [campaign.id]);
    const waiting = claim(campaign, 12);
    await holding.query(`update campaigns set plan = plan + 1 where id = $1`, [campaign.id]);
    await holding.commitTransaction();
    await holding.release();
    expect(await waiting).toEqual([]);
    expect(await states(campaign)).toEqual({ sent: 4, sending: 4, 'skipped: replanned': 4 });
    await expandDue();
    expect(await claim(campaign, 12)).toHaveLength(4);
  });

  it('counts what it moved in the audit log', async () => {
    const campaign = await midWave();
    await move(campaign, '2027-03-05T18:00:00-05:00');
    const { detail } = await drumbeat.one<{ detail: object }>(
      `select detail from audit where campaign_id = $1 and action = 'deadline.moved'`,
      [campaign.id],
    );
    expect(detail).toMatchObject({ round: 1, waves: { moved: 0, dropped: 0, kept: 0 } });
  });

  it('twice, with two who share a phone: the wave goes on, and the phone gets one text', async () => {
    const campaign = await drumbeat.aCampaign({
      deadlineAt: deadline,
      deadlineZone: 'America/New_York',
      ladder: [{ id: 'three-days', daysBefore: 3, at: '12:00', channels: ['sms'] }],
    });
    await setNow(drumbeat.db, new Date(noon.getTime() - 5 * 3_600_000));
    await drumbeat.db.query(`update campaigns set launched_at = campaign_now() where id = $1`, [campaign.id]);
    const phone = '+12125550188';
    for (let n = 0; n < 2; n++) await aPerson(campaign, phone);
    await new PlannerService(drumbeat.db).planMissing();
    await setNow(drumbeat.db, noon);
    await expandDue();
    const ladder = { rungs: [{ id: 'three-days', daysBefore: 3, at: '12:00', channels: ['sms'] }] };
    for (let change = 0; change < 3; change++) {
      expect((await drumbeat.call('PUT', `/api/v1/campaigns/${campaign.id}/ladder`, ladder)).statusCode).toBe(
        200,
      );
      await expandDue();
    }
    const { claimed } = await new Reminders(drumbeat.db.manager).claim(campaign.id, 'sms', 10, 60);
    expect(claimed).toHaveLength(1);
  });

  it('twice, and then the ladder is saved again: the rung that goes at the next opening still goes', async () => {
    const campaign = await drumbeat.aCampaign({
      deadlineAt: '2027-03-06T17:00:00-05:00',
      deadlineZone: 'America/New_York',
      ladder: [1, 2, 3].map((daysBefore) => ({
        id: `d${daysBefore}`,
        daysBefore,
        at: '12:00',
        channels: ['email'],
      })),
    });
    await setNow(drumbeat.db, new Date(noon.getTime() - 48 * 3_600_000));
    await drumbeat.db.query(`update campaigns set launched_at = campaign_now() where id = $1`, [campaign.id]);
    await aPerson(campaign);
    await new PlannerService(drumbeat.db).planMissing();
    await setNow(drumbeat.db, new Date('2027-03-02T22:00-05:00'));
    const moments = async () =>
      drumbeat.all<{ wave: string }>(
        `select rung_id || ' ' || coalesce(to_char(at at time zone 'America/New_York', 'DD HH24:MI'), skipped) as wave
         from waves where campaign_id = $1 order by rung_id`,
        [campaign.id],
      );
    await move(campaign, '2027-03-03T17:00:00-05:00');
    const planned = [{ wave: 'd1 03 07:00' }, { wave: 'd2 moved_past' }, { wave: 'd3 moved_past' }];
    expect(await moments()).toEqual(planned);
    const rehearsal = await drumbeat.call(
      'GET',
      `/api/v1/campaigns/${campaign.id}/rehearsal?zone=America/New_York&channels=email`,
    );
    expect(
      rehearsal
        .json<{ items: { rungId: string; at: string | null }[] }>()
        .items.map(({ rungId, at }) => [rungId, at?.slice(0, 16) ?? null]),
    ).toEqual(
      expect.arrayContaining([
        ['d1', '2027-03-03T12:00'],
        ['d2', null],
        ['d3', null],
      ]),
    );
    const ladder = {
      rungs: [1, 2, 3].map((daysBefore) => ({
        id: `d${daysBefore}`,
        daysBefore,
        at: '12:00',
        channels: ['email'],
      })),
    };
    await drumbeat.call('PUT', `/api/v1/campaigns/${campaign.id}/ladder`, ladder);
    expect(await moments()).toEqual(planned);
    await move(campaign, '2027-03-03T18:00:00-05:00');
    expect(await moments()).toEqual(planned);
  });

  it('into a new round where every rung is past: a last call goes by the new date', async () => {
    const campaign = await midWave();
    await setNow(drumbeat.db, new Date('2027-03-05T17:30-05:00'));
    await drumbeat.db.query(
      `update campaigns set status = 'ended', ended_at = campaign_now() where id = $1`,
      [campaign.id],
    );
    await setNow(drumbeat.db, new Date('2027-03-07T12:00-05:00'));
    expect((await move(campaign, '2027-03-08T17:00:00-05:00')).statusCode).toBe(200);
    const calls = await drumbeat.all(
      `select to_char(due_at at time zone 'America/New_York', 'DD HH24:MI') as at from reminders
       where campaign_id = $1 and kind = 'last_call' and state = 'due'`,
      [campaign.id],
    );
    expect(calls).toEqual(Array.from({ length: people }, () => ({ at: '08 14:00' })));
  });

  it('by an hour, while a last call is in flight: should it come back, it is still sent', async () => {
    const campaign = await midWave();
    const [{ id }] = (await drumbeat.all<{ id: string }>(
      `select id from signups where campaign_id = $1 limit 1`,
      [campaign.id],
    )) as [{ id: string }];
    const signup = (await new Signups(drumbeat.db.manager, drumbeat.keys).byId(id))!;
    await new Reminders(drumbeat.db.manager).add(signup, [
      {
        kind: 'last_call',
        key: 'last_call#1',
        channel: 'email',
        dueAt: null,
        expiresAt: new Date(noon.getTime() + 7_200_000),
      },
    ]);
    const flying = (await claim(campaign, 20)).find(({ kind }) => kind === 'last_call')!;
    await move(campaign, '2027-03-05T18:00:00-05:00');
    await new Reminders(drumbeat.db.manager).settle([{ ...flying, outcome: 'later', retrySeconds: 0 }]);
    expect((await claim(campaign, 20)).map(({ kind }) => kind)).toContain('last_call');
  });
});

async function aPerson(campaign: TestCampaign, phone?: string): Promise<void> {
  await agree(await aSignup(campaign, campaign.coalition, phone === undefined ? {} : { phone }));
}

const move = (campaign: TestCampaign, deadlineAt: string) =>
  drumbeat.call('PUT', `/api/v1/campaigns/${campaign.id}/deadline`, {
    deadlineAt,
    deadlineZone: 'America/New_York',
  });

const claim = async (campaign: TestCampaign, limit: number) =>
  (await new Reminders(drumbeat.db.manager).claim(campaign.id, 'email', limit, 60)).claimed;

async function expandDue(): Promise<void> {
  const waves = new Waves(drumbeat.db.manager);
  for (const id of await waves.due()) await waves.expand(id);
}

/** How many reminders of the campaign's ladder are in which state. */
async function states({ id }: TestCampaign): Promise<Record<string, number>> {
  const rows = await drumbeat.all<{ state: string; n: number }>(
    `select state || coalesce(': ' || reason, '') as state, count(*)::int as n from reminders
     where campaign_id = $1 and kind = 'rung' and key like 'three-days#1' group by 1`,
    [id],
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
