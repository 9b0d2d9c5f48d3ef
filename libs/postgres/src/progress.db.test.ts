import { buildersFor } from '../../../test/support/builders.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Reminders } from './reminders.js';

const world = useDatabase();
const { aCampaign, aCoalition } = buildersFor(world);

const running = async () => aCampaign([await aCoalition()], { running: true });
const progress = (campaignId: string) => new Reminders(world.db.manager).progress(campaignId);

/** So many of the rung's mails, in a state; settled so long ago, due so long ago. What was handed over has its attempt. */
const mails = (
  campaignId: string,
  n: number,
  state: string,
  {
    reason = null,
    settled = null,
    due = '1 hour',
  }: { reason?: string | null; settled?: string | null; due?: string } = {},
) =>
  world.db.query(
    `with mails as (
       insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, wave_id, state, reason,
         due_at, expires_at, settled_at, lease_until, fence)
       select $1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'rung', 'three-days#1', 'email', 1, $3, $4,
         campaign_now() - $6::interval, campaign_now() + interval '1 day', now() - $5::interval,
         case $3 when 'sending' then now() + interval '1 minute' end, 1
       from generate_series(1, $2) returning id, settled_at
     )
     insert into attempts (campaign_id, reminder_id, fence, outcome, reason, checked_at, ended_at)
     select $1, id, 1, $3, $4, settled_at, settled_at from mails where $3 in ('sent', 'failed')`,
    [campaignId, n, state, reason, settled, due],
  );

it('counts what waits, how fast it goes and how long still', async () => {
  const { id } = await running();
  await mails(id, 300, 'sent', { settled: '2 minutes' });
  await mails(id, 100, 'failed', { reason: 'bad_address', settled: '1 minute' });
  await mails(id, 50, 'sent', { settled: '10 minutes' });
  await mails(id, 20, 'skipped', { reason: 'already_confirmed', settled: '1 minute' });
  await mails(id, 590, 'due');
  await mails(id, 10, 'sending');
  await mails(id, 7, 'due', { due: '-1 hour' });
  await mails(id, 3, 'unknown');
  const [row, ...others] = await progress(id);
  expect(others).toEqual([]);
  expect(row).toEqual({
    kind: 'rung',
    rungId: 'three-days',
    channel: 'email',
    planned: 1_080,
    sent: 350,
    skipped: { already_confirmed: 20 },
    failed: { bad_address: 100 },
    unknown: 3,
    waiting: 600,
    ratePerMinute: expect.closeTo(200, -1) as unknown,
    secondsLeft: expect.closeTo(180, -1) as unknown,
  });
});

it('does not take the first seconds for a rate', async () => {
  const { id } = await running();
  await mails(id, 30, 'sent', { settled: '1 second' });
  await mails(id, 60, 'due');
  expect(await progress(id)).toMatchObject([{ ratePerMinute: 30, secondsLeft: 120 }]);
});

it('promises no end when nothing waits, nothing goes, or nothing may go', async () => {
  const [done, stuck, paused] = [await running(), await running(), await running()];
  await mails(done.id, 60, 'sent', { settled: '30 seconds' });
  expect(await progress(done.id)).toMatchObject([{ waiting: 0, ratePerMinute: 60, secondsLeft: null }]);
  await mails(stuck.id, 60, 'due');
  expect(await progress(stuck.id)).toMatchObject([{ waiting: 60, ratePerMinute: 0, secondsLeft: null }]);
  await mails(paused.id, 60, 'sent', { settled: '30 seconds' });
  await mails(paused.id, 60, 'due');
  await world.db.query(`update campaigns set status = 'paused' where id = $1`, [paused.id]);
  expect(await progress(paused.id)).toMatchObject([{ waiting: 60, secondsLeft: null }]);
});

it('knows how fast many thousands go, though it looks at the last ten thousand', async () => {
  const { id } = await running();
  await mails(id, 40_000, 'due');
  await mails(id, 2_000, 'sent', { settled: '40 seconds' });
  await mails(id, 10_000, 'sent', { settled: '30 seconds' });
  const [row] = await progress(id);
  expect(row).toMatchObject({ sent: 12_000, waiting: 40_000 });
  expect(row!.ratePerMinute).toBeGreaterThan(14_000);
  expect(row!.ratePerMinute).toBeLessThanOrEqual(20_000);
});
