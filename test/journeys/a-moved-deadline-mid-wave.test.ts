import { Consents, Reminders, Signups, Waves } from '#postgres';
import { setNow } from '../support/clock.js';
import { type TestCampaign, useApi } from '../support/use-api.js';
import { PlannerService } from '../../apps/worker/src/dispatch/planner.service.js';

const drumbeat = useApi();
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
  const signups = new Signups(drumbeat.db.manager, drumbeat.keys);
  for (let n = 0; n < people; n++) {
    const { id } = await signups.accept(campaign.id, campaign.coalition.id, {
      email: { address: `p${n}.${campaign.slug}@x.example`, lookup: `p${n}.${campaign.slug}@x.example` },
      language: 'en',
      zone: 'America/New_York',
      zoneSource: 'coalition',
      state: null,
      smsWindow: '*',
      wantsTexts: false,
      nextStep: false,
      visible: false,
    });
    await new Consents(drumbeat.db.manager, drumbeat.keys).grant((await signups.byId(id))!, 'email', {
      wording: 'email-optin@1',
      source: 'page',
    });
  }
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
});

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
