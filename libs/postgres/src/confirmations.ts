import type { EntityManager } from 'typeorm';
import type { Miss, MissReason, Outcome } from '#domain';
import type { Keyring } from './keyring.js';
import type { PersonalReminder } from './reminders.js';
import type { SignupView } from './signups.js';

export type ConfirmationSource = 'page' | 'text' | 'leader' | 'api';

/** A supporter's word on how it went; idempotent, and the signup's outcome moves in the same transaction. */
export class Confirmations {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** @returns false when it was recorded already */
  async record(
    signupId: string,
    outcome: Outcome,
    source: ConfirmationSource,
    recordedBy: string | null = null,
  ): Promise<boolean> {
    const evidence = outcome === 'filed' ? 'said' : null;
    const rows = await this.db.query<unknown[]>(
      `insert into confirmations (signup_id, outcome, evidence, source, recorded_by) values ($1, $2, $3, $4, $5)
       on conflict (signup_id) where taken_back_at is null do nothing returning id`,
      [signupId, outcome, evidence, source, recordedBy],
    );
    if (rows.length === 0) return false;
    await this.db.query(
      `update signups set outcome = $2, evidence = $3, done_at = campaign_now(), missed = null, missed_because = null, missed_at = null,
         changed_at = now() where id = $1`,
      [signupId, outcome, evidence],
    );
    return true;
  }

  /** "It did not happen", of somebody who is not done; the last word stands. @returns false when they are done */
  async miss(signupId: string, missed: Miss, because: MissReason | null): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update signups set missed = $2, missed_because = $3, missed_at = campaign_now(), changed_at = now()
       where id = $1 and outcome is null returning id`,
      [signupId, missed, because],
    );
    return rows.length > 0;
  }

  /**
   * A tracking number raises the evidence of a filed comment; evidence never goes down.
   * @returns false when somebody else gave it: a comment is one person's
   */
  async addTrackingNumber(signupId: string, number: string): Promise<boolean> {
    const key = this.keys.trackingKey(number);
    await this.db.query(`select pg_advisory_xact_lock(hashtext($1))`, [key]);
    const others = await this.db.query<unknown[]>(
      `select from confirmations where tracking_key = any($2) and taken_back_at is null and signup_id <> $1`,
      [signupId, this.keys.trackingKeys(number)],
    );
    if (others.length > 0) return false;
    const [raised] = await this.db.query<[unknown[], number]>(
      `update confirmations set tracking_number = $2, tracking_key = $3, evidence = 'tracking_number'
       where signup_id = $1 and taken_back_at is null and evidence = 'said' returning id`,
      [signupId, this.keys.seal('tracking', number), key],
    );
    if (raised.length > 0) {
      await this.db.query(
        `update signups set evidence = 'tracking_number', changed_at = now() where id = $1`,
        [signupId],
      );
    }
    return true;
  }

  /** Who of the staff recorded the confirmation that stands; null when nobody did, or there is none. */
  async recordedBy(signupId: string): Promise<string | null> {
    const [row] = await this.db.query<{ by: string | null }[]>(
      `select recorded_by as by from confirmations where signup_id = $1 and taken_back_at is null`,
      [signupId],
    );
    return row?.by ?? null;
  }

  /** @returns false when there was nothing to take back */
  async takeBack(signupId: string): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update confirmations set taken_back_at = campaign_now() where signup_id = $1 and taken_back_at is null returning id`,
      [signupId],
    );
    if (rows.length === 0) return false;
    await this.db.query(
      `update signups set outcome = null, evidence = null, done_at = null, changed_at = now() where id = $1`,
      [signupId],
    );
    return true;
  }

  /** What was skipped for being done and has its moment still ahead; rungs come by their waves. */
  cutShort({ campaignId, supporterId }: SignupView): Promise<PersonalReminder[]> {
    return this.db.query(
      `select kind, key, channel, due_at as "dueAt", expires_at as "expiresAt" from reminders
       where campaign_id = $1 and supporter_id = $2 and kind in ('welcome', 'nudge', 'sms_optin', 'snooze')
         and state = 'skipped' and reason = 'already_confirmed' and due_at > campaign_now()`,
      [campaignId, supporterId],
    );
  }
}
