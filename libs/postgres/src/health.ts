import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { migrations } from './data-source.js';
import { Ticks } from './ticks.js';

/** What keeps Drumbeat from its work: a word for programs, and for people what to do about it. */
export type Trouble = { code: 'database' | 'schema' | 'tick'; detail: string };

const patience = 5_000;
/** Workers take a slot every two seconds. */
const stuckAfter = 30;

/** What the database tells of the whole's state. */
export class Health {
  constructor(private readonly db: DataSource) {}

  /** @param runsFor seconds that the caller runs: a tick that lay still before it started is no trouble yet */
  async troubles(runsFor: number): Promise<Trouble[]> {
    const silence: Trouble = {
      code: 'database',
      detail: 'The database does not answer. Check DATABASE_URL and that the server runs.',
    };
    return (await soon(this.look(runsFor))) ?? [silence];
  }

  /** Seconds since any worker last took a slot; null when none ever did, or when the database does not tell. */
  tickAge(): Promise<number | null> {
    return soon(new Ticks(this.db.manager).age());
  }

  private async look(runsFor: number): Promise<Trouble[]> {
    const missing = await this.missing();
    if (missing.length > 0) {
      const names = missing.map((name) => name.replace(/\d+$/, '')).join(', ');
      return [
        {
          code: 'schema',
          detail: `The schema is behind this build (${names}). Restart an api process: it brings the schema up to date.`,
        },
      ];
    }
    const [row] = await this.db.query<{ mode: string }[]>(
      `select current_setting('transaction_read_only') as mode`,
    );
    if (row!.mode === 'on') {
      return [
        {
          code: 'database',
          detail: 'The database takes no writes. Point DATABASE_URL at the primary, or look for a full disk.',
        },
      ];
    }
    const age = await new Ticks(this.db.manager).age();
    if (Math.min(age ?? Infinity, runsFor) <= stuckAfter) return [];
    const since = age === null ? 'ever' : `for ${Math.round(age)} seconds`;
    return [
      {
        code: 'tick',
        detail: `No worker has ticked ${since}, so nothing is sent. Start a worker, or look in the log of those that run.`,
      },
    ];
  }

  /** Migrations of this build that the database does not have. */
  private async missing(): Promise<string[]> {
    const [table] = await this.db.query<{ there: boolean }[]>(
      `select to_regclass('migrations') is not null as there`,
    );
    const rows = table!.there ? await this.db.query<{ name: string }[]>(`select name from migrations`) : [];
    const applied = new Set(rows.map(({ name }) => name));
    return migrations.map(({ name }) => name).filter((name) => !applied.has(name));
  }
}

/** Null when it fails or takes too long: a server that hangs must not hang whoever asks for it. */
async function soon<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  const over = new AbortController();
  const late = wait(patience, null, { signal: over.signal }).catch(() => null);
  const first = await Promise.race([answer.catch(() => null), late]);
  over.abort();
  return first;
}
