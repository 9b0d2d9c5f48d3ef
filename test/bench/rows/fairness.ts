import { crowd, type Crowd, dueIn, emailOf, expandCrowd, pause, resume } from '../../support/crowd.js';
import type { Sink } from '../../support/outside/start.js';
import { handedOver } from '../pipeline.js';
import { interleaved, rounded, type Row, rounds, scaled } from '../row.js';
import { type Database, keys } from '../stage.js';

const people = 100;
/** Each side of a round sends to so many small crowds, whose moments fall differently between two ticks. */
const atATime = 2;
const apart = 2.7;

export const fairness: Row = {
  name: 'fairness',
  what: "a small campaign's 100 messages behind 100 thousand ÷ alone",
  goal: 1.5,
  better: 'less',
  async measure(stage) {
    const database = await stage.database();
    const { db } = database;
    const huge = await crowd({ db, keys, people: scaled(120_000) });
    await expandCrowd(db, huge);
    const small: Crowd[] = [];
    for (let n = 0; n < 2 * rounds * atATime; n++) small.push(await crowd({ db, keys, people }));
    await db.query(`vacuum analyze`);
    const sink = await stage.sink();
    const worker = await stage.worker(database, sink);
    const measured = await interleaved(stage.say, {
      ours: async () => {
        const before = (await sink.count()).answered;
        await resume(db, huge.campaignId);
        await handedOver(sink, before + 500);
        const took = await secondsOf(database, sink, small.splice(0, atATime));
        await pause(db, huge.campaignId);
        await stage.still(sink);
        return took;
      },
      control: () => secondsOf(database, sink, small.splice(0, atATime)),
    });
    await worker.stop();
    await sink.stop();
    await stage.drop(database);
    return { ...measured, unit: 'seconds' };
  },
};

/** @returns the mean time from a wave's moment until its last message was handed over, in seconds */
async function secondsOf({ db }: Database, sink: Sink, crowds: Crowd[]): Promise<number> {
  const dues: number[] = [];
  for (const [at, each] of crowds.entries()) dues.push(await dueIn(db, each, 1 + at * apart));
  const lasts = await Promise.all(crowds.map((each) => lastTo(sink, each)));
  const seconds = lasts.map((last, at) => (last - dues[at]!) / 1_000);
  return rounded(seconds.reduce((sum, one) => sum + one, 0) / seconds.length);
}

async function lastTo(sink: Sink, { first }: Crowd): Promise<number> {
  const addresses = new Set(Array.from({ length: people }, (_, at) => emailOf(first + at)));
  for (;;) {
    const lines = (await sink.lines()).filter(({ to }) => addresses.has(to));
    if (lines.length >= people) return Math.max(...lines.map(({ at }) => at));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
