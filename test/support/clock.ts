import type { DataSource, EntityManager } from 'typeorm';

/** Sets how far the campaign's clock is ahead of the real one: an interval as Postgres reads it, such as `3 days`. */
export async function setAhead(db: DataSource | EntityManager, ahead: string): Promise<void> {
  await db.query(`update campaign_clock set ahead = $1::interval`, [ahead]);
}

/** Makes the campaign's clock say this moment now, earlier or later. */
export async function setNow(db: DataSource | EntityManager, moment: Date): Promise<void> {
  await db.query(`update campaign_clock set ahead = $1::timestamptz - now()`, [moment]);
}
