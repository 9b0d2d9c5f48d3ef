import { DataSource } from 'typeorm';
import { useDatabase } from '../../../test/support/use-database.js';
import { dataSourceOptions } from './data-source.js';
import { Health } from './health.js';
import { Ticks } from './ticks.js';

const world = useDatabase();
const troubles = (runsFor = 60) => new Health(world.db).troubles(runsFor);
const ticked = (ago: string) => world.db.query(`update tick set taken_at = now() - $1::interval`, [ago]);

it('finds nothing while workers tick', async () => {
  await new Ticks(world.db.manager).take(2);
  expect(await troubles()).toEqual([]);
  expect(await new Health(world.db).tickAge()).toBeLessThan(5);
});

it('tells of a tick that nobody has taken for half a minute, and for how long', async () => {
  await ticked('29 seconds');
  expect(await troubles()).toEqual([]);
  await ticked('40 seconds');
  expect(await troubles()).toEqual([
    {
      code: 'tick',
      detail: expect.stringMatching(/^No worker has ticked for 4[0-4] seconds, .*Start a worker/) as unknown,
    },
  ]);
});

it('waits half a minute for workers that start together with it, and tells when none ever came', async () => {
  await ticked('1 day');
  expect(await troubles(10)).toEqual([]);
  await world.db.query(`update tick set taken_at = null`);
  expect(await troubles(10)).toEqual([]);
  expect(await troubles()).toMatchObject([
    { detail: expect.stringMatching(/^No worker has ticked ever/) as unknown },
  ]);
  await new Ticks(world.db.manager).take(1);
  expect(await troubles()).toEqual([]);
});

it('names each migration of this build that the database lacks', async () => {
  const gone = await world.db.query<{ id: number; timestamp: string; name: string }[]>(
    `delete from migrations where name like 'Limits%' or name like 'Staff%' returning id, timestamp, name`,
  );
  const rows = gone[0] as unknown as { id: number; timestamp: string; name: string }[];
  expect(rows).toHaveLength(2);
  expect(await troubles()).toEqual([
    {
      code: 'schema',
      detail: expect.stringMatching(/behind this build \(Staff, Limits\)\. Restart an api/) as unknown,
    },
  ]);
  for (const { id, timestamp, name } of rows)
    await world.db.query(`insert into migrations values ($1, $2, $3)`, [id, timestamp, name]);
  expect(await troubles()).toEqual([]);
});

it('tells of a database that takes no writes', async () => {
  const name = new URL(world.url).pathname.slice(1);
  await world.db.query(`alter database ${name} set default_transaction_read_only = on`);
  const late = await new DataSource(dataSourceOptions(world.url, 1)).initialize();
  expect(await new Health(late).troubles(60)).toEqual([
    {
      code: 'database',
      detail: expect.stringMatching(/takes no writes\. Point DATABASE_URL at the primary/) as unknown,
    },
  ]);
  await late.destroy();
});

it('tells of a database that is gone', async () => {
  const gone = await new DataSource(dataSourceOptions(world.url, 1)).initialize();
  await gone.destroy();
  expect(await new Health(gone).troubles(60)).toEqual([
    {
      code: 'database',
      detail: 'The database does not answer. Check DATABASE_URL and that the server runs.',
    },
  ]);
  expect(await new Health(gone).tickAge()).toBeNull();
});
