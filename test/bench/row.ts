import type { Stage } from './stage.js';

/** One line of the table; `samples` are the raw figures that its value was taken from. */
export type Measured<Sample = unknown> = { value: number; samples: Sample[]; [detail: string]: unknown };
export type Round = { ours: number; control: number; ratio: number };

export type Row = {
  name: string;
  /** What is divided by what, as people read it. */
  what: string;
  goal: number;
  /** Is the goal a floor or a ceiling? */
  better: 'more' | 'less';
  measure(stage: Stage): Promise<Measured>;
};

/** Cannot be measured here; the sentence says why. */
export class Missing extends Error {}

export const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** For a quick look while developing: every size times this. */
export const scale = Number(process.env['BENCH_SCALE'] ?? 1);
export const scaled = (count: number) => Math.max(1, Math.round(count * scale));

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Our side and the control in turn, so that a slow minute of the machine hits both. @returns the median of the rounds' ratios */
export async function interleaved(
  say: (line: string) => void,
  sides: { ours: () => Promise<number>; control: () => Promise<number> },
): Promise<Measured<Round>> {
  const samples: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    const control = round % 2 === 1 ? await sides.control() : undefined;
    const ours = await sides.ours();
    const other = control ?? (await sides.control());
    samples.push({ ours: rounded(ours), control: rounded(other), ratio: rounded(ours / other) });
    say(`round ${round}: ${rounded(ours)} against ${rounded(other)}`);
  }
  return { value: rounded(median(samples.map(({ ratio }) => ratio))), samples };
}

export const rounded = (value: number) => Number(value.toPrecision(4));
