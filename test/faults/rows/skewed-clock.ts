import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '../trial.js';

const tenMinutes = 600_000;

export const skewedClock: Row = {
  name: 'skewed_clock',
  fault: 'one worker’s clock ten minutes off, both ways',
  run: async (trial) => {
    for (const [part, skewMs] of [
      ['ahead', tenMinutes],
      ['behind', -tenMinutes],
    ] as const) {
      const world = await trial.world({}, part);
      await world.crowd({ people: 1_000 });
      // A clock ten minutes ahead takes the wave for due, and is the only one to be asked.
      await world.clock('09:55:00');
      const skewed = world.worker({ skewMs });
      await world.until(async () => {
        const { rows } = await world.db.query<{ n: number }>(`select count(*)::int as n from waves`);
        return rows[0]!.n > 0;
      }, 60);
      await wait(8_000); // four ticks
      trial.is(`early hand-overs, ${part}`, await world.taken(), 0);
      world.worker();
      await world.clock('10:00:00');
      await world.takenAtLeast(300);
      const settled = await world.settled(180);
      trial.check(`everything settled, ${part}`, settled, 'true', settled);
      trial.check(`the skewed worker, ${part}`, skewed.isUp, 'is still up', skewed.isUp);
      const judged = await world.judge();
      trial.promises(judged, 0);
      trial.check(`ends, ${part}`, judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
      const { rows } = await world.db.query<{ early: number; ahead: number }>(
        `select count(*) filter (where handed_at < due_at)::int as early from reminders`,
      );
      trial.is(`checks before the moment, ${part}`, rows[0]!.early, 0);
    }
  },
};
