import { setTimeout as wait } from 'node:timers/promises';
import { crowd, type Crowd, dueIn, emailOf } from '../../support/crowd.js';
import { handedOver } from '../pipeline.js';
import { quantile, rounded, type Row, scaled } from '../row.js';
import { keys } from '../stage.js';

const waves = scaled(60);
const people = 3;
const apart = 1.03;

/** Many small waves, each due at a moment of its own, with nothing but the tick to notice it. */
export const punctuality: Row = {
  name: 'punctuality',
  what: 'due → first hand-over, p95 in seconds',
  goal: 6,
  better: 'less',
  async measure(stage) {
    const database = await stage.database();
    const crowds: Crowd[] = [];
    for (let n = 0; n < waves; n++) crowds.push(await crowd({ db: database.db, keys, people }));
    await database.db.query(`vacuum analyze`);
    const sink = await stage.sink();
    const worker = await stage.worker(database, sink);
    const dues: number[] = [];
    for (const [at, each] of crowds.entries()) dues.push(await dueIn(database.db, each, 3 + at * apart));
    await wait((3 + waves * apart) * 1_000);
    await handedOver(sink, waves * people);
    const lines = await sink.lines();
    const firsts = crowds.map(({ first }) => {
      const addresses = Array.from({ length: people }, (_, at) => emailOf(first + at));
      return Math.min(...lines.filter(({ to }) => addresses.includes(to)).map(({ at }) => at));
    });
    const seconds = firsts.map((at, n) => rounded((at - dues[n]!) / 1_000));
    if (Math.min(...seconds) < 0) throw new Error('A message was handed over before it was due.');
    await worker.stop();
    await sink.stop();
    await stage.drop(database);
    return { value: quantile(seconds, 0.95), samples: seconds, waves };
  },
};
