import type { EntityManager } from 'typeorm';
import type { Brought } from '#domain';
import { tokenHash } from './keyring.js';

/** What somebody who was brought counts for, to whoever brought them: only once they said yes themselves (decision 32). */
const joined = `(s.standing = 'joined' and s.opted_in_at is not null)`;
const done = `(${joined} and coalesce(s.outcome in ('filed', 'answered'), false))`;

/** Who brought whom. A code is a link's token: derived, and known by its hash alone. */
export class Referrals {
  constructor(private readonly db: EntityManager) {}

  /**
   * A signup that came by a code counts as brought by its owner: the first code wins. One of another campaign, one's own, and one that
   * nobody has change nothing.
   */
  async credit(signupId: string, code: string): Promise<void> {
    await this.db.query(
      `with tie as (
         insert into referrals (by_signup_id, signup_id)
         select o.id, s.id from tokens t join signups o on o.id = t.signup_id
         join signups s on s.id = $1 and s.campaign_id = o.campaign_id and s.supporter_id <> o.supporter_id
         where t.hash = $2 and t.purpose = 'refer' and t.revoked_at is null
         on conflict (signup_id) do nothing returning signup_id
       )
       update signups set referred = true from tie where id = tie.signup_id`,
      [signupId, tokenHash(code)],
    );
  }

  /**
   * Of whom a signup's code brought, those who said yes themselves, and did it.
   * @returns null for a signup from before there were codes, until it is given one
   */
  async broughtBy(signupId: string): Promise<Brought | null> {
    const [row] = await this.db.query<Brought[]>(
      `select count(*) filter (where coalesce(r.joined, ${joined}))::int as joined,
         count(*) filter (where coalesce(r.done, ${done}))::int as done
       from tokens t left join referrals r on r.by_signup_id = t.signup_id left join signups s on s.id = r.signup_id
       where t.signup_id = $1 and t.purpose = 'refer' and t.revoked_at is null group by t.signup_id`,
      [signupId],
    );
    return row ?? null;
  }

  /** A person is forgotten: nobody knows any more whom they brought, nor by whom they came; counts stay. */
  async forget(supporterId: string): Promise<void> {
    await this.db.query(
      `update referrals r set signup_id = null, joined = ${joined}, done = ${done}
       from signups s where s.id = r.signup_id and s.supporter_id = $1`,
      [supporterId],
    );
    await this.db.query(
      `delete from referrals where by_signup_id in (select id from signups where supporter_id = $1)`,
      [supporterId],
    );
  }
}
