import type { EntityManager } from 'typeorm';
import type { FailReason } from '#domain';
import type { ClaimedReminder } from './reminders.js';

/** A text that the provider may have or not, with all that it was written from; `now` is when it was handed over. */
export type UnknownText = Omit<ClaimedReminder, 'contact'> & {
  /** Sealed; null when the person has another phone now, or none. */
  contact: string | null;
  /** A day has gone by since its check. */
  over: boolean;
};

type Name = Pick<UnknownText, 'campaignId' | 'id' | 'fence'>;

/** Texts whose outcome nobody knows (RULES §4). They become `sent` or `failed`, and are never handed over again. Real clock. */
export class UnknownTexts {
  constructor(private readonly db: EntityManager) {}

  /**
   * Takes texts to ask the provider about, the oldest first. Nobody gets the same before it is time to ask again: after a
   * minute at first, after a quarter of its age later, and when its day is over. A phone that another text is on its way to
   * waits, for that one's id is not known yet.
   */
  take(limit: number): Promise<UnknownText[]> {
    return this.db.query(
      `with asked as (
         update reminders r set not_before = case
           when r.checked_at + interval '1 day' <= now() then now() + interval '1 minute'
           else least(now() + greatest(interval '1 minute', (now() - r.checked_at) / 4), r.checked_at + interval '1 day') end
         from (
           select campaign_id, id from reminders u
           where state = 'unknown' and (not_before is null or not_before <= now()) and not ${inFlightTo('u')}
           order by checked_at, id limit $1 for update skip locked
         ) as u
         where r.campaign_id = u.campaign_id and r.id = u.id
         returning r.*
       )
       select r.id, r.campaign_id as "campaignId", r.signup_id as "signupId", r.coalition_id as "coalitionId", r.kind, r.key, r.channel,
         r.fence, r.tries, r.expires_at as "expiresAt", r.plan, coalesce(d.deadline_at, c.deadline_at) as "deadlineAt",
         coalesce(d.round, c.round) as round, r.handed_at as now,
         r.checked_at as "checkedAt", p.language, p.zone, case when p.phone_key = r.phone_key then p.phone end as contact,
         r.phone_key as "contactKey", p.name, s.token_key as "tokenKey", r.checked_at + interval '1 day' <= now() as over
       from asked r
       join campaigns c on c.id = r.campaign_id
       left join lateral (
         select deadline_at, round from past_deadlines where campaign_id = r.campaign_id and until > r.checked_at order by until limit 1
       ) as d on true
       join signups s on s.id = r.signup_id
       join supporters p on p.id = s.supporter_id
       order by r.checked_at, r.id`,
      [limit],
    );
  }

  /**
   * The provider lists a text with the same words to the same phone.
   * @param failed why it came to nothing, where the provider says so already
   * @returns false when the listed text is another's, may be one's that is on its way, or a callback was faster
   */
  found({ campaignId, id, fence }: Name, sid: string, failed?: FailReason): Promise<boolean> {
    return this.db.transaction(async (db) => {
      await db.query(`select pg_advisory_xact_lock(hashtext($1))`, [`text ${sid}`]);
      const [rows] = await db.query<[unknown[], number]>(
        `update reminders r set state = case when $5::text is null then 'sent' else 'failed' end, reason = $5,
           provider_id = $4, not_before = null, settled_at = clock_timestamp()
         where r.campaign_id = $1 and r.id = $2 and r.fence = $3 and r.state = 'unknown' and not ${inFlightTo('r')}
           and not exists (select from reminders o where o.provider_id = $4 and (o.campaign_id, o.id) <> (r.campaign_id, r.id))
           and not exists (
             select from receipts x where x.provider = 'twilio' and x.provider_id = $4
               and (x.campaign_id, x.reminder_id) <> (r.campaign_id, r.id))
         returning 1`,
        [campaignId, id, fence, sid, failed ?? null],
      );
      return rows.length > 0;
    });
  }

  /** The provider was asked when the day was over and lists no such text. */
  async missing({ campaignId, id, fence }: Name): Promise<void> {
    await this.db.query(
      `update reminders set state = 'failed', reason = 'not_found', not_before = null, settled_at = clock_timestamp()
       where campaign_id = $1 and id = $2 and fence = $3 and state = 'unknown' and checked_at + interval '1 day' <= now()`,
      [campaignId, id, fence],
    );
  }
}

const inFlightTo = (row: string) => `exists (
  select from reminders w where w.channel = 'sms' and w.phone_key = ${row}.phone_key and w.state = 'sending')`;
