import { useDatabase } from '../../../test/support/use-database.js';
import { Paces } from './paces.js';

const world = useDatabase();
const paces = () => new Paces(world.db.manager);
/** As if so many seconds had passed and so much were left. */
const stood = (seconds: number, left = 0) =>
  world.db.query(
    `update paces set allowance = $2, filled_at = clock_timestamp() - make_interval(secs => $1), day = current_date, used = 0 where channel = 'sms'`,
    [seconds, left],
  );

it('fills with time, up to half a second', async () => {
  await stood(0.3);
  expect(await paces().take('sms', 100, 0, { perSecond: 10 })).toBe(3);
  expect(await paces().take('sms', 100, 0, { perSecond: 10 })).toBe(0);
  await stood(60);
  expect(await paces().take('sms', 100, 0, { perSecond: 10 })).toBe(5);
});

it('gives no more than was asked for, and keeps the rest', async () => {
  await stood(60);
  expect(await paces().take('sms', 2, 0, { perSecond: 10 })).toBe(2);
  expect(await paces().take('sms', 100, 0, { perSecond: 10 })).toBe(3);
});

it('takes what is owed first', async () => {
  await stood(60);
  expect(await paces().take('sms', 100, 12, { perSecond: 10 })).toBe(0);
  await world.db.query(`update paces set filled_at = filled_at - interval '1 second' where channel = 'sms'`);
  expect(await paces().take('sms', 100, 0, { perSecond: 10 })).toBe(3);
});

it('ends at what the provider takes in a day, and begins anew on the next', async () => {
  await stood(60);
  expect(await paces().take('sms', 4, 0, { perSecond: 1_000, perDay: 6 })).toBe(4);
  expect(await paces().take('sms', 4, 0, { perSecond: 1_000, perDay: 6 })).toBe(2);
  await world.db.query(
    `update paces set filled_at = filled_at - interval '1 minute', day = day - 1 where channel = 'sms'`,
  );
  expect(await paces().take('sms', 4, 0, { perSecond: 1_000, perDay: 6 })).toBe(4);
});

it('is one for all who ask at once', async () => {
  await stood(60);
  const asked = Array.from({ length: 20 }, () => paces().take('sms', 1, 0, { perSecond: 10 }));
  const granted = (await Promise.all(asked)).reduce((sum, one) => sum + one, 0);
  expect(granted).toBeGreaterThanOrEqual(5);
  expect(granted).toBeLessThan(8);
});
