import type { DataSource } from 'typeorm';

/** Somebody waits for a lock that another transaction of this database holds; or the work ended and waited for nobody. */
export async function untilWaitingOr(db: DataSource, work: Promise<unknown>): Promise<void> {
  let ended = false;
  void work.finally(() => (ended = true));
  while (!ended) {
    const [row] = await db.query<{ waiting: boolean }[]>(
      `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waiting`,
    );
    if (row!.waiting) return;
  }
}
