import { setTimeout as wait } from 'node:timers/promises';
import type { Judged } from '../check.js';
import { startRedisCluster, startRedisServer } from '../redis.js';
import type { Crowd } from '../people.js';
import type { Row, Trial } from '../trial.js';
import type { World } from '../world.js';

/** Two ticks of 5 seconds at most (DESIGN §2). */
const twoTicks = 10;
const wakeUps = '{drumbeat-deliver}:deliver:id';

/** A wave falls due while something is wrong: it begins within two ticks, and goes on. */
async function dueNow(trial: Trial, world: World, crowd: Crowd, at: string, fault: string): Promise<void> {
  const before = await world.taken();
  const began = performance.now();
  await world.clock(`${at}:01`);
  const first = await world.takenAtLeast(before + 1, 30);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  trial.check(
    `seconds from due to the first hand-over, ${fault}`,
    seconds,
    `at most ${twoTicks}`,
    first && seconds <= twoTicks,
  );
  await world.takenAtLeast(before + crowd.people.length / 3, 120);
}

/** The longest that no provider heard anything while there was something due. */
function longestSilence({ letters, texts }: Judged, from: number, to: number): number {
  const times = [...letters, ...texts]
    .map(({ at }) => at)
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  const gaps = [from, ...times].map((at, n) => ([...times, to][n] ?? to) - at);
  return Math.round(Math.max(...gaps) / 100) / 10;
}

const epoch = () => performance.timeOrigin + performance.now();

/** One lost queue: Redis is killed before a wave is due and comes back empty in the middle of it. */
export async function oneLostQueue(trial: Trial, { people }: { people: number }): Promise<void> {
  const redis = await startRedisServer();
  const world = await trial.world({ env: { REDIS_URL: redis.url } });
  try {
    const crowd = await world.crowd({ people });
    await world.clock('09:59:00');
    world.worker();
    world.worker();
    const awake = await world.awake();
    trial.check('workers are up', awake, 'true', awake);
    await redis.kill();
    await dueNow(trial, world, crowd, '10:00', 'Redis killed');
    await redis.startAgain();
    const settled = await world.settled(60);
    trial.check('everything settled', settled, 'true', settled);
    const judged = await world.judge();
    trial.promises(judged, 0);
    trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
  } finally {
    await redis.remove();
  }
}

export const redisLost: Row = {
  name: 'redis_lost',
  fault: 'Redis FLUSHALL, kill, out of memory; and a minute without it in mid-wave',
  run: async (trial) => {
    const redis = await startRedisServer();
    const world = await trial.world({
      env: { REDIS_URL: redis.url },
      sink: { answerAfterMs: 50 },
      carrier: { answerAfterMs: 50 },
    });
    try {
      const times = ['10:00', '10:10', '10:20', '10:30'];
      const crowds: Crowd[] = [];
      for (const at of times) crowds.push(await world.crowd({ people: at === '10:30' ? 7_000 : 600, at }));
      await world.clock('09:59:00');
      const workers = [world.worker(), world.worker()];
      await world.awake();

      await dueNow(trial, world, crowds[0]!, '10:00', 'all well');
      trial.check(
        'wake-ups',
        await redis.ask('GET', wakeUps),
        'more than 0',
        Number(await redis.ask('GET', wakeUps)) > 0,
      );
      await redis.ask('FLUSHALL');
      trial.say('flushed');
      await world.settled(120);
      await dueNow(trial, world, crowds[1]!, '10:10', 'after FLUSHALL');
      await redis.kill();
      await redis.startAgain();
      trial.say('killed, and back');
      await world.settled(120);
      await redis.ask('CONFIG', 'SET', 'maxmemory', '1');
      await dueNow(trial, world, crowds[2]!, '10:20', 'out of memory');
      await world.settled(120);
      await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
      trial.say('room again');
      const slowly = { answerAfterMs: 400 }; // so that the wave outlasts the minute
      await Promise.all([world.sink.rules(slowly), world.carrier.rules(slowly)]);

      await dueNow(trial, world, crowds[3]!, '10:30', 'all well again');
      await redis.kill();
      const from = epoch();
      trial.say('a minute without');
      await wait(60_000);
      const left = await world.count('due', 'sending');
      const to = epoch();
      await redis.startAgain();
      await Promise.all([world.sink.rules({ answerAfterMs: 0 }), world.carrier.rules({ answerAfterMs: 0 })]);
      const settled = await world.settled(240);
      trial.check('everything settled', settled, 'true', settled);
      trial.is('workers that are still up', workers.filter(({ isUp }) => isUp).length, 2);
      const judged = await world.judge();
      trial.promises(judged, 0);
      trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
      const last = Math.max(...[...judged.letters, ...judged.texts].map(({ at }) => at));
      trial.atMost(
        `longest silence in the minute without (${left} left at its end), seconds`,
        longestSilence(judged, from, Math.min(to, last)),
        twoTicks,
      );
    } finally {
      await redis.remove();
    }
  },
};

export const redisCluster: Row = {
  name: 'redis_cluster',
  fault: '3 masters + 3 replicas on loopback, the master that holds our keys killed',
  run: async (trial) => {
    const cluster = await startRedisCluster();
    const world = await trial.world({
      env: { REDIS_URL: cluster.url },
      sink: { answerAfterMs: 20 },
      carrier: { answerAfterMs: 20 },
    });
    try {
      const crowds = [
        await world.crowd({ people: 600, at: '10:00' }),
        await world.crowd({ people: 600, at: '10:10' }),
        await world.crowd({ people: 600, at: '10:20' }),
      ];
      await world.clock('09:59:00');
      world.worker();
      world.worker();
      await world.awake();
      await dueNow(trial, world, crowds[0]!, '10:00', 'all well');
      const keys = async () => Number(await (await cluster.masterOf(wakeUps)).ask('GET', wakeUps));
      const before = await keys();
      trial.check('wake-ups in the cluster', before, 'more than 0', before > 0);

      const victim = await cluster.masterOf(wakeUps);
      await victim.kill();
      trial.say(`the master on port ${victim.port} was killed`);
      await world.settled(120);
      await dueNow(trial, world, crowds[1]!, '10:10', 'its replica not yet in its place, or just');
      await world.settled(120);
      const other = await cluster.masterOf(wakeUps);
      trial.check(
        'the master that holds our keys',
        other.port,
        `not ${victim.port}`,
        other.port !== victim.port,
      );
      await victim.startAgain();
      await dueNow(trial, world, crowds[2]!, '10:20', 'the killed one back as a replica');
      const settled = await world.settled(120);
      trial.check('everything settled', settled, 'true', settled);
      const after = await keys();
      trial.check('wake-ups after it', after, `more than ${before}`, after > before);
      const judged = await world.judge();
      trial.promises(judged, 0);
      trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
    } finally {
      await cluster.remove();
    }
  },
};
