import os from 'node:os';
import { parseArgs } from 'node:util';
import { rows } from './rows/index.js';
import { type Result, type Row, runRow } from './trial.js';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const only = values.only?.flatMap((names) => names.split(','));
const unknown = only?.filter((name) => !rows.some((row) => row.name === name)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(
    `There is no row ${unknown.join(', ')}. Rows: ${rows.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(1);
}

// What was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const say = (words: string) => process.stderr.write(`${words}\n`);
const chosen = rows.filter(({ name }) => only?.includes(name) ?? true);
const began = performance.now();
let done = 0;
const run = async (row: Row): Promise<Result> => {
  const { name, fault } = row;
  say(`${clock()} ${name}: ${fault}`);
  const result = await runRow(row, (words) => say(`${clock()}   ${name}: ${words}`));
  say(
    `${clock()} ${name}: ${result.ok ? 'ok' : 'NOT OK'}, ${result.seconds} s (${++done} of ${chosen.length})`,
  );
  return result;
};

const found = await Promise.all(chosen.filter(({ waits }) => waits).map(run));
for (const row of chosen.filter(({ waits }) => !waits)) found.push(await run(row));
const results = chosen.map((row) => found.find(({ name }) => name === row.name)!);

process.stdout.write(`${table(results)}\n`);
if (values.json) {
  const machine = {
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
  };
  process.stdout.write(`${JSON.stringify({ machine, rows: results })}\n`);
}
process.exit(results.every(({ ok }) => ok) ? 0 : 1);

function clock(): string {
  const seconds = Math.floor((performance.now() - began) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function table(found: Result[]): string {
  const head = ['row', '', 'lost', 'doubles', 'bound', 'unknown', 'seconds'];
  const lines = found.map(({ name, ok, lost, doubles, bound, unknown, seconds }) =>
    [name, ok ? 'ok' : 'NOT OK', lost, doubles, bound, unknown, seconds].map(String),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]!.length)));
  const line = (cells: string[]) =>
    cells.map((cell, at) => (at < 2 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  const broken = found.flatMap(({ name, samples }) =>
    samples
      .filter(({ ok }) => !ok)
      .map(({ what, value, must }) => `${name}: ${what} is ${JSON.stringify(value)}, must be ${must}`),
  );
  return [line(head), ...lines.map(line), ...(broken.length > 0 ? ['', ...broken] : [])].join('\n');
}
