import { pipeline } from '../pipeline.js';
import { interleaved, type Row, scaled } from '../row.js';

const answerAfterMs = 50;
const each = 10;
const people = scaled(2_400);

/** Bound by the provider, as in life: ten connections that answer after 50 ms take 200 messages a second. */
export const twoWorkers: Row = {
  name: 'two_workers',
  what: '2 workers ÷ 1, each message answered after 50 ms',
  goal: 1.9,
  better: 'more',
  async measure(stage) {
    const database = await stage.database();
    const sink = await stage.sink({ answerAfterMs });
    const env = { WORKER_CONCURRENCY: String(each) };
    const measured = await interleaved(stage.say, {
      ours: () => pipeline(stage, { database, sink, people, env, workers: 2 }),
      control: () => pipeline(stage, { database, sink, people, env }),
    });
    await sink.stop();
    await stage.drop(database);
    return { ...measured, people, connections: each };
  },
};
