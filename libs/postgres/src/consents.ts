import type { EntityManager } from 'typeorm';
import type { Channel } from '#domain';
import type { Keyring } from './keyring.js';
import type { SignupView } from './signups.js';

export type Scope = 'email' | 'sms' | 'next_step' | 'visible' | 'updates';

/** How a yes or a no reached us. */
export type Proof = {
  /** Id and version of the words shown, or the keyword read: `email-optin@1`, `STOP`. */
  wording: string;
  source: 'page' | 'text' | 'one_click' | 'import' | 'api' | 'provider';
  /** Page, referrer, box unticked before, opt-in message's id: whatever a proof needs that names nobody. */
  means?: Record<string, unknown>;
  ip?: string | undefined;
  agent?: string | undefined;
  /** The raw text of a withdrawal by text. */
  said?: string | undefined;
};

/** The append-only proof of each yes and no; the signup's current consent moves in the same transaction. */
export class Consents {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  async write(
    person: Pick<SignupView, 'supporterId' | 'campaignId' | 'coalitionId'> & { contactKey?: string | null },
    scope: Scope,
    action: 'granted' | 'withdrawn',
    proof: Proof,
  ): Promise<void> {
    const seal = (column: 'text' | 'ip' | 'agent', value?: string) =>
      value ? this.keys.seal(column, value) : null;
    await this.db.query(
      `insert into consents (supporter_id, campaign_id, coalition_id, scope, action, wording, contact_key, source, means, said, ip, agent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        person.supporterId,
        person.campaignId,
        person.coalitionId,
        scope,
        action,
        proof.wording,
        person.contactKey ?? null,
        proof.source,
        proof.means ?? {},
        seal('text', proof.said),
        seal('ip', proof.ip),
        seal('agent', proof.agent),
      ],
    );
  }

  /** The owner says yes on a channel. Again changes nothing. @returns whether it was news */
  async grant(signup: SignupView, channel: Channel, proof: Proof): Promise<boolean> {
    const since = channel === 'email' ? 'email_since' : 'sms_since';
    const [rows] = await this.db.query<[unknown[], number]>(
      `update signups set ${since} = campaign_now(), opted_in_at = coalesce(opted_in_at, campaign_now()), changed_at = now()
       where id = $1 and ${since} is null returning id`,
      [signup.id],
    );
    if (rows.length === 0) return false;
    await this.write({ ...signup, contactKey: keyOf(signup, channel) }, channel, 'granted', proof);
    return true;
  }

  /** Ends a channel in this signup alone. @returns whether it was news */
  async withdraw(signup: SignupView, channel: Channel, proof: Proof): Promise<boolean> {
    const since = channel === 'email' ? 'email_since' : 'sms_since';
    const [rows] = await this.db.query<[unknown[], number]>(
      `update signups set ${since} = null, changed_at = now() where id = $1 and ${since} is not null returning id`,
      [signup.id],
    );
    if (rows.length > 0)
      await this.write({ ...signup, contactKey: keyOf(signup, channel) }, channel, 'withdrawn', proof);
    if (channel === 'email' && signup.updates) await this.askForUpdates(signup, false, proof);
    return rows.length > 0;
  }

  /** "Tell me the result", or not any more: a consent of its own, which the end of email ends too. */
  async askForUpdates(signup: SignupView, yes: boolean, proof: Proof): Promise<void> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update signups set updates = $2 where id = $1 and updates <> $2 returning id`,
      [signup.id, yes],
    );
    if (rows.length > 0) await this.write(signup, 'updates', yes ? 'granted' : 'withdrawn', proof);
  }

  /**
   * The one stop switch: the contact is not used again in any campaign, until its owner lifts it.
   * @param signups every signup of the people who use this contact
   */
  async stop(
    contactKey: string,
    channel: Channel,
    reason: 'unsubscribed' | 'stop' | 'complaint' | 'opted_out',
    signups: SignupView[],
    proof: Proof,
  ): Promise<void> {
    await this.suppress(contactKey, channel, reason, proof.source);
    for (const signup of signups) await this.withdraw(signup, channel, proof);
  }

  /** The contact is not used again on this channel. Again changes nothing. */
  async suppress(contactKey: string, channel: Channel, reason: string, source: string): Promise<void> {
    await this.db.query(
      `insert into suppressions (contact_key, channel, reason, source) values ($1, $2, $3, $4)
       on conflict (contact_key, channel, reason) where lifted_at is null do nothing`,
      [contactKey, channel, reason, source],
    );
  }

  /**
   * The owner comes back: an unsubscribe, a STOP or a deletion is lifted, a complaint or a bounce never is (RULES §6).
   * @param reasons only these: a YES by text undoes no STOP
   */
  async lift(contactKey: string, channel: Channel, reasons: readonly string[] = liftable): Promise<void> {
    await this.db.query(
      `update suppressions set lifted_at = campaign_now()
       where contact_key = $1 and channel = $2 and reason = any($3) and lifted_at is null`,
      [contactKey, channel, reasons],
    );
  }

  /** Why a contact must not be used on a channel; empty when it may. */
  async reasonsAgainst(contactKey: string, channel: Channel): Promise<string[]> {
    const rows = await this.db.query<{ reason: string }[]>(
      `select reason from suppressions where contact_key = $1 and channel = $2 and lifted_at is null`,
      [contactKey, channel],
    );
    return rows.map(({ reason }) => reason);
  }
}

/** What an owner's own act ended, and so another can bring back. */
export const liftable: readonly string[] = ['unsubscribed', 'stop', 'opted_out', 'deleted'];

const keyOf = (signup: SignupView, channel: Channel) =>
  channel === 'email' ? signup.emailKey : signup.phoneKey;
