import type { EntityManager } from 'typeorm';
import type { Channel } from '#domain';
import type { SignupView } from './signups.js';

export type ReminderKind =
  | 'rung'
  | 'alert'
  | 'follow_up'
  | 'welcome'
  | 'nudge'
  | 'sms_optin'
  | 'last_call'
  | 'snooze'
  | 'reply'
  | 'ended'
  | 'result'
  | 'invitation';

/** A message with a moment of its own, inserted by the transaction that causes it. */
export type PersonalReminder = {
  kind: ReminderKind;
  key: string;
  channel: Channel;
  dueAt: Date | null;
  expiresAt: Date;
};

/** One hand-over's permission: who, what and until when; contacts are sealed. */
export type ClaimedReminder = {
  id: string;
  campaignId: string;
  signupId: string;
  coalitionId: string;
  kind: ReminderKind;
  key: string;
  channel: Channel;
  fence: number;
  tries: number;
  expiresAt: Date;
  /** The campaign's clock at the check. */
  now: Date;
  checkedAt: Date;
  language: string;
  zone: string;
  contact: string;
  contactKey: string;
  name: string | null;
  tokenKey: string;
};

export type Settled = {
  campaignId: string;
  id: string;
  fence: number;
  outcome: 'sent' | 'failed' | 'later' | 'ambiguous';
  reason?: string | undefined;
  providerId?: string | undefined;
  retrySeconds?: number | undefined;
};

export type ProgressRow = {
  kind: ReminderKind;
  rungId: string | null;
  channel: Channel;
  planned: number;
  sent: number;
  skipped: Record<string, number>;
  failed: Record<string, number>;
  unknown: number;
};

/** The ledger (RULES §4). Leases and fences go by the database's real clock, moments by `campaign_now()`. */
export class Reminders {
  constructor(private readonly db: EntityManager) {}

  /** Intents that exist already stay as they are (promise 1). @returns how many are new */
  async add(
    signup: Pick<SignupView, 'id' | 'campaignId' | 'supporterId' | 'coalitionId' | 'phoneKey'>,
    personal: PersonalReminder[],
  ): Promise<number> {
    const rows = await this.db.query<unknown[]>(
      `insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, phone_key, kind, key, channel, due_at, expires_at)
       select $1, $2, $3, $4, case x.channel when 'sms' then $5 end, x.kind, x.key, x.channel, coalesce(x.due_at, campaign_now()), x.expires_at
       from jsonb_to_recordset($6) as x(kind text, key text, channel text, due_at timestamptz, expires_at timestamptz)
       where x.expires_at > coalesce(x.due_at, campaign_now())
       on conflict do nothing returning 1`,
      [
        signup.campaignId,
        signup.supporterId,
        signup.id,
        signup.coalitionId,
        signup.phoneKey,
        JSON.stringify(
          personal.map(({ kind, key, channel, dueAt, expiresAt }) => ({
            kind,
            key,
            channel,
            due_at: dueAt,
            expires_at: expiresAt,
          })),
        ),
      ],
    );
    return rows.length;
  }

  /**
   * Skips what is still due for these signups on a channel. What a claim looks at just now is left to that claim's
   * own check: waiting for it could deadlock, since it may wait for the signup that is held here.
   */
  async cancel(
    signups: Pick<SignupView, 'campaignId' | 'supporterId'>[],
    channel: Channel,
    reason: string,
  ): Promise<void> {
    await this.db.query(
      `update reminders r set state = 'skipped', reason = $3, settled_at = clock_timestamp()
       from (
         select r.campaign_id, r.id
         from unnest($1::uuid[], $2::uuid[]) as x(campaign_id, supporter_id)
         join reminders r on r.campaign_id = x.campaign_id and r.supporter_id = x.supporter_id
         where r.channel = $4 and r.state = 'due' and r.kind <> 'reply'
         for update of r skip locked
       ) as pending
       where r.campaign_id = pending.campaign_id and r.id = pending.id`,
      [signups.map((s) => s.campaignId), signups.map((s) => s.supporterId), reason, channel],
    );
  }

  /** Campaigns and channels that have something to hand over now. */
  dueNow(): Promise<{ campaignId: string; channel: Channel }[]> {
    return this.db.query(
      `select c.id as "campaignId", ch.channel from campaigns c cross join (values ('email'), ('sms')) as ch(channel)
       where c.status not in ('draft', 'paused') and exists (
         select from reminders r where r.campaign_id = c.id and r.channel = ch.channel and r.state = 'due'
           and r.due_at <= (select campaign_now()) and (r.not_before is null or r.not_before <= now()))
       order by c.deadline_at nulls last`,
    );
  }

  /**
   * Takes due reminders and re-checks each: consent, confirmation, suppression, campaign, window and expiry, on rows
   * that are held, so that nothing committed before the claim is overlooked (promise 5). What fails the check is
   * skipped with its reason.
   * What somebody is changing at this moment is left for the next look.
   * @param limit no more than can be handed over within a second
   * @param leaseSeconds longer than every time-out of a hand-over together
   * @returns what to hand over, and how many were looked at: while that is not 0, more may be due
   */
  async claim(
    campaignId: string,
    channel: Channel,
    limit: number,
    leaseSeconds: number,
  ): Promise<{ claimed: ClaimedReminder[]; examined: number }> {
    const rows = await this.db.query<(ClaimedReminder & { examined: number })[]>(claim, [
      campaignId,
      channel,
      limit,
      leaseSeconds,
    ]);
    return { claimed: rows.filter(({ id }) => id !== null), examined: rows[0]!.examined };
  }

  /**
   * Records hand-overs. A result whose fence is stale is refused: somebody else has the reminder now.
   * @returns how many were accepted
   */
  async settle(results: Settled[]): Promise<number> {
    if (results.length === 0) return 0;
    const [row] = await this.db.query<{ settled: number }[]>(settle, [
      JSON.stringify(
        results.map(({ campaignId, providerId, retrySeconds, ...rest }) => ({
          ...rest,
          campaign_id: campaignId,
          provider_id: providerId,
          retry_seconds: retrySeconds ?? 60,
        })),
      ),
    ]);
    return row!.settled;
  }

  /** Gives back a claim whose hand-over did not begin within a second of its check; it is checked again. */
  async release(claims: Pick<ClaimedReminder, 'campaignId' | 'id' | 'fence'>[]): Promise<void> {
    await this.db.query(
      `update reminders r set state = 'due', lease_until = null, tries = tries - 1
       from jsonb_to_recordset($1) as x("campaignId" uuid, id bigint, fence int)
       where r.campaign_id = x."campaignId" and r.id = x.id and r.fence = x.fence and r.state = 'sending'`,
      [JSON.stringify(claims)],
    );
  }

  /**
   * Leases that ran out (promise 3): email is due again, a text becomes unknown and is never handed over again.
   * @param all those that still run, too: only for whoever knows that nobody else hands anything over
   */
  async reclaim({ all = false } = {}): Promise<number> {
    const [row] = await this.db.query<{ reclaimed: number }[]>(
      `with lost as (
         select campaign_id, id, channel, fence, checked_at from reminders
         where state = 'sending' and ($1 or lease_until < clock_timestamp()) for update skip locked
       ), back as (
         update reminders r set lease_until = null, state = case r.channel when 'email' then 'due' else 'unknown' end
         from lost where r.campaign_id = lost.campaign_id and r.id = lost.id returning 1
       ), noted as (
         insert into attempts (campaign_id, reminder_id, fence, outcome, reason, checked_at)
         select campaign_id, id, fence, 'ambiguous', 'lease_expired', checked_at from lost on conflict do nothing
       )
       select count(*)::int as reclaimed from back`,
      [all],
    );
    return row!.reclaimed;
  }

  /** What nobody may send any more is skipped, whatever held it up. */
  async expire(limit = 10_000): Promise<number> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update reminders r set state = 'skipped', reason = 'expired', settled_at = clock_timestamp()
       from (select campaign_id, id from reminders where state = 'due' and expires_at <= (select campaign_now())
             limit $1 for update skip locked) as old
       where r.campaign_id = old.campaign_id and r.id = old.id returning 1`,
      [limit],
    );
    return rows.length;
  }

  /**
   * What the provider says later, or sooner than our own record. Doubled and reordered receipts end in the same state:
   * `sending` and `unknown` become `sent` or `failed`, `sent` may become `failed`, nothing goes back.
   * @param reference the reminder, as the callback's address names it
   * @returns whether the message is ours
   */
  async receive(
    provider: string,
    receipt: {
      providerId: string;
      status: string;
      code?: string | undefined;
      state: 'sent' | 'failed' | null;
      reason?: string | undefined;
    },
    reference: { campaignId: string; id: string },
  ): Promise<boolean> {
    const ours = await this.db.query<unknown[]>(
      `select from reminders where campaign_id = $1 and id = $2 and state not in ('due', 'skipped')
         and (provider_id is null or provider_id = $3)`,
      [reference.campaignId, reference.id, receipt.providerId],
    );
    if (ours.length === 0) return false;
    await this.db.query(
      `insert into receipts (provider, provider_id, status, code, campaign_id, reminder_id) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [
        provider,
        receipt.providerId,
        receipt.status,
        receipt.code ?? null,
        reference.campaignId,
        reference.id,
      ],
    );
    if (receipt.state) {
      await this.db.query(
        `update reminders set state = $3, lease_until = null, reason = $4, provider_id = coalesce(provider_id, $5), settled_at = coalesce(settled_at, clock_timestamp())
         where campaign_id = $1 and id = $2 and (state in ('sending', 'unknown') or state = 'sent' and $3 = 'failed')`,
        [
          reference.campaignId,
          reference.id,
          receipt.state,
          receipt.state === 'failed' ? (receipt.reason ?? 'undelivered') : null,
          receipt.providerId,
        ],
      );
    }
    return true;
  }

  /** Whom the last text of these kinds to a phone addressed, not longer ago than `days`. */
  async lastText(
    phoneKey: string,
    kinds: ReminderKind[],
    days: number,
  ): Promise<{ signupId: string; campaignId: string } | null> {
    const [row] = await this.db.query<{ signupId: string; campaignId: string }[]>(
      `select signup_id as "signupId", campaign_id as "campaignId" from reminders
       where phone_key = $1 and channel = 'sms' and kind = any($2) and state in ('sending', 'sent', 'unknown')
         and due_at > campaign_now() - make_interval(days => $3)
       order by due_at desc, id desc limit 1`,
      [phoneKey, kinds, days],
    );
    return row ?? null;
  }

  /** How many opt-in messages a person got in the last year, and when the last was due. */
  async optInMessages(supporterId: string): Promise<{ inAYear: number; lastAt: Date | null }> {
    const [row] = await this.db.query<{ inAYear: number; lastAt: Date | null }[]>(
      `select count(*)::int as "inAYear", max(r.due_at) filter (where r.due_at <= campaign_now()) as "lastAt"
       from signups s join reminders r on r.campaign_id = s.campaign_id and r.supporter_id = s.supporter_id
       where s.supporter_id = $1 and r.kind in ('welcome', 'nudge') and r.channel = 'email' and r.state <> 'skipped'
         and r.due_at > campaign_now() - interval '1 year'`,
      [supporterId],
    );
    return row!;
  }

  progress(campaignId: string): Promise<ProgressRow[]> {
    return this.db.query(
      `select kind, "rungId", channel, sum(n)::int as planned,
         coalesce(sum(n) filter (where state = 'sent'), 0)::int as sent,
         coalesce(jsonb_object_agg(reason, n) filter (where state = 'skipped'), '{}') as skipped,
         coalesce(jsonb_object_agg(reason, n) filter (where state = 'failed'), '{}') as failed,
         coalesce(sum(n) filter (where state = 'unknown'), 0)::int as unknown
       from (
         select kind, case when wave_id is not null then split_part(key, '#', 1) end as "rungId", channel, state, reason, count(*) as n
         from reminders where campaign_id = $1 group by 1, 2, 3, 4, 5
       ) as counted
       group by 1, 2, 3 order by 1, 2, 3`,
      [campaignId],
    );
  }
}

const agreed = `case r.channel when 'email' then s.email_since else s.sms_since end is not null`;

/** Asks for the act itself, so it is of no use in the last half hour. */
const asks = `r.kind in ('rung', 'last_call', 'snooze', 'welcome', 'nudge', 'sms_optin')`;

/** Another opt-in mail goes to the same person on this day (RULES §6). Its own campaign's come a day apart to the second. */
const nudgedToday = `exists (
  select from signups o join reminders n on n.campaign_id = o.campaign_id and n.supporter_id = o.supporter_id
  where o.supporter_id = r.supporter_id and n.channel = 'email' and n.id <> r.id
    and (n.kind = 'welcome' and n.state in ('due', 'sending', 'sent') or n.kind = 'nudge' and n.state in ('sending', 'sent'))
    and abs(extract(epoch from n.due_at - r.due_at)) < 23 * 3600)`;

const claim = `
  with due as (
    select r.campaign_id, r.id from reminders r
    where r.campaign_id = $1 and r.channel = $2 and r.state = 'due' and r.due_at <= (select campaign_now())
      and (r.not_before is null or r.not_before <= now())
      and exists (select from campaigns c where c.id = $1 and c.status not in ('draft', 'paused'))
    order by r.due_at, r.id limit $3 for update of r skip locked
  ), checked as (
    select r.campaign_id, r.id,
      case
        when c.status in ('draft', 'paused') then 'wait'
        when c.status = 'closed' and r.kind <> 'reply' then 'campaign_closed'
        when r.expires_at <= (select campaign_now()) then 'expired'
        when ${asks} and c.deadline_at - interval '30 minutes' <= (select campaign_now()) then 'expired'
        when case r.channel when 'email' then p.email is null else p.phone_key is distinct from r.phone_key end then 'no_address'
        when r.kind = 'reply' then null
        when s.done_at is not null and r.kind <> 'result' and not (r.kind = 'alert' and s.updates) then 'already_confirmed'
        when r.kind in ('nudge', 'sms_optin') and (${agreed}) then 'already_agreed'
        when r.kind not in ('welcome', 'nudge', 'sms_optin') and not (${agreed})
          then case when s.opted_in_at is null then 'no_consent' else 'revoked' end
        when r.kind in ('rung', 'alert', 'follow_up') and exists (
          select from rungs g where g.campaign_id = r.campaign_id and g.id = split_part(r.key, '#', 1)
            and g.withdrawn_at is not null) then 'replanned'
        when exists (
          select from suppressions x where x.channel = r.channel and x.lifted_at is null
            and (r.kind <> 'welcome' or x.reason <> 'unsubscribed')
            and x.contact_key = case r.channel when 'email' then p.email_key else r.phone_key end) then 'suppressed'
        when r.kind = 'nudge' and ${nudgedToday} then 'capped'
        when r.kind = 'welcome' then null
        when not ((select campaign_now()) at time zone p.zone)::time
          between case r.channel when 'email' then time '07:00' else '08:00' end and time '20:59:59.999999' then 'outside_window'
      end as verdict,
      p.language, p.zone, case r.channel when 'email' then p.email else p.phone end as contact,
      case r.channel when 'email' then p.email_key else p.phone_key end as contact_key, p.name, s.token_key
    from due
    join reminders r on r.campaign_id = due.campaign_id and r.id = due.id
    join campaigns c on c.id = r.campaign_id
    join signups s on s.id = r.signup_id
    join supporters p on p.id = s.supporter_id
    for share of c
    for share of s skip locked
  ), refused as (
    update reminders r set
      state = case when k.verdict in ('wait', 'outside_window') then 'due' else 'skipped' end,
      reason = case when k.verdict in ('wait', 'outside_window') then null else k.verdict end,
      not_before = case when k.verdict in ('wait', 'outside_window') then now() + interval '5 minutes' end,
      settled_at = case when k.verdict in ('wait', 'outside_window') then null else clock_timestamp() end
    from checked k where k.verdict is not null and r.campaign_id = k.campaign_id and r.id = k.id
  ), claimed as (
    update reminders r set state = 'sending', fence = r.fence + 1, tries = r.tries + 1, not_before = null,
      checked_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $4)
    from checked k where k.verdict is null and r.campaign_id = k.campaign_id and r.id = k.id
    returning r.*, k.language, k.zone, k.contact, k.contact_key, k.name, k.token_key
  )
  select examined, id, campaign_id as "campaignId", signup_id as "signupId", coalition_id as "coalitionId", kind, key, channel,
    fence, tries, expires_at as "expiresAt", campaign_now() as now,
    checked_at as "checkedAt", language, zone, contact, contact_key as "contactKey", name, token_key as "tokenKey"
  from (select count(*)::int as examined from due) as looked left join claimed on true`;

const settle = `
  with results as (
    select * from jsonb_to_recordset($1) as x(campaign_id uuid, id bigint, fence int, outcome text, reason text, provider_id text, retry_seconds int)
  ), settled as (
    update reminders r set
      state = case
        when x.outcome in ('sent', 'failed') then x.outcome
        when x.outcome = 'ambiguous' and r.channel = 'sms' then 'unknown'
        else 'due' end,
      reason = case when x.outcome in ('failed', 'ambiguous') then coalesce(x.reason, x.outcome) end,
      provider_id = coalesce(x.provider_id, r.provider_id),
      lease_until = null,
      not_before = case when x.outcome in ('later', 'ambiguous') then now() + make_interval(secs => x.retry_seconds) end,
      settled_at = case when x.outcome in ('sent', 'failed') then clock_timestamp() end
    from results x
    where r.campaign_id = x.campaign_id and r.id = x.id and r.fence = x.fence and r.state = 'sending'
    returning 1
  ), noted as (
    insert into attempts (campaign_id, reminder_id, fence, outcome, reason, provider_id, checked_at)
    select r.campaign_id, r.id, r.fence, x.outcome, x.reason, x.provider_id, r.checked_at
    from results x join reminders r on r.campaign_id = x.campaign_id and r.id = x.id and r.fence = x.fence
    on conflict do nothing
  )
  select count(*)::int as settled from settled`;
