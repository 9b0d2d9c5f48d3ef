import type { EntityManager } from 'typeorm';
import type { OptInMail } from '#domain';
import type { Keyring } from './keyring.js';
import { prepared } from './prepared.js';
import type { PersonalReminder } from './reminders.js';

/** The opt-in mails of an address, in all campaigns, whoever it belonged to. */
export class OptInMails {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /**
   * Those of the past year and those ahead, without what was skipped. Whoever asks for the same address waits until
   * this transaction ends.
   * @param lookup the address as it is known (RULES §5)
   */
  async hold(lookup: string): Promise<(OptInMail & { supporterId: string })[]> {
    const hashes = this.keys.contactKeys(lookup);
    await this.db.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [hashes[0]]);
    return prepared(
      this.db,
      'opt-in-mails',
      `select m.campaign_id as "campaignId", m.supporter_id as "supporterId", m.kind, m.due_at as at from opt_in_mails m
       where m.email_key = any($1) and m.due_at > campaign_now() - interval '1 year'
         and not exists (
           select from reminders r
           where r.campaign_id = m.campaign_id and r.supporter_id = m.supporter_id and r.kind = m.kind and r.key = m.key
             and r.channel = 'email' and r.state = 'skipped')`,
      [hashes],
    );
  }

  /** The same opt-in mails to everybody of these, who live in one zone. Those that they have already stay as they are. */
  async ask(signupIds: string[], mails: PersonalReminder[]): Promise<void> {
    await prepared(
      this.db,
      'ask',
      `with asked as (
         insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, due_at, expires_at, plan, zone)
         select s.campaign_id, s.supporter_id, s.id, s.coalition_id, x.kind, x.key, 'email',
           coalesce(x.due_at, campaign_now()), x.expires_at, c.plan, case x.kind when 'nudge' then p.zone end
         from signups s join campaigns c on c.id = s.campaign_id join supporters p on p.id = s.supporter_id
         cross join jsonb_to_recordset($2) as x(kind text, key text, due_at timestamptz, expires_at timestamptz)
         where s.id = any($1) and x.expires_at > coalesce(x.due_at, campaign_now())
         on conflict do nothing returning campaign_id, supporter_id, kind, key, due_at
       )
       insert into opt_in_mails (campaign_id, supporter_id, kind, key, email_key, due_at)
       select a.campaign_id, a.supporter_id, a.kind, a.key, p.email_key, a.due_at
       from asked a join supporters p on p.id = a.supporter_id on conflict do nothing`,
      [
        signupIds,
        JSON.stringify(
          mails.map(({ kind, key, dueAt, expiresAt }) => ({
            kind,
            key,
            due_at: dueAt,
            expires_at: expiresAt,
          })),
        ),
      ],
    );
  }
}
