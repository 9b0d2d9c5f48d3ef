import type { Row, Trial } from '../trial.js';
import { connections } from '../world.js';
import { setTimeout as wait } from 'node:timers/promises';

/** Immediate shutdown and start, in the middle of a wave. */
export async function restarts(
  trial: Trial,
  {
    people,
    times,
    workers,
    patient = true,
  }: { people: number; times: number; workers: number; patient?: boolean },
): Promise<void> {
  const world = await trial.world({ durable: true });
  await world.crowd({ people });
  await world.clock('10:00:30');
  for (let n = 0; n < workers; n++) world.worker();
  for (let n = 1; n <= times; n++) {
    await world.takenAtLeast((people * n) / (times + 1));
    const before = await world.taken();
    const began = performance.now();
    await world.postgres.restart('immediate');
    const resumed = await world.takenAtLeast(before + 5 * connections, 60);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    trial.check(`seconds until sending went on, restart ${n}`, seconds, 'at most 60', resumed);
  }
  await world.takenAtLeast(people * 0.95);
  if (!patient) {
    await wait(1_500); // what is in flight is done by then
    await world.leasesRunOut(new Date(Date.now() - 1_000));
  }
  const settled = await world.settled(patient ? 240 : 120);
  trial.check('everything settled, texts of unknown outcome resolved', settled, 'true', settled);
  trial.is('workers that are still up', world.workers.filter(({ isUp }) => isUp).length, workers);
  const judged = await world.judge();
  trial.promises(judged, times * workers * connections);
  trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
}

export const pgRestart: Row = {
  name: 'pg_restart',
  fault: 'Postgres immediate shutdown and start',
  run: (trial) => restarts(trial, { people: 4_000, times: 3, workers: 2 }),
};
