import type { EntityManager } from 'typeorm';
import type { Channel, Evidence, Miss, MissReason, ReminderKind } from '#domain';
import type { ConfirmationSource } from './confirmations.js';

/** What somebody got last before they confirmed; a person's own kinds have no rung. */
export type LastTouch = {
  kind: ReminderKind | null;
  rungId: string | null;
  channel: Channel | null;
  confirmed: number;
};

/** What a campaign's report says beyond its figures; all of it counts people who joined. */
export class Reports {
  constructor(private readonly db: EntityManager) {}

  /** How those who did it came to be known, and what supports it. */
  confirmations(
    campaignId: string,
  ): Promise<{ evidence: Evidence | null; source: ConfirmationSource; people: number }[]> {
    return this.db.query(
      `select s.evidence, f.source, count(*)::int as people
       from signups s join confirmations f on f.signup_id = s.id and f.taken_back_at is null
       where s.campaign_id = $1 and s.standing = 'joined' and s.outcome in ('filed', 'answered') group by 1, 2`,
      [campaignId],
    );
  }

  /** What people had been sent last when they confirmed, the most first; null: nothing yet. It need not be the reason. */
  lastTouches(campaignId: string): Promise<LastTouch[]> {
    return this.db.query(
      `select t.kind, case when t.wave_id is not null then split_part(t.key, '#', 1) end as "rungId", t.channel, count(*)::int as confirmed
       from signups s left join lateral (
         select r.kind, r.key, r.channel, r.wave_id from reminders r
         where r.campaign_id = s.campaign_id and r.supporter_id = s.supporter_id and r.state = 'sent' and r.handed_at <= s.done_at
           and r.kind not in ('reply', 'data')
         order by r.handed_at desc limit 1
       ) as t on true
       where s.campaign_id = $1 and s.standing = 'joined' and s.outcome in ('filed', 'answered')
       group by 1, 2, 3 order by 4 desc, 1, 2, 3`,
      [campaignId],
    );
  }

  /** Who said after the deadline that it did not happen, and why. */
  misses(campaignId: string): Promise<{ missed: Miss; because: MissReason | null; people: number }[]> {
    return this.db.query(
      `select missed, missed_because as because, count(*)::int as people from signups
       where campaign_id = $1 and standing = 'joined' and missed is not null group by 1, 2 order by 3 desc, 1, 2`,
      [campaignId],
    );
  }
}
