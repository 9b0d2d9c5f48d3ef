import type { EntityManager } from 'typeorm';
import type { Keyring } from './keyring.js';
import { prepared } from './prepared.js';

/** At most so many of a thing in so many seconds, which begin with the first. */
export type Limit = {
  /** What is counted: `sign-in`. */
  name: string;
  /** Whose: an address, a number, a network; only its keyed hash is kept. */
  of: string;
  most: number;
  seconds: number;
};

/** `full`: the name of a limit that has nothing left, until `retrySeconds` from now. */
export type Taken = { full: null } | { full: string; retrySeconds: number };

/** Counts that hold over all processes, by the real clock. */
export class Limits {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** Takes one of each limit, or, when one of them is full, of none. In a transaction others wait for its end. */
  async take(limits: Limit[]): Promise<Taken> {
    return this.taken(
      limits,
      'take-limits',
      `select place, retry_seconds as "retrySeconds" from take_limits($1, $2, $3)`,
    );
  }

  /** Whether one of them is full; takes nothing. */
  async look(limits: Limit[]): Promise<Taken> {
    return this.taken(
      limits,
      'look-at-limits',
      `select x.n::integer as place, ceil(extract(epoch from l.ends_at - clock_timestamp()))::integer as "retrySeconds"
       from unnest($1::bytea[], $2::integer[], $3::integer[]) with ordinality as x(k, m, s, n) join limits l on l.key = x.k
       where l.taken >= x.m and l.ends_at > clock_timestamp() order by l.ends_at desc limit 1`,
    );
  }

  /**
   * How many of these have been taken from of late.
   * @param within whoever counts within the same waits until this transaction ends
   */
  async inUse(limits: Limit[], within: string): Promise<number> {
    await this.db.query(`select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))`, [
      this.keys.fingerprints(`within|${within}`)[0],
    ]);
    const [row] = await this.db.query<{ n: number }[]>(
      `select count(*)::integer as n from limits where key = any($1) and taken > 0 and ends_at > clock_timestamp()`,
      [limits.map((limit) => this.keyOf(limit))],
    );
    return row!.n;
  }

  /** Removes what no longer counts. */
  async purge(): Promise<void> {
    await this.db.query(`delete from limits where ends_at < clock_timestamp()`);
    await this.db.query(`delete from opt_in_mails where due_at < campaign_now() - interval '1 year'`);
  }

  private async taken(limits: Limit[], name: string, query: string): Promise<Taken> {
    const [row] = await prepared<{ place: number; retrySeconds: number }>(this.db, name, query, [
      limits.map((limit) => this.keyOf(limit)),
      limits.map(({ most }) => most),
      limits.map(({ seconds }) => seconds),
    ]);
    return row ? { full: limits[row.place - 1]!.name, retrySeconds: row.retrySeconds } : { full: null };
  }

  private keyOf({ name, of, seconds }: Limit): Buffer {
    return this.keys.fingerprints(`limit|${name}|${seconds}|${of}`)[0]!;
  }
}
