import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { tokenHash } from './keyring.js';

export type Role = 'administrator' | 'organizer' | 'leader';
/** Who calls: a person who signed in, or a script's key. */
export type StaffKey = {
  kind: 'person' | 'key';
  id: string;
  name: string;
  role: Role;
  coalitionId: string | null;
};

/** Keys that scripts come in with; only their hashes are stored. */
export class Staff {
  constructor(private readonly db: EntityManager) {}

  /** @returns the key itself, which is shown once and never stored */
  async createKey(name: string, role: Role, coalitionId: string | null = null): Promise<string> {
    const key = `db_${randomBytes(24).toString('base64url')}`;
    await this.keep(key, name, role, coalitionId);
    return key;
  }

  /** Makes a key that was chosen elsewhere valid; a second time changes nothing. */
  async keep(key: string, name: string, role: Role, coalitionId: string | null = null): Promise<void> {
    await this.db.query(
      `insert into api_keys (name, hash, role, coalition_id) values ($1, $2, $3, $4) on conflict (hash) do nothing`,
      [name, tokenHash(key), role, coalitionId],
    );
  }

  async byKey(key: string): Promise<StaffKey | null> {
    const [row] = await this.db.query<StaffKey[]>(
      `select 'key' as kind, id, name, role, coalition_id as "coalitionId" from api_keys where hash = $1 and revoked_at is null`,
      [tokenHash(key)],
    );
    return row ?? null;
  }

  /** Makes the leader's link of a coalition in a campaign valid (see `Keyring.token`); again changes nothing. */
  async openLeaderLink(token: string, campaignId: string, coalitionId: string): Promise<void> {
    await this.db.query(
      `insert into tokens (hash, purpose, campaign_id, coalition_id) values ($1, 'leader', $2, $3) on conflict do nothing`,
      [tokenHash(token), campaignId, coalitionId],
    );
  }

  /** @returns whose figures the link shows; null when unknown, revoked or ended 30 days after the campaign's close */
  async leaderOf(token: string): Promise<{ campaignId: string; coalitionId: string } | null> {
    const [row] = await this.db.query<{ campaignId: string; coalitionId: string }[]>(
      `select t.campaign_id as "campaignId", t.coalition_id as "coalitionId"
       from tokens t join campaigns c on c.id = t.campaign_id
       where t.hash = $1 and t.purpose = 'leader' and t.revoked_at is null
         and coalesce(c.closed_at + interval '30 days' > campaign_now(), true)`,
      [tokenHash(token)],
    );
    return row ?? null;
  }
}
