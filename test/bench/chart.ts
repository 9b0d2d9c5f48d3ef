import type { Line } from './main.js';
import { goalOf } from './table.js';

const left = 190;
const track = 380;
const right = 140;
const lineHeight = 30;
const top = 44;
/** The goal stands at the same place for every row; the track ends at twice the goal. */
const goalAt = left + track / 2;

const styles = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .quiet { fill: #57606a; font-size: 12px }
  .track { fill: #8c959f; fill-opacity: 0.18 }
  .ok { fill: #2da44e }
  .missed { fill: #cf6a2c }
  .goal { stroke: #24292f; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .quiet { fill: #9198a1 }
    .goal { stroke: #e6edf3 }
  }`;

/** Each row's value beside its goal, as a share of the goal. */
export function chart(lines: Line[]): string {
  const width = left + track + right;
  const height = top + lines.length * lineHeight + 14;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t">
<title id="t">Each row of the bench beside its goal</title>
<style>${styles}
</style>
<text x="${goalAt}" y="20" text-anchor="middle" class="quiet">goal</text>
<text x="${goalAt - 20}" y="20" text-anchor="end" class="quiet">← less is better where the goal is a ceiling (≤)</text>
${lines.map(bar).join('\n')}
</svg>
`;
}

function bar(line: Line, at: number): string {
  const y = top + at * lineHeight;
  const { name, value, goal, ok } = line;
  const share = value === null ? 0 : Math.min(2, value / goal);
  const mark = ok ? '✓' : value === null ? '–' : '✗';
  const beyond = value !== null && value / goal > 2 ? ' →' : '';
  const words = [
    `<text x="${left - 12}" y="${y + 4}" text-anchor="end">${name}</text>`,
    `<rect x="${left}" y="${y - 8}" width="${track}" height="16" rx="3" class="track"/>`,
    `<rect x="${left}" y="${y - 8}" width="${Math.round((track / 2) * share)}" height="16" rx="3" class="${ok ? 'ok' : 'missed'}"/>`,
    `<line x1="${goalAt}" x2="${goalAt}" y1="${y - 12}" y2="${y + 12}" class="goal"/>`,
    `<text x="${left + track + 10}" y="${y + 4}">${mark} ${value ?? ''}${beyond} <tspan class="quiet">${goalOf(line)}</tspan></text>`,
  ];
  return `<g>${words.join('')}</g>`;
}
