import { oneLostQueue } from '../faults/rows/redis.js';
import { restarts } from '../faults/rows/pg-restart.js';
import { sigkill } from '../faults/rows/sigkill20.js';
import { runRow, type Trial } from '../faults/trial.js';
import { compile } from '../support/compile.mjs';
import { withRedis } from '../support/parts.js';

/** Rows of `npm run faults`, smaller, with leases that do not take their two minutes. */
async function holds(name: string, run: (trial: Trial) => Promise<void>): Promise<void> {
  const said: string[] = [];
  const { samples } = await runRow({ name, fault: name, run }, (words) => said.push(words));
  expect(samples.filter(({ ok }) => !ok)).toEqual([]);
  expect(samples.length).toBeGreaterThan(0);
}

beforeAll(compile, 60_000);

describe('workers in processes of their own', () => {
  it(
    'lose nobody and text nobody twice when one is killed in the middle of a wave',
    () =>
      holds('short-kill', (trial) => sigkill(trial, { people: 240, kills: 1, workers: 2, patient: false })),
    240_000,
  );

  it(
    'go on by themselves when Postgres crashes and comes back',
    () =>
      holds('short-restart', (trial) =>
        restarts(trial, { people: 240, times: 1, workers: 1, patient: false }),
      ),
    240_000,
  );

  withRedis('woken through Redis', () => {
    it(
      'send on time when it is killed before a wave, and lose nothing',
      () => holds('short-lost-queue', (trial) => oneLostQueue(trial, { people: 120 })),
      240_000,
    );
  });
});
