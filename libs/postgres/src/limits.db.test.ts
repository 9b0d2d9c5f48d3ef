import { useDatabase } from '../../../test/support/use-database.js';
import { type Limit, Limits } from './limits.js';

const world = useDatabase({ connections: 20 });
const limits = () => new Limits(world.db.manager, world.keys);
const visits = (of: string, most: number, seconds = 600): Limit => ({ name: 'visits', of, most, seconds });
const rowOf = async () =>
  (await world.db.query<{ taken: number }[]>(`select taken from limits order by taken desc limit 1`))[0]!;

beforeEach(() => world.db.query(`delete from limits`));

describe('a limit', () => {
  it('of ten lets ten of fifty through that come at once, and says when to come again', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => limits().take([visits('203.0.113.9', 10)])),
    );
    expect(answers.filter(({ full }) => full === null)).toHaveLength(10);
    const [refused] = answers.flatMap((answer) => (answer.full === null ? [] : [answer]));
    expect(refused).toEqual({ full: 'visits', retrySeconds: expect.any(Number) as unknown });
    expect(refused!.retrySeconds).toBeGreaterThan(590);
    expect(refused!.retrySeconds).toBeLessThanOrEqual(600);
  });

  it('counts each apart', async () => {
    for (const who of ['a', 'b']) expect(await limits().take([visits(who, 1)])).toEqual({ full: null });
    expect(await limits().take([visits('a', 1)])).toMatchObject({ full: 'visits' });
  });

  it('begins again when its time is over', async () => {
    for (let n = 0; n < 3; n++) await limits().take([visits('a', 2)]);
    expect(await limits().look([visits('a', 2)])).toMatchObject({ full: 'visits' });
    await world.db.query(`update limits set ends_at = clock_timestamp() - interval '1 millisecond'`);
    expect(await limits().look([visits('a', 2)])).toEqual({ full: null });
    expect(await limits().take([visits('a', 2)])).toEqual({ full: null });
    expect(await rowOf()).toEqual({ taken: 1 });
  });

  it('takes nothing of the others when one is full, so that nobody can use up what is everybody’s', async () => {
    const everybody: Limit = { name: 'everybody', of: 'all', most: 5, seconds: 600 };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => limits().take([visits('one', 2), everybody])),
    );
    expect(answers.filter(({ full }) => full === null)).toHaveLength(2);
    expect(await limits().take([visits('another', 2), everybody])).toEqual({ full: null });
    const orders = Array.from({ length: 40 }, (_, n) => [visits(`${n}`, 1), everybody]);
    const crossed = await Promise.all(
      orders.map((pair, n) => limits().take(n % 2 ? pair : pair.toReversed())),
    );
    expect(crossed.filter(({ full }) => full === null)).toHaveLength(2);
    expect(crossed.find(({ full }) => full !== null)).toMatchObject({ full: 'everybody' });
  });

  it('keeps hashes that nobody without our keys can make', async () => {
    await limits().take([visits('203.0.113.9', 1)]);
    const rows = JSON.stringify(await world.db.query(`select * from limits`));
    expect(rows).not.toMatch(/203\.0\.113|visits/);
  });

  it('is purged when it no longer counts', async () => {
    await limits().take([visits('old', 1)]);
    await world.db.query(`update limits set ends_at = clock_timestamp() - interval '1 second'`);
    await limits().take([visits('new', 1)]);
    await limits().purge();
    expect(await world.db.query(`select taken from limits`)).toEqual([{ taken: 1 }]);
  });
});
