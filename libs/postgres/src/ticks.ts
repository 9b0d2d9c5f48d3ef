import type { EntityManager } from 'typeorm';

/** Every worker ticks; of all of them one takes each slot. */
export class Ticks {
  constructor(private readonly db: EntityManager) {}

  /** @param seconds the slot's length, by the database's clock. @returns whether this worker took it */
  async take(seconds: number): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update tick set slot = floor(extract(epoch from now()) / $1), taken_at = now()
       where slot < floor(extract(epoch from now()) / $1) returning slot`,
      [seconds],
    );
    return rows.length > 0;
  }
}
