import { seeded } from '../../support/outside/seeded.js';
import { killPoints } from '../kill-points.js';
import type { Row, Trial } from '../trial.js';
import { connections } from '../world.js';

/** SIGKILL of a worker at random points, each time with a new one in its place. */
export async function sigkill(
  trial: Trial,
  {
    people,
    kills,
    workers,
    patient = true,
  }: { people: number; kills: number; workers: number; patient?: boolean },
): Promise<void> {
  const random = seeded(20);
  const bound = kills * connections;
  const world = await trial.world();
  await world.crowd({ people });
  await world.clock('10:00:30');
  for (let n = 0; n < workers; n++) world.worker();

  const points = killPoints(random, kills, people);
  for (const [n, point] of points.entries()) {
    await world.takenAtLeast(point);
    const alive = world.workers.filter(({ isUp }) => isUp);
    const victim = alive[Math.floor(random() * alive.length)]!;
    victim.kill('SIGKILL');
    await victim.ended;
    world.worker();
    trial.say(`kill ${n + 1} of ${kills} at ${await world.taken()} of ${people}`);
  }
  if (!patient) {
    await world.onlyTheDeadHold();
    await world.leasesRunOut(new Date());
  }
  await world.takenAtLeast(people - bound);
  trial.say('leases run out');
  const settled = await world.settled(patient ? 240 : 120, { unknown: false });
  trial.check('everything settled', settled, 'true', settled);
  const judged = await world.judge();
  trial.promises(judged, bound);
  // A text that was claimed and never handed over is on nobody's list: it is known to have failed after a day.
  const { sent = 0, unknown = 0, ...others } = judged.ends;
  const whole = sent + unknown === people && unknown <= bound && Object.keys(others).length === 0;
  trial.check('ends', judged.ends, `sent, of ${bound} at most nobody knows yet`, whole);
}

export const sigkill20: Row = {
  name: 'sigkill20',
  fault: 'SIGKILL of a worker at 20 random points, 20,000 recipients, 3 workers',
  run: (trial) => sigkill(trial, { people: 20_000, kills: 20, workers: 3 }),
};
