import { buildersFor } from '../../../test/support/builders.js';
import { setNow } from '../../../test/support/clock.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Receipts } from './receipts.js';
import { Reminders } from './reminders.js';
import type { SignupView } from './signups.js';
import { type UnknownText, UnknownTexts } from './unknown-texts.js';

const world = useDatabase({ connections: 6 });
const { somebodyAgreed, aReminder } = buildersFor(world);
const texts = () => new UnknownTexts(world.db.manager);

let phones = 0;
const aPhone = () => `+1212555${String(2_000 + phones++)}`;

/** Somebody whose text's worker was killed. */
async function somebodyUnknown(phone = aPhone()): Promise<SignupView> {
  const ana = await somebodyAgreed({ phone });
  await aReminder(ana, { channel: 'sms', kind: 'reply', key: 'help:1' });
  await lose(ana);
  return ana;
}

async function lose({ campaignId }: SignupView): Promise<void> {
  const { claimed } = await new Reminders(world.db.manager).claim(campaignId, 'sms', 1, -1);
  expect(claimed).toHaveLength(1);
  await new Reminders(world.db.manager).reclaim();
}

const taken = async (): Promise<UnknownText> => (await texts().take(10))[0]!;
const aDayLater = ({ campaignId }: SignupView) =>
  world.db.query(
    `update reminders set checked_at = checked_at - interval '1 day', not_before = null where campaign_id = $1`,
    [campaignId],
  );
const states = async ({ campaignId }: SignupView) =>
  (
    await world.db.query<{ line: string }[]>(
      `select concat_ws(' ', state, reason, provider_id) as line from reminders where campaign_id = $1 order by id`,
      [campaignId],
    )
  ).map(({ line }) => line);

beforeEach(async () => {
  await setNow(world.db, new Date('2027-03-02T12:00-05:00'));
  await world.db.query(
    `update reminders set state = 'failed', reason = 'x', settled_at = now() where state = 'unknown'`,
  );
});

it('is taken by one worker, and by nobody again within a minute', async () => {
  await somebodyUnknown();
  const [one, other] = await Promise.all([texts().take(10), texts().take(10)]);
  expect([...one, ...other]).toHaveLength(1);
  expect(await texts().take(10)).toEqual([]);
});

it('is asked about more and more seldom, and when its day is over', async () => {
  const ana = await somebodyUnknown();
  const waits = async (age: string) => {
    await world.db.query(
      `update reminders set checked_at = now() - $2::interval, not_before = null where campaign_id = $1`,
      [ana.campaignId, age],
    );
    await taken();
    const [row] = await world.db.query<[{ minutes: number }]>(
      `select round(extract(epoch from not_before - now()) / 60)::int as minutes from reminders where campaign_id = $1`,
      [ana.campaignId],
    );
    return row.minutes;
  };
  expect(await waits('10 seconds')).toBe(1);
  expect(await waits('40 minutes')).toBe(10);
  expect(await waits('23 hours')).toBe(60);
  expect(await waits('25 hours')).toBe(1);
});

it('that is listed was sent', async () => {
  const ana = await somebodyUnknown();
  expect(await texts().found(await taken(), 'SM1')).toBe(true);
  expect(await states(ana)).toEqual(['sent SM1']);
});

it('that is not listed stays unknown for a day, and then has failed', async () => {
  const ana = await somebodyUnknown();
  const text = await taken();
  expect(text.over).toBe(false);
  await texts().missing(text);
  expect(await states(ana)).toEqual(['unknown']);
  await aDayLater(ana);
  const old = await taken();
  expect(old.over).toBe(true);
  await texts().missing(old);
  expect(await states(ana)).toEqual(['failed not_found']);
});

it('stays as a callback says that came meanwhile', async () => {
  const ana = await somebodyUnknown();
  await aDayLater(ana);
  const text = await taken();
  await new Receipts(world.db.manager, world.keys).take([
    {
      ...{ provider: 'twilio', providerId: 'SM2', messageId: 'SM2', channel: 'sms', reminder: text },
      ...{ status: 'undelivered', state: 'failed', reason: 'landline' },
    },
  ]);
  expect(await texts().found(text, 'SM2')).toBe(false);
  await texts().missing(text);
  expect(await states(ana)).toEqual(['failed landline SM2']);
});

it('takes no listed text that is another one’s', async () => {
  const phone = aPhone();
  const [ana, ben, cam] = [
    await somebodyUnknown(phone),
    await somebodyUnknown(phone),
    await somebodyUnknown(phone),
  ];
  const [first, second, third] = await texts().take(10);
  const took = await Promise.all([first!, second!].map((text) => texts().found(text, 'SM3')));
  expect([...took].sort()).toEqual([false, true]);
  const left = took[0] ? second! : first!;
  await new Receipts(world.db.manager, world.keys).take([
    {
      ...{ provider: 'twilio', providerId: 'SM4', messageId: 'SM4', channel: 'sms', reminder: left },
      ...{ status: 'queued', state: null },
    },
  ]);
  expect(await texts().found(third!, 'SM4')).toBe(false);
  const all = (await Promise.all([ana, ben, cam].map(states))).flat();
  expect(all.sort()).toEqual(['sent SM3', 'unknown', 'unknown']);
});

it('waits while another text is on its way to the same phone, which the list may show first', async () => {
  const phone = aPhone();
  await somebodyUnknown(phone);
  const text = await taken();
  const ben = await somebodyAgreed({ phone });
  await aReminder(ben, { channel: 'sms', kind: 'reply', key: 'help:2' });
  await new Reminders(world.db.manager).claim(ben.campaignId, 'sms', 1, 60);
  expect(await texts().found(text, 'SM5')).toBe(false);
  await world.db.query(`update reminders set not_before = null where state = 'unknown'`);
  expect(await texts().take(10)).toEqual([]);
});

it('of a person who has another phone now is not asked about under that one', async () => {
  const ana = await somebodyUnknown();
  const [other] = world.keys.contactKeys(aPhone());
  await world.db.query(`update supporters set phone_key = $2 where id = $1`, [ana.supporterId, other]);
  expect((await taken()).contact).toBeNull();
});
