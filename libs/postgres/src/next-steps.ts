import type { EntityManager } from 'typeorm';
import { Consents, type Proof } from './consents.js';
import { type Keyring, signupPurposes, tokenHash } from './keyring.js';
import type { SignupView } from './signups.js';

export type Invited = { invited: number; already: number; suppressed: number };

const purposes = [...signupPurposes, 'join'] as const;
const nobody = '00000000-0000-0000-0000-000000000000';

/** "Tell me about the next step" (RULES §6): a consent of its own, for one email that invites to a new campaign. */
export class NextSteps {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** The mail that asks whoever came late: once per campaign and person. Counts among the address's opt-in mails. */
  async ask(signup: SignupView, dueAt: Date, expiresAt: Date): Promise<void> {
    await this.db.query(
      `with asked as (
         insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, due_at, expires_at)
         values ($1, $2, $3, $4, 'ended', '1', 'email', $5, $6) on conflict do nothing
         returning campaign_id, supporter_id, kind, key, due_at
       )
       insert into opt_in_mails (campaign_id, supporter_id, kind, key, email_key, due_at)
       select campaign_id, supporter_id, kind, key, $7, due_at from asked on conflict do nothing`,
      [
        signup.campaignId,
        signup.supporterId,
        signup.id,
        signup.coalitionId,
        dueAt,
        expiresAt,
        signup.emailKey,
      ],
    );
  }

  /** The owner agrees to be told. @returns whether it was news */
  async agree(signup: SignupView, proof: Proof): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update signups set next_step = true where id = $1 and not next_step returning id`,
      [signup.id],
    );
    if (rows.length === 0) return false;
    await new Consents(this.db, this.keys).write(signup, 'next_step', 'granted', proof);
    return true;
  }

  /** No more of it, in any of these signups. */
  async withdraw(signups: SignupView[], proof: Proof): Promise<void> {
    const [rows] = await this.db.query<[{ id: string }[], number]>(
      `update signups set next_step = false where id = any($1) and next_step returning id`,
      [signups.map(({ id }) => id)],
    );
    for (const signup of signups.filter(({ id }) => rows.some((row) => row.id === id)))
      await new Consents(this.db, this.keys).write(signup, 'next_step', 'withdrawn', proof);
  }

  /**
   * Invites a chunk of those who agreed in these campaigns: a signup that nobody counts or reminds until its owner
   * presses the button, and one email. Each yes is good for one invitation. Through which coalition: the one they
   * joined first, if it recruits here, else the nearest above it that does, else the campaign's first.
   * @param after the last person of the chunk before
   * @returns what became of them, and the last person; null when nobody is left
   */
  async invite(
    campaignId: string,
    from: string[],
    expiresAt: Date,
    after = nobody,
    chunk = 1_000,
  ): Promise<(Invited & { last: string }) | null> {
    const [step] = await this.db.query<
      { last: string | null; ids: string[] | null; already: number; suppressed: number }[]
    >(invitation, [campaignId, from, after, chunk, this.keys.tokenKey, expiresAt]);
    const { last, ids, already, suppressed } = step!;
    if (!last) return null;
    const invited = ids ?? [];
    await this.db.query(
      `insert into tokens (signup_id, hash, purpose) select * from unnest($1::uuid[], $2::bytea[], $3::text[])`,
      [
        invited.flatMap((id) => purposes.map(() => id)),
        invited.flatMap((id) =>
          purposes.map((purpose) => tokenHash(this.keys.token(this.keys.tokenKey, id, purpose))),
        ),
        invited.flatMap(() => purposes),
      ],
    );
    return { last, invited: invited.length, already, suppressed };
  }
}

const invitation = `
  with asked as materialized (
    select distinct on (s.supporter_id) s.supporter_id, s.coalition_id, p.email_key
    from signups s join supporters p on p.id = s.supporter_id
    where s.campaign_id = any($2) and s.next_step and p.email is not null and s.supporter_id > $3
    order by s.supporter_id, s.signed_up_at, s.id limit $4
  ), judged as materialized (
    select a.*,
      exists (select from signups o where o.campaign_id = $1 and o.supporter_id = a.supporter_id)
      or exists (
        select from signups o join reminders r on r.campaign_id = o.campaign_id and r.supporter_id = o.supporter_id
        where o.supporter_id = a.supporter_id and r.kind = 'invitation' and r.state not in ('skipped', 'failed')
          and r.created_at > (
            select max(k.recorded_at) from consents k where k.supporter_id = a.supporter_id
              and k.campaign_id = any($2) and k.scope = 'next_step' and k.action = 'granted')) as already,
      exists (
        select from suppressions x where x.contact_key = a.email_key and x.channel = 'email' and x.lifted_at is null) as suppressed
    from asked a
  ), invited as (
    insert into signups (campaign_id, supporter_id, coalition_id, standing, token_key)
    select $1, supporter_id, coalesce(
      (with recursive line as (
         select j.coalition_id as id, 0 as steps
         union all
         select c.parent_id, line.steps + 1 from line join coalitions c on c.id = line.id where c.parent_id is not null
       )
       select line.id from line join campaign_coalitions cc on cc.coalition_id = line.id and cc.campaign_id = $1
       order by line.steps limit 1),
      (select c.id from campaign_coalitions cc join coalitions c on c.id = cc.coalition_id
       where cc.campaign_id = $1 order by c.created_at, c.id limit 1)), 'invited', $5
    from judged j where not already and not suppressed
    on conflict do nothing returning id, supporter_id, coalition_id
  ), written as (
    insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, due_at, expires_at, plan)
    select $1, i.supporter_id, i.id, i.coalition_id, 'invitation', '1', 'email',
      case when wall.now::time between '07:00' and '20:30' then campaign_now()
        else (wall.now::date + case when wall.now::time < '07:00' then 0 else 1 end + time '07:00') at time zone p.zone end,
      $6, c.plan
    from invited i join campaigns c on c.id = $1 join supporters p on p.id = i.supporter_id
    cross join lateral (select campaign_now() at time zone p.zone as now) as wall
  )
  select (select max(supporter_id::text) from asked) as last, (select array_agg(id) from invited) as ids,
    (select count(*)::int from judged where already) as already,
    (select count(*)::int from judged where suppressed and not already) as suppressed`;
