import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../support/outside/start.js';
import { chart } from './chart.js';
import type { Machine } from './machine.js';
import type { Line } from './main.js';
import { goalOf } from './table.js';

const folder = path.join(root, 'docs', 'bench');
const between = /(<!-- figures -->\n)[^]*(<!-- end of figures -->)/;

/** Keeps a whole run: its raw figures, a table and a chart. */
export async function writeDocs(lines: Line[], machine: Machine, minutes: number): Promise<void> {
  await write('results.json', JSON.stringify({ machine, rows: lines }), 'json');
  await writeFile(path.join(folder, 'chart.svg'), chart(lines));
  const readme = await readFile(path.join(folder, 'README.md'), 'utf8');
  await write(
    'README.md',
    readme.replace(between, `$1\n${figures(lines, machine, minutes)}\n\n$2`),
    'markdown',
  );
}

function figures(lines: Line[], { cores, cpu, memoryGb, node, postgres }: Machine, minutes: number): string {
  const rows = lines.map((line) => {
    const cells = [
      '',
      `\`${line.name}\``,
      line.value ?? '–',
      goalOf(line),
      line.ok ? 'yes' : 'no',
      line.what,
      '',
    ];
    return cells.join(' | ').trim();
  });
  return [
    '![Each row beside its goal](chart.svg)',
    '',
    '| row | value | goal | ok | what is divided by what |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `${cores} cores of ${cpu}, ${memoryGb} GB, Node ${node}, Postgres ${postgres}; the whole bench took ${minutes} minutes. The raw samples are in [results.json](results.json).`,
  ].join('\n');
}

async function write(name: string, text: string, parser: string): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), parser }));
}
