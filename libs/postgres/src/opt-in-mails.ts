import type { EntityManager } from 'typeorm';
import type { OptInMail } from '#domain';
import type { Keyring } from './keyring.js';
import { prepared } from './prepared.js';
import type { SignupView } from './signups.js';

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

  /** Keeps those that the ledger has for this signup. */
  async keep(signup: SignupView): Promise<void> {
    await prepared(
      this.db,
      'keep-opt-in-mails',
      `insert into opt_in_mails (campaign_id, supporter_id, kind, key, email_key, due_at)
       select campaign_id, supporter_id, kind, key, $3, due_at from reminders
       where campaign_id = $1 and supporter_id = $2 and channel = 'email' and kind in ('welcome', 'nudge')
       on conflict do nothing`,
      [signup.campaignId, signup.supporterId, signup.emailKey],
    );
  }
}
