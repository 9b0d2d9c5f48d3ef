import { buildersFor } from '../../../test/support/builders.js';
import { setNow } from '../../../test/support/clock.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { CampaignClock, type PersonalReminder, Reminders, type SignupView } from './index.js';

const world = useDatabase({ connections: 12 });
const { aCoalition, aCampaign, aSignup, agree } = buildersFor(world);
let phones = 0;

/** Noon in New York, on a Monday. */
const noon = new Date('2027-03-01T12:00-05:00');
const hours = (n: number) => n * 3_600_000;
const aPhone = () => `+1503555${String(1000 + ++phones)}`;

beforeEach(() => setNow(world.db, noon));

describe('texts to a phone', () => {
  it('are one of a ladder on a local day, and the next day another', async () => {
    const ana = await texted();
    await due(ana, { kind: 'last_call', key: 'last_call#1' });
    await due(ana, { kind: 'last_call', key: 'last_call#2' });
    expect(await claimAll(ana)).toEqual(['last_call#1']);
    expect(await ended(ana)).toEqual(['sending', 'skipped: capped']);

    await setNow(world.db, new Date(noon.getTime() + hours(24)));
    await due(ana, { kind: 'last_call', key: 'last_call#3' });
    expect(await claimAll(ana)).toEqual(['last_call#3']);
  });

  it('go again when the provider said "later", on the same day', async () => {
    const ana = await texted();
    await due(ana, { kind: 'last_call', key: 'last_call#1' });
    const [first] = (await claim(ana)).claimed;
    await reminders().settle([
      { campaignId: ana.campaignId, id: first!.id, fence: first!.fence, outcome: 'later', retrySeconds: 0 },
    ]);
    expect(await claimAll(ana)).toEqual(['last_call#1']);
  });

  it('are three in 24 hours, whatever they are; a reply is beside them', async () => {
    const ana = await texted();
    for (const key of ['1', '2', '3', '4']) await due(ana, { kind: 'snooze', key });
    await due(ana, { kind: 'reply', key: 'help:1' });
    expect((await claimAll(ana)).toSorted()).toEqual(['1', '2', '3', 'help:1']);

    await setNow(world.db, new Date(noon.getTime() + hours(25)));
    await due(ana, { kind: 'snooze', key: '5' });
    expect(await claimAll(ana)).toEqual(['5']);
  });

  it('of two campaigns on one day: the nearer deadline wins, though its text comes later in the day', async () => {
    const phone = aPhone();
    const far = await texted(phone);
    const near = await texted(phone);
    await world.db.query(`update campaigns set deadline_at = deadline_at - interval '2 days' where id = $1`, [
      near.campaignId,
    ]);
    await due(far, { kind: 'last_call', key: 'last_call#1' });
    await due(near, { kind: 'last_call', key: 'last_call#1', dueAt: new Date(noon.getTime() + hours(5)) });
    expect(await claimAll(far)).toEqual([]);
    expect(await ended(far)).toEqual(['skipped: capped']);

    await setNow(world.db, new Date(noon.getTime() + hours(5)));
    expect(await claimAll(near)).toEqual(['last_call#1']);
  });

  it('of two campaigns: a wave that will come today is looked ahead to, one that comes tomorrow is not', async () => {
    const phone = aPhone();
    const far = await texted(phone);
    const near = await texted(phone);
    await world.db.query(`update campaigns set deadline_at = deadline_at - interval '2 days' where id = $1`, [
      near.campaignId,
    ]);
    await world.db.query(
      `insert into rungs (campaign_id, id, position, name, channels, hours_before) values ($1, 'day', 0, 'day', '{sms}', 20)`,
      [near.campaignId],
    );
    const wave = (at: Date) =>
      world.db.query(
        `insert into waves (campaign_id, rung_id, round, channel, kind, zone, sms_window, planned_at, at, joins_by, expires_at)
         values ($1, 'day', 1, 'sms', 'rung', 'America/New_York', '*', $2, $2, $2, $3)
         on conflict (campaign_id, rung_id, round, channel, zone, sms_window) do update set at = excluded.at, expires_at = excluded.expires_at`,
        [near.campaignId, at, new Date(at.getTime() + hours(1))],
      );
    await wave(new Date('2027-03-02T10:00-05:00'));
    await due(far, { kind: 'last_call', key: 'last_call#1' });
    expect(await claimAll(far)).toEqual(['last_call#1']);

    await setNow(world.db, new Date('2027-03-03T12:00-05:00'));
    await wave(new Date('2027-03-03T17:00-05:00'));
    await due(far, { kind: 'last_call', key: 'last_call#2' });
    expect(await claimAll(far)).toEqual([]);
  });

  it('never pass the caps when ten claims come at once', async () => {
    const phone = aPhone();
    const people = await Promise.all(Array.from({ length: 10 }, () => texted(phone)));
    for (const person of people) await due(person, { kind: 'snooze', key: '1' });
    for (let round = 0; round < 5; round++) await Promise.all(people.map((person) => claim(person)));
    const states = (await Promise.all(people.map(ended))).flat();
    expect(states.filter((state) => state === 'sending')).toHaveLength(3);
    expect(states.filter((state) => state === 'skipped: capped')).toHaveLength(7);
  });
});

const reminders = () => new Reminders(world.db.manager);

async function texted(phone = aPhone()): Promise<SignupView> {
  const coalition = await aCoalition();
  const signup = await aSignup(await aCampaign([coalition], { running: true }), coalition, { phone });
  await agree(signup);
  return signup;
}

async function due(
  signup: SignupView,
  given: Pick<PersonalReminder, 'kind' | 'key'> & Partial<PersonalReminder>,
) {
  const now = await new CampaignClock(world.db.manager).now();
  const dueAt = given.dueAt ?? now;
  await reminders().add(signup, [
    { channel: 'sms', ...given, dueAt, expiresAt: new Date(dueAt.getTime() + hours(2)) },
  ]);
}

const claim = (signup: SignupView) => reminders().claim(signup.campaignId, 'sms', 10, 60);

/** Claims until nothing is due; answers the keys that were let through. */
async function claimAll(signup: SignupView): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const { claimed, examined } = await claim(signup);
    keys.push(...claimed.map(({ key }) => key));
    if (examined === 0) return keys;
  }
}

async function ended({ campaignId }: SignupView): Promise<string[]> {
  const rows = await world.db.query<{ state: string }[]>(
    `select state || coalesce(': ' || reason, '') as state from reminders where campaign_id = $1 and channel = 'sms' order by id`,
    [campaignId],
  );
  return rows.map(({ state }) => state);
}
