import path from 'node:path';
import { root } from '../support/outside/start.js';
import type { Judged } from './check.js';
import { freshFolder, World, type WorldOptions } from './world.js';

/** One thing that must hold, and what was seen. */
export type Sample = { what: string; value: unknown; must: string; ok: boolean };

/** One line of the table (DESIGN §9). */
export type Row = {
  name: string;
  fault: string;
  /** The control: its value is what it lost, and that must be something. */
  mustLose?: true;
  /** Mostly waits for a lease or a provider, so it runs beside others that do. */
  waits?: true;
  run(trial: Trial): Promise<void>;
};

export type Result = {
  name: string;
  what: string;
  /** How many things that must hold did not; of the control, how many it lost. */
  value: number;
  goal: number;
  better: 'less' | 'more';
  ok: boolean;
  samples: Sample[];
  lost: number;
  doubles: number;
  unknown: number;
  /** How many doubles there may be. */
  bound: number;
  seconds: number;
};

/** A row while it runs: what it opened, what it saw. */
export class Trial {
  readonly samples: Sample[] = [];
  readonly figures = { lost: 0, doubles: 0, unknown: 0, bound: 0 };
  private readonly worlds: World[] = [];

  constructor(
    readonly name: string,
    readonly say: (words: string) => void,
  ) {}

  /** @param part a folder of its own, for a row with several worlds */
  async world(options: Omit<WorldOptions, 'folder'> = {}, part = ''): Promise<World> {
    const folder = await freshFolder(path.join(root, 'test', '.results', 'faults', this.name, part));
    const world = await World.open({ ...options, folder });
    this.worlds.push(world);
    return world;
  }

  /** Notes what was seen; nothing stops here, so that a row says everything that is wrong. */
  check(what: string, value: unknown, must: string, ok: boolean): boolean {
    this.samples.push({ what, value, must, ok });
    if (!ok) this.say(`NOT SO: ${what} is ${JSON.stringify(value)}, must be ${must}`);
    return ok;
  }

  is(what: string, value: unknown, wanted: unknown): boolean {
    return this.check(what, value, JSON.stringify(wanted), JSON.stringify(value) === JSON.stringify(wanted));
  }

  atMost(what: string, value: number, most: number): boolean {
    return this.check(what, value, `at most ${most}`, value <= most);
  }

  /** What every row promises: nobody lost, email doubles within their bound and under one Message-ID, no text twice. */
  promises(judged: Judged, bound: number): void {
    this.figures.lost += judged.lost.length;
    this.figures.doubles += judged.emailDoubles + judged.smsDoubles;
    this.figures.unknown += judged.unknown;
    this.figures.bound += bound;
    this.check('lost', judged.lost.length === 0 ? 0 : judged.lost.slice(0, 5), '0', judged.lost.length === 0);
    this.atMost('letters taken twice', judged.emailDoubles, bound);
    this.is('letters under a second Message-ID', judged.otherIds, 0);
    this.is('texts taken twice', judged.smsDoubles, 0);
    this.is('hand-overs without a record', judged.unrecorded, 0);
  }

  async close(): Promise<void> {
    for (const world of this.worlds) await world.close();
  }
}

/** Runs a row to its end, whatever happens in it. */
export async function runRow(row: Row, say: (words: string) => void): Promise<Result> {
  const trial = new Trial(row.name, say);
  const began = performance.now();
  try {
    await row.run(trial);
  } catch (error) {
    trial.check('the row', error instanceof Error ? error.stack : String(error), 'run to its end', false);
  }
  await trial.close().catch((error: unknown) => trial.check('the end', String(error), 'be clean', false));
  const broken = trial.samples.filter(({ ok }) => !ok).length;
  return {
    ...{ name: row.name, what: row.fault },
    ...(row.mustLose
      ? { value: trial.figures.lost, goal: 1, better: 'more' }
      : { value: broken, goal: 0, better: 'less' }),
    ok: broken === 0 && trial.samples.length > 0,
    ...{ samples: trial.samples, ...trial.figures },
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
}
