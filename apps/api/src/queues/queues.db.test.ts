import type { Queue } from 'bullmq';
import { getQueueToken } from '@nestjs/bullmq';
import { Deliver } from '#queues';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const asStaff = async (url: string, role: 'administrator' | 'organizer' = 'administrator') =>
  world.get(url, { authorization: `Bearer ${await world.key(role)}`, accept: 'application/json' });

type Board = {
  queues: {
    name: string;
    readOnlyMode: boolean;
    counts: Record<string, number>;
    jobs: { data: unknown }[];
  }[];
};

it('shows administrators what the queues hold, on Postgres too: ids and nothing else', async () => {
  const queue = world.api.get<Queue>(getQueueToken(Deliver.queue), { strict: false });
  const { id } = await world.aCampaign();
  await queue.obliterate({ force: true });
  await queue.add(Deliver.name, { campaignId: id, channel: 'email' }, Deliver.options);
  const answer = await asStaff('/queues/api/queues?activeQueue=deliver&status=latest&page=1&jobsPerPage=10');
  expect(answer.statusCode).toBe(200);
  const { queues } = answer.json<Board>();
  expect(queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toEqual([
    ['dispatch', true],
    ['deliver', true],
  ]);
  expect(queues[1]!.counts).toMatchObject({ waiting: 1 });
  expect(queues[1]!.jobs.map(({ data }) => data)).toEqual([{ campaignId: id, channel: 'email' }]);
  const stats = await asStaff('/queues/api/redis/stats');
  expect([stats.statusCode, stats.body]).toEqual([200, expect.stringContaining('postgres')]);
});

it('is for administrators alone', async () => {
  for (const url of ['/queues', '/queues/api/queues', '/queues/static/images/logo.svg']) {
    expect((await asStaff(url)).statusCode).toBe(200);
    expect((await asStaff(url, 'organizer')).statusCode).toBe(403);
    expect((await world.get(url)).statusCode).toBe(401);
  }
});

it('changes nothing, whatever is asked', async () => {
  const authorization = `Bearer ${await world.key('administrator')}`;
  for (const [method, url] of [
    ['PUT', '/queues/api/queues/deliver/pause'],
    ['PUT', '/queues/api/queues/deliver/empty'],
    ['POST', '/queues/api/queues/deliver/add'],
    ['PUT', '/queues/api/queues/pause'],
  ] as const) {
    const answer = await world.send({ method, url, headers: { authorization }, payload: {} });
    expect([url, answer.statusCode]).toEqual([url, 404]);
  }
  expect((await asStaff('/queues/api/queues/deliver/pause')).statusCode).toBe(404);
});

it('serves the board’s own files, and none beside them', async () => {
  const page = (await asStaff('/queues')).body;
  const files = [...page.matchAll(/(?:src|href)="(\/queues\/static\/[^"]+)"/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) expect([file, (await asStaff(file)).statusCode]).toEqual([file, 200]);
  expect(page).not.toMatch(/https?:|<%/);
  for (const file of ['../package.json', '..%2f..%2fpackage.json', '%2e%2e/index.ejs', 'none.js'])
    expect([file, (await asStaff(`/queues/static/${file}`)).statusCode]).not.toContain(200);
});

describe('while Redis is away', () => {
  const away = useApi({ REDIS_URL: 'redis://127.0.0.1:1' });

  it('says so instead of waiting for it', async () => {
    const authorization = `Bearer ${await away.key('administrator')}`;
    const answer = await away.get('/queues/api/queues', { authorization });
    expect([answer.statusCode, answer.json()['code']]).toEqual([503, 'queue']);
  });
});
