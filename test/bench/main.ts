import { parseArgs } from 'node:util';
import { machineOf } from './machine.js';
import { Missing, type Row, scale } from './row.js';
import { rows } from './rows/index.js';
import { Stage } from './stage.js';
import { table } from './table.js';
import { writeDocs } from './write-docs.js';

/** One line of the result. A row that could not be measured is not ok, and says why. */
export type Line = {
  name: string;
  what: string;
  goal: number;
  better: 'more' | 'less';
  value: number | null;
  ok: boolean;
  seconds: number;
  samples: unknown[];
};

const { values: asked } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean' }, write: { type: 'boolean' } },
});
const chosen = rows.filter(({ name }) => !asked.only || asked.only === name);
const print = (line: string) => process.stdout.write(`${line}\n`);
if (chosen.length === 0) {
  print(`There is no row "${asked.only}"; there are: ${rows.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
if (asked.write && (asked.only || scale !== 1)) {
  print('What is kept is a whole run at full size: leave --only and BENCH_SCALE out.');
  process.exit(2);
}

const began = performance.now();
const say = (line: string) => print(`${clock()} ${line}`);
say('starting Postgres …');
const stage = await Stage.open(say);
let leaving: Promise<unknown> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void (leaving ??= stage.close().finally(() => process.exit(1))));
const machine = await machineOf(stage);
const lines: Line[] = [];
try {
  for (const row of chosen) lines.push(await measured(row));
} finally {
  await stage.close();
}
print(`\n${table(lines, machine)}\n\n${clock()} in all`);
if (asked.write) await writeDocs(lines, machine, Math.ceil(performance.now() / 60_000));
if (asked.json) print(JSON.stringify({ machine, rows: lines }));
process.exit(lines.every(({ ok }) => ok) ? 0 : 1);

async function measured(row: Row): Promise<Line> {
  const { name, what, goal, better } = row;
  say(`${name}: ${what} …`);
  const since = performance.now();
  const line = (value: number | null, rest: { samples: unknown[] }): Line => {
    const ok = value !== null && (better === 'more' ? value >= goal : value <= goal);
    const seconds = Math.round((performance.now() - since) / 1_000);
    say(`${name}: ${value ?? 'not measured'} (goal ${better === 'more' ? '≥' : '≤'} ${goal}), ${seconds} s`);
    return { name, what, goal, better, value, ok, seconds, ...rest };
  };
  try {
    const { value, ...rest } = await row.measure(stage);
    return line(value, rest);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(`${name}: ${why}`);
    if (!(error instanceof Missing)) print(error instanceof Error ? (error.stack ?? '') : '');
    return line(null, { samples: [], ...{ why } });
  } finally {
    stage.endPrograms();
  }
}

function clock(): string {
  const seconds = Math.floor((performance.now() - began) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
