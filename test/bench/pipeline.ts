import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { ExpandWave } from '#queues';
import { chooseBackend } from '../../libs/queues/src/backend.js';
import { crowd, type Crowd, release } from '../support/crowd.js';
import type { Sink } from '../support/outside/start.js';
import { type Database, keys, type Stage } from './stage.js';

type Sending = {
  database: Database;
  sink: Sink;
  people: number;
  workers?: number;
  env?: Record<string, string>;
  node?: string[];
};

/**
 * The whole pipeline: workers are up and idle, a campaign whose wave is due is resumed and the wake-up that a tick would ask for is
 * queued; from that moment until the last reminder is recorded.
 * @returns messages a second
 */
export async function pipeline(
  stage: Stage,
  { database, sink, people, workers = 1, env = {}, node = [] }: Sending,
): Promise<number> {
  const ready = await crowd({ db: database.db, keys, people });
  await database.db.query(`analyze`);
  const started = [];
  for (let n = 0; n < workers; n++) started.push(await stage.worker(database, sink, env, node));
  const queue = await wakeUps(database, env['REDIS_URL']);
  try {
    const before = (await sink.count()).answered;
    const at = await release(database.db, ready);
    await queue.wake(ready);
    await handedOver(sink, before + people);
    const until = await allRecorded(database, ready);
    if (process.env['BENCH_TIMES']) {
      const times = (await sink.lines()).slice(-people).map(({ at: taken }) => Math.round(taken - at));
      const quarter = [0, 0.01, 0.25, 0.5, 0.75, 1].map(
        (q) => `${q * 100}% ${times[Math.round(q * (people - 1))]}`,
      );
      stage.say(`ms after the release: ${quarter.join(', ')}, recorded ${Math.round(until - at)}`);
    }
    return people / ((until - at) / 1_000);
  } finally {
    await queue.close();
    await Promise.all(started.map((worker) => worker.stop()));
  }
}

/** Asks for a wave's expansion as a tick does, through the queue that the workers listen to. */
export async function wakeUps({ url }: Database, redis?: string) {
  const connection = chooseBackend({ DATABASE_URL: url, REDIS_URL: redis });
  const queue = new Queue(ExpandWave.queue, {
    connection,
    ...(redis && { prefix: `{drumbeat-${ExpandWave.queue}}` }),
  });
  await queue.waitUntilReady();
  return {
    wake: ({ waveId }: Crowd) => queue.add(ExpandWave.name, { waveId }, ExpandWave.options),
    close: async () => {
      await queue.close();
      if (connection instanceof Redis) connection.disconnect();
    },
  };
}

/** Waits until the sink has taken so many messages. The ledger is left alone meanwhile. */
export async function handedOver(sink: Sink, messages: number): Promise<void> {
  for (let seen = -1, since = performance.now(); ; await wait(50)) {
    const { answered } = await sink.count();
    if (answered >= messages) return;
    if (answered !== seen) since = performance.now();
    seen = answered;
    if (performance.now() - since > 60_000)
      throw new Error(`${messages - answered} messages are missing, and none came for a minute.`);
  }
}

/** Null until nothing is open. */
const recorded = `
  select case when count(*) filter (where state = 'sent') = $2 then extract(epoch from max(settled_at))::float8 * 1000 end as at
  from reminders where campaign_id = $1`;

/** @returns when the last of a crowd's reminders was recorded, by the database's real clock, in milliseconds */
export async function allRecorded({ db }: Database, { campaignId, people }: Crowd): Promise<number> {
  for (;;) {
    await wait(50);
    const [last] = await db.query<{ at: number | null }[]>(recorded, [campaignId, people]);
    if (last!.at !== null) return last!.at;
  }
}
