import { buildersFor } from '../../../test/support/builders.js';
import { setNow } from '../../../test/support/clock.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Campaigns } from './campaigns.js';
import { Confirmations } from './confirmations.js';
import { Consents } from './consents.js';
import { type Receipt, Receipts } from './receipts.js';
import { type ClaimedReminder, Reminders, type Settled } from './reminders.js';
import { Signups, type SignupView } from './signups.js';

const world = useDatabase({ connections: 8 });
const { somebodyAgreed, aReminder, minutesFromNow } = buildersFor(world);

/** A Tuesday in New York, where everybody here lives: both channels are open. */
const noon = new Date('2027-03-02T12:00-05:00');

const reminders = () => new Reminders(world.db.manager);
const claim = async (signup: SignupView, channel: 'email' | 'sms' = 'email', limit = 10, lease = 60) =>
  (await reminders().claim(signup.campaignId, channel, limit, lease)).claimed;
const result = (
  claimed: ClaimedReminder,
  outcome: Settled['outcome'],
  more: Partial<Settled> = {},
): Settled => ({
  campaignId: claimed.campaignId,
  id: claimed.id,
  fence: claimed.fence,
  outcome,
  ...more,
});
const callback = (
  reminder: ClaimedReminder,
  sid: string,
  said: Pick<Receipt, 'status' | 'state' | 'reason'>,
) =>
  new Receipts(world.db.manager, world.keys).take([
    { provider: 'twilio', providerId: sid, messageId: sid, channel: 'sms', reminder, ...said },
  ]);
const rows = (signup: SignupView) =>
  world.db.query<{ state: string; reason: string | null; tries: number }[]>(
    `select state, reason, tries from reminders where signup_id = $1 order by id`,
    [signup.id],
  );
const states = async (signup: SignupView) =>
  (await rows(signup)).map(({ state, reason }) => (reason ? `${state}: ${reason}` : state));

beforeEach(() => setNow(world.db, noon));

describe('a claim', () => {
  it('gives each due reminder to one worker', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    await world.db.transaction(async (open) => {
      expect((await new Reminders(open).claim(ana.campaignId, 'email', 10, 60)).claimed).toHaveLength(1);
      expect(await claim(ana)).toEqual([]);
    });
    expect(await claim(ana)).toEqual([]);
  });

  it('takes no more than it was asked for, and leaves what is not due', async () => {
    const ana = await somebodyAgreed();
    for (let n = 0; n < 3; n++) await aReminder(ana);
    await aReminder(ana, { dueAt: await minutesFromNow(1) });
    expect(await claim(ana, 'email', 2)).toHaveLength(2);
    expect(await claim(ana, 'email', 9)).toHaveLength(1);
  });

  it('leaves a person whose "done" is being recorded, and hands nothing over after it', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    await world.db.transaction(async (open) => {
      await new Signups(open, world.keys).hold(ana.id);
      expect(await claim(ana)).toEqual([]);
      expect(await states(ana)).toEqual(['due']);
      await new Confirmations(open, world.keys).record(ana.id, 'filed', 'page');
    });
    expect(await claim(ana)).toEqual([]);
    expect(await states(ana)).toEqual(['skipped: already_confirmed']);
  });

  it('leaves a person whose stop is being recorded, and neither waits for the other', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    await world.db.transaction(async (claiming) => {
      await world.db.transaction(async (stopping) => {
        const held = await new Signups(stopping, world.keys).hold(ana.id);
        expect((await new Reminders(claiming).claim(ana.campaignId, 'email', 10, 60)).claimed).toEqual([]);
        await new Consents(stopping, world.keys).stop(ana.emailKey!, 'email', 'unsubscribed', [held], {
          wording: 'stop-all',
          source: 'page',
        });
        await new Reminders(stopping).cancel([held], 'email', 'suppressed');
      });
    });
    expect(await claim(ana)).toEqual([]);
    expect(await states(ana)).toEqual(['skipped: revoked']);
  });

  it('waits for a pause that is being recorded, and then hands nothing over', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    let claiming: Promise<ClaimedReminder[]> | undefined;
    await world.db.transaction(async (open) => {
      const campaign = (await new Campaigns(open).hold(ana.campaignId))!;
      claiming = claim(ana);
      await aMomentOfWaiting();
      await new Campaigns(open).save({ ...campaign, status: 'paused' });
    });
    expect(await claiming).toEqual([]);
    expect(await states(ana)).toEqual(['due']);
  });

  it.each([
    ['expired', async () => setNow(world.db, await minutesFromNow(120))],
    [
      'suppressed',
      (ana: SignupView) =>
        new Consents(world.db.manager, world.keys).suppress(
          ana.emailKey!,
          'email',
          'hard_bounce',
          'provider',
        ),
    ],
    [
      'campaign_closed',
      (ana: SignupView) =>
        world.db.query(`update campaigns set status = 'closed' where id = $1`, [ana.campaignId]),
    ],
    [
      'no_address',
      (ana: SignupView) =>
        world.db.query(
          `update supporters set email = null, email_key = null, deleted_at = now() where id = $1`,
          [ana.supporterId],
        ),
    ],
  ])('skips what may not be sent any more: %s', async (reason, happens) => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    await happens(ana);
    expect(await claim(ana)).toEqual([]);
    expect(await states(ana)).toEqual([`skipped: ${reason}`]);
  });

  it('sends nothing that asks for the act after the deadline was moved before it', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    await world.db.query(`update campaigns set deadline_at = $2 where id = $1`, [
      ana.campaignId,
      await minutesFromNow(20),
    ]);
    expect(await claim(ana)).toEqual([]);
    expect(await states(ana)).toEqual(['skipped: expired']);
  });

  it('refuses a moment that was fitted to where the person was before', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    await world.db.query(`update supporters set zone = 'Pacific/Guam' where id = $1`, [ana.supporterId]);
    expect(await claim(ana)).toEqual([]);
    expect(await states(ana)).toEqual(['skipped: replanned']);
  });

  it('waits for the morning with what has no window of its own', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana, { kind: 'result', key: '1' });
    await world.db.query(`update campaigns set status = 'ended' where id = $1`, [ana.campaignId]);
    await world.db.query(`update signups set updates = true where id = $1`, [ana.id]);
    await world.db.query(`update supporters set zone = 'Pacific/Guam' where id = $1`, [ana.supporterId]); // 3 am there
    expect(await claim(ana)).toEqual([]);
    expect(await states(ana)).toEqual(['due']);
  });

  it('refuses a moment that was planned for another deadline', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana, { kind: 'rung', key: 'day#1' });
    await world.db.query(`update campaigns set plan = plan + 1 where id = $1`, [ana.campaignId]);
    expect(await claim(ana)).toEqual([]);
    expect(await states(ana)).toEqual(['skipped: replanned']);
  });
});

describe('a result', () => {
  it('is recorded once, with its attempt', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    const [claimed] = await claim(ana);
    expect(await reminders().settle([result(claimed!, 'sent', { providerId: '<1@x>' })])).toBe(1);
    expect(await reminders().settle([result(claimed!, 'failed', { reason: 'refused' })])).toBe(0);
    expect(await states(ana)).toEqual(['sent']);
    expect(
      await world.db.query(`select outcome from attempts where campaign_id = $1`, [ana.campaignId]),
    ).toEqual([{ outcome: 'sent' }]);
  });

  it('with a stale fence is refused: somebody else has the reminder now', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    const [slow] = await claim(ana, 'email', 1, -1);
    expect(await reminders().reclaim()).toBe(1);
    const [quick] = await claim(ana);
    expect(quick!.fence).toBe(slow!.fence + 1);
    expect(await reminders().settle([result(slow!, 'sent')])).toBe(0);
    expect(await reminders().settle([result(quick!, 'sent')])).toBe(1);
  });

  it('"later" makes it due again, not before the time it names', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    const [claimed] = await claim(ana);
    await reminders().settle([result(claimed!, 'later', { retrySeconds: 60 })]);
    expect(await states(ana)).toEqual(['due']);
    expect(await claim(ana)).toEqual([]);
  });
});

describe('a lease that ran out', () => {
  it('leaves alone what has one that still runs', async () => {
    const ana = await somebodyAgreed({ phone: '+12125550144' });
    for (const channel of ['email', 'sms'] as const) {
      await aReminder(ana, { channel });
      await claim(ana, channel);
    }
    await reminders().reclaim();
    expect(await states(ana)).toEqual(['sending', 'sending']);
  });

  it('makes an email due again', async () => {
    const ana = await somebodyAgreed();
    await aReminder(ana);
    await claim(ana, 'email', 1, -1);
    await reminders().reclaim();
    expect(await states(ana)).toEqual(['due']);
  });

  it('makes a text unknown, never to be handed over again; a callback resolves it', async () => {
    const ana = await somebodyAgreed({ phone: '+12125550142' });
    await aReminder(ana, { channel: 'sms' });
    const [claimed] = await claim(ana, 'sms', 1, -1);
    await reminders().reclaim();
    expect(await states(ana)).toEqual(['unknown']);
    expect(await claim(ana, 'sms')).toEqual([]);
    await callback(claimed!, 'SM1', { status: 'delivered', state: 'sent' });
    expect(await states(ana)).toEqual(['sent']);
  });

  it('a callback that comes before our own record decides, and the record becomes an attempt', async () => {
    const ana = await somebodyAgreed({ phone: '+12125550143' });
    await aReminder(ana, { channel: 'sms' });
    const [claimed] = await claim(ana, 'sms');
    await callback(claimed!, 'SM2', { status: 'undelivered', state: 'failed', reason: 'refused' });
    expect(await reminders().settle([result(claimed!, 'sent', { providerId: 'SM2' })])).toBe(0);
    expect(await states(ana)).toEqual(['failed: refused']);
    expect(
      await world.db.query(`select outcome from attempts where campaign_id = $1`, [ana.campaignId]),
    ).toEqual([{ outcome: 'sent' }]);
  });
});

/** Long enough for a statement on another connection to reach the lock that it must wait for. */
const aMomentOfWaiting = async () => {
  for (let waiting = 0; waiting === 0;) {
    [{ waiting }] = await world.db.query<[{ waiting: number }]>(
      `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
  }
};
