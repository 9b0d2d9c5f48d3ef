import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root } from '../../support/outside/start.js';
import type { Row, Trial } from '../trial.js';
import { freshFolder } from '../world.js';

const histories = 10_000;
/** Each goes through its share, in a process and on a Postgres of its own. */
const seeds = [20270302, 20280302];

export const ledgerModel: Row = {
  name: 'ledger_model',
  fault: `${histories} histories of claim, crash, expire, ack, unsubscribe, confirm, move and deadline, against a model`,
  run: async (trial) => {
    const folder = await freshFolder(path.join(root, 'test', '.results', 'faults', trial.name));
    await Promise.all(seeds.map((seed) => goThrough(trial, seed, histories / seeds.length, folder)));
  },
};

/** The model's own test; where it fails, the shortest history that does stands in the folder. */
async function goThrough(trial: Trial, seed: number, share: number, folder: string): Promise<void> {
  const log = path.join(folder, `seed-${seed}.log`);
  const jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      path.join('node_modules', 'jest', 'bin', 'jest.js'),
      '--runInBand',
      path.join('libs', 'postgres', 'src', 'ledger.model.db.test.ts'),
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LEDGER_HISTORIES: String(share), LEDGER_SEED: String(seed) },
    },
  );
  const said: string[] = [];
  jest.stderr.on('data', (words: Buffer) => said.push(words.toString()));
  const written = pipeline(jest.stderr, createWriteStream(log));
  const [[code]] = await Promise.all([once(jest, 'exit') as Promise<[number | null]>, written]);
  trial.is(`exit of ${share} histories from seed ${seed}, see ${path.relative(root, log)}`, code, 0);
  trial.is(`tests passed, seed ${seed}`, /^Tests:.* (\d+) passed/m.exec(said.join(''))?.[1], '1');
}
