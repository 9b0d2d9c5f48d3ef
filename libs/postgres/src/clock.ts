import type { EntityManager } from 'typeorm';
import { overAt } from './campaigns.js';
import { awaitsResults } from './reminders.js';

/** The campaign's clock. Production reads it; only the sandbox and tests move it. */
export class CampaignClock {
  constructor(private readonly db: EntityManager) {}

  async now(): Promise<Date> {
    const [row] = await this.db.query<{ now: Date }[]>(`select campaign_now() as now`);
    return row!.now;
  }

  /** Moves the clock forward. A moment that has passed changes nothing: time never goes back. */
  async moveTo(moment: Date): Promise<void> {
    await this.db.query(
      `update campaign_clock set ahead = $1::timestamptz - now() where $1::timestamptz - now() > ahead`,
      [moment],
    );
  }

  /** The next moment at which anything becomes due or ends, or null. */
  async nextDue(): Promise<Date | null> {
    const [row] = await this.db.query<{ next: Date | null }[]>(
      `select least(
         (select min(w.at) from waves w join campaigns c on c.id = w.campaign_id
          where w.at > campaign_now() and w.round = c.round and (c.status = 'running' or c.status = 'ended' and w.kind <> 'rung')),
         (select min(r.due_at) from reminders r where r.state = 'due' and r.due_at > campaign_now()),
         (select min(deadline_at) from campaigns where status in ('running', 'paused') and deadline_at > campaign_now()),
         (select min(x.at) from campaigns c cross join lateral (select ${overAt} as at) as x
          where c.status = 'ended' and c.result_at is null and x.at > campaign_now())
       ) as next`,
    );
    return row!.next;
  }

  /** Whether everything due by now has been handed over or settled. */
  async isQuiet(): Promise<boolean> {
    const [row] = await this.db.query<{ quiet: boolean }[]>(
      `select not exists (
           select from reminders r join campaigns c on c.id = r.campaign_id
           where r.state = 'due' and r.due_at <= campaign_now() and c.status <> 'paused' and coalesce(r.not_before <= now(), true))
         and not exists (select from reminders where state = 'sending')
         and not exists (
           select from waves w join campaigns c on c.id = w.campaign_id
           where w.at <= campaign_now() and w.expanded_from is null and w.round = c.round
             and (c.status = 'running' or c.status = 'ended' and (w.kind <> 'rung' or w.expires_at <= campaign_now())))
         and not exists (
           select from campaigns where status in ('running', 'paused') and deadline_at <= campaign_now())
         and not exists (select from campaigns c where ${awaitsResults}) as quiet`,
    );
    return row!.quiet;
  }
}
