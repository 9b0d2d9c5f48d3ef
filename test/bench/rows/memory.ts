import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { crowd, type Crowd, release } from '../../support/crowd.js';
import { wakeUps } from '../pipeline.js';
import { Missing, type Row, rounded, scaled } from '../row.js';
import { type Database, keys, type Stage } from '../stage.js';

const heapMb = 192;
const longestSeconds = 150;
const handedOverAtLeast = scaled(100_000);

/**
 * A worker expands the wave and hands it over. The small crowd is sent to the end; of the large one, as many as of the small
 * one at least, and on until the whole wave is expanded, or the time is over.
 */
export const memory: Row = {
  name: 'memory',
  what: 'worker peak RSS at 1 million recipients ÷ at 100 thousand',
  goal: 1.2,
  better: 'less',
  async measure(stage) {
    if (process.platform !== 'linux')
      throw new Missing('Peak memory is read from /proc, which only Linux has.');
    const small = await stage.database();
    const few = await crowd({ db: small.db, keys, people: scaled(100_000), coalitions: 2_000 });
    await small.db.query(`vacuum analyze`);
    const control = await peak(stage, small, few);
    await stage.drop(small);
    const { template, crowd: many } = await stage.million();
    const large = await stage.database(template);
    const ours = await peak(stage, large, many);
    await stage.drop(large);
    return { value: rounded(ours.mb / control.mb), samples: [{ unit: 'MB', ours, control }], heapMb };
  },
};

async function peak(stage: Stage, database: Database, { people, ...rest }: Crowd) {
  const sink = await stage.sink();
  const worker = await stage.worker(database, sink, {}, [`--max-old-space-size=${heapMb}`]);
  const queue = await wakeUps(database);
  await release(database.db, { people, ...rest });
  await queue.wake({ people, ...rest });
  await queue.close();
  const started = performance.now();
  let handedOver = 0;
  let expanded = false;
  for (let said = 0; performance.now() - started < longestSeconds * 1_000; await wait(500)) {
    handedOver = (await sink.count()).answered;
    expanded ||= await isExpanded(database, rest.waveId);
    if (expanded && handedOver >= Math.min(people, handedOverAtLeast)) break;
    if (performance.now() - started > (said + 1) * 30_000)
      stage.say(`${++said * 30} s: ${handedOver} handed over`);
  }
  const mb = await peakMb(worker.pid);
  await worker.stop();
  await sink.stop();
  stage.say(`${people} recipients, ${handedOver} handed over: ${mb} MB`);
  return { mb, people, handedOver, expanded };
}

async function isExpanded({ db }: Database, waveId: string): Promise<boolean> {
  const [row] = await db.query<{ expanded: boolean }[]>(
    `select expanded_from is not null as expanded from waves where id = $1`,
    [waveId],
  );
  return row!.expanded;
}

async function peakMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)![1]) / 1_024);
}
