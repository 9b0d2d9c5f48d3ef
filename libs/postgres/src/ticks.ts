import type { EntityManager } from 'typeorm';

/** Every worker ticks; of all of them one takes each slot, and knows what the last taker saw. */
export class Ticks {
  constructor(private readonly db: EntityManager) {}

  /**
   * @param seconds the slot's length, by the database's clock
   * @returns what was due in the slot before; null when another worker has this one
   */
  async take(seconds: number): Promise<string[] | null> {
    const [rows] = await this.db.query<[{ seen: string[] }[], number]>(
      `update tick set slot = floor(extract(epoch from now()) / $1), taken_at = now()
       where slot < floor(extract(epoch from now()) / $1) returning seen`,
      [seconds],
    );
    return rows[0]?.seen ?? null;
  }

  /** @returns seconds since a slot was last taken, by the database's clock; null when none ever was */
  async age(): Promise<number | null> {
    const [row] = await this.db.query<{ age: number | null }[]>(
      `select extract(epoch from clock_timestamp() - taken_at)::float as age from tick`,
    );
    return row!.age;
  }

  /** Leaves for the next taker what is due now. */
  async leave(seen: string[]): Promise<void> {
    await this.db.query(`update tick set seen = $1`, [seen]);
  }
}
