import type { Machine } from './machine.js';
import type { Line } from './main.js';

export const goalOf = ({ better, goal }: Line) => `${better === 'more' ? '≥' : '≤'} ${goal}`;

/** For people, in a terminal. */
export function table(lines: Line[], { cores, cpu, memoryGb, node, postgres }: Machine): string {
  const cells = [
    ['', 'row', 'value', 'goal', 'what'],
    ...lines.map((line) => [
      line.ok ? '✓' : '✗',
      line.name,
      String(line.value ?? '–'),
      goalOf(line),
      line.what,
    ]),
  ];
  const widths = cells[0]!.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  const text = cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd(),
  );
  return [...text, '', `${cores} × ${cpu}, ${memoryGb} GB, Node ${node}, Postgres ${postgres}`].join('\n');
}
