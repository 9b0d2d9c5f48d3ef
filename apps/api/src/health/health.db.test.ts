import { jest } from '@jest/globals';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
/** No worker runs here, so the last tick is written. */
const tick = (ago: string) => world.db.query(`update tick set taken_at = now() - $1::interval`, [ago]);
beforeEach(() => tick('0 seconds'));

it('is ready when the database answers and the schema is this build’s', async () => {
  expect((await world.get('/health/ready')).json()).toEqual({ status: 'ok' });
});

it('is not ready while the schema is behind, and says what to do', async () => {
  const last = await world.one(`select * from migrations order by id desc limit 1`);
  await world.db.query(`delete from migrations where id = $1`, [last['id']]);
  const answer = await world.get('/health/ready');
  expect([answer.statusCode, answer.json()]).toEqual([
    503,
    expect.objectContaining({
      code: 'schema',
      detail: expect.stringMatching(/^The schema is behind this build \(.+\)\. Restart /) as unknown,
    }),
  ]);
  await world.db.query(`insert into migrations values ($1, $2, $3)`, [
    last['id'],
    last['timestamp'],
    last['name'],
  ]);
  expect((await world.get('/health/ready')).statusCode).toBe(200);
});

it('is not ready while no worker ticks', async () => {
  await tick('1 minute');
  const uptime = jest.spyOn(process, 'uptime').mockReturnValue(31);
  const answer = await world.get('/health/ready');
  expect([answer.statusCode, answer.json()]).toEqual([
    503,
    expect.objectContaining({
      code: 'tick',
      detail: expect.stringMatching(/^No worker has ticked for 6\d seconds/) as unknown,
    }),
  ]);
  uptime.mockRestore();
  await tick('0 seconds');
  expect((await world.get('/health/ready')).statusCode).toBe(200);
});

it('is alive but not ready while the database is gone, and ready again when it is back', async () => {
  const name = new URL(world.url).pathname.slice(1);
  const { default: pg } = await import('pg');
  const server = new pg.Client(process.env['DRUMBEAT_TEST_POSTGRES']);
  await server.connect();
  try {
    await server.query(`alter database ${name} with allow_connections false`);
    await server.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [name],
    );
    const answer = await world.get('/health/ready');
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      expect.objectContaining({
        code: 'database',
        detail: expect.stringMatching(/^The database does not answer\./) as unknown,
      }),
    ]);
    expect((await world.get('/health/live')).statusCode).toBe(200);
    const page = await world.get('/c/some/where');
    expect([page.statusCode, String(page.headers['content-type'])]).toEqual([
      500,
      'text/html; charset=utf-8',
    ]);
    expect(page.body).not.toMatch(/ECONN|postgres|pg_/);
    expect(world.log).not.toContain(new URL(world.url).href);
  } finally {
    await server.query(`alter database ${name} with allow_connections true`);
    await server.end();
  }
  expect((await world.get('/health/ready')).statusCode).toBe(200);
});

describe('with a Redis that is away', () => {
  const away = useApi({ REDIS_URL: 'redis://127.0.0.1:1' });

  it('is not ready, names every trouble at once, and takes signups all the same', async () => {
    await away.db.query(`delete from migrations where name like 'Limits%'`);
    const answer = await away.get('/health/ready');
    expect([answer.statusCode, answer.json<{ errors: { path: string }[] }>().errors]).toEqual([
      503,
      [
        expect.objectContaining({ path: 'schema' }),
        {
          path: 'queue',
          message: 'The queue is away. Check the Redis of REDIS_URL; ticks wake the workers meanwhile.',
        },
      ],
    ]);
    expect((await away.get('/health/live')).statusCode).toBe(200);
    const { page } = await away.aCampaign();
    expect((await away.post(page, { email: 'ana@example.org' })).statusCode).toBe(303);
    expect(away.log.match(/The queue is away \(ECONNREFUSED\)/g)).toHaveLength(1);
  });
});
