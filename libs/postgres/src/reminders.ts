import { randomInt } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Channel, ReminderKind } from '#domain';
import { overAt } from './campaigns.js';
import { countsOf } from './counts.js';
import { prepared } from './prepared.js';
import type { SignupView } from './signups.js';

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
  /** The campaign's at the check, and which round it began. */
  deadlineAt: Date | null;
  round: number;
  /** The campaign's plan at the check: words and deadline of an older one are out of date. */
  plan: number;
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
  /** Due by now or in flight. */
  waiting: number;
  /**
   * Sent or refused for good in the last five minutes, or since the first of them if that is less; at least over one, unless
   * the last hand-overs that are looked at are all younger.
   */
  ratePerMinute: number;
  /** Until nothing waits, at this rate; null when nothing waits, nothing goes, or the campaign is paused or closed. */
  secondsLeft: number | null;
};

/** A reminder that was skipped or failed; its contact is sealed, and null where the person has none any more. */
export type EndedReminder = {
  id: string;
  signupId: string;
  coalitionId: string;
  kind: ReminderKind;
  rungId: string | null;
  channel: Channel;
  reason: string;
  at: Date;
  contact: string | null;
};

function personalParameters(signup: Addressee, personal: PersonalReminder[]): unknown[] {
  const rows = personal.map(({ kind, key, channel, dueAt, expiresAt }) => ({
    kind,
    key,
    channel,
    due_at: dueAt,
    expires_at: expiresAt,
  }));
  const { campaignId, supporterId, id, coalitionId, phoneKey, zone, smsWindow } = signup;
  return [campaignId, supporterId, id, coalitionId, phoneKey, zone, smsWindow, JSON.stringify(rows)];
}

type Addressee = Pick<
  SignupView,
  'id' | 'campaignId' | 'supporterId' | 'coalitionId' | 'phoneKey' | 'zone' | 'smsWindow'
>;

/** The ledger (RULES §4). Leases and fences go by the database's real clock, moments by `campaign_now()`. */
export class Reminders {
  constructor(private readonly db: EntityManager) {}

  /** Intents that exist already stay as they are (promise 1). @returns how many are new */
  async add(signup: Addressee, personal: PersonalReminder[]): Promise<number> {
    const rows = await prepared(
      this.db,
      'add-personal',
      `${personalRows}
       insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, phone_key, kind, key, channel, due_at, expires_at, plan, zone, sms_window)
       select * from personal where expires_at > due_at on conflict do nothing returning 1`,
      personalParameters(signup, personal),
    );
    return rows.length;
  }

  /**
   * A person's moments are planned anew: what is still due moves, what was skipped is taken up again unless the person has
   * had their share, what is new is added. What is in flight keeps its place there and is planned anew should it come
   * back; what a claim looks at just now is left to it, since waiting for it could deadlock.
   * @param kinds what the new plan is about: of these, what is due and no longer in it is skipped, `replanned`
   */
  async replan(signup: Addressee, kinds: ReminderKind[], personal: PersonalReminder[]): Promise<void> {
    const parameters = personalParameters(signup, personal);
    await this.db.query(
      `${personalRows}
       update reminders r set state = 'skipped', reason = 'replanned', settled_at = clock_timestamp()
       from (
         select r.id from reminders r
         where r.campaign_id = $1 and r.supporter_id = $2 and r.kind = any($9) and r.state = 'due'
           and not exists (select from personal x where (x.kind, x.key, x.channel) = (r.kind, r.key, r.channel))
         for update of r skip locked
       ) as gone
       where r.campaign_id = $1 and r.id = gone.id`,
      [...parameters, kinds],
    );
    await this.db.query(
      `${personalRows}, moving as (
         select r.id, x.* from reminders r join personal x on (x.kind, x.key, x.channel) = (r.kind, r.key, r.channel)
         where r.campaign_id = $1 and r.supporter_id = $2 and x.expires_at > x.due_at
           and (r.state in ('due', 'sending') or r.state = 'skipped' and r.reason not in ('capped', 'shared_phone'))
           and not exists (
             select from reminders o where o.campaign_id = $1 and o.key = x.key and o.phone_key = x.phone_key and o.id <> r.id
               and x.kind = 'last_call' and o.kind in ('rung', 'alert', 'last_call') and o.channel = 'sms' and o.state <> 'skipped')
         for update of r skip locked
       )
       update reminders r set
         state = case r.state when 'sending' then 'sending' else 'due' end,
         reason = null, settled_at = null, not_before = null, due_at = x.due_at,
         expires_at = x.expires_at, plan = x.plan, zone = x.zone, sms_window = x.sms_window, phone_key = x.phone_key
       from moving x where r.campaign_id = $1 and r.id = x.id`,
      parameters,
    );
    await this.add(signup, personal);
  }

  /**
   * A plan was replaced: what it had due from waves is taken back, to be taken up by the new one. What a claim looks at
   * just now is left to that claim's own check, which refuses an old plan.
   * @param plan the new plan's number
   */
  async takeBack(campaignId: string, plan: number): Promise<void> {
    await this.db.query(
      `update reminders r set state = 'skipped', reason = 'replanned', settled_at = clock_timestamp()
       from (select id from reminders where campaign_id = $1 and state = 'due' and plan <> $2 and kind in ('rung', 'alert', 'follow_up')
             for update skip locked) as old
       where r.campaign_id = $1 and r.id = old.id`,
      [campaignId, plan],
    );
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

  /** Campaigns and channels that have something to hand over now. Every worker asks several times a second. */
  dueNow(): Promise<{ campaignId: string; channel: Channel }[]> {
    return prepared(
      this.db,
      'due_now',
      `select c.id as "campaignId", ch.channel from campaigns c cross join (values ('email'), ('sms')) as ch(channel)
       where c.status not in ('draft', 'paused') and exists (
         select from reminders r where r.campaign_id = c.id and r.channel = ch.channel and r.state = 'due'
           and r.due_at <= (select campaign_now()) and (r.not_before is null or r.not_before <= now()))
       order by c.deadline_at nulls last`,
      [],
    );
  }

  /**
   * Takes due reminders and re-checks each: consent, confirmation, suppression, campaign, window and expiry, on rows
   * that are held, so that nothing committed before the claim is overlooked (promise 5). What fails the check is
   * skipped with its reason.
   * What somebody is changing at this moment is left for the next look.
   * @param limit no more than can be handed over within a second
   * @param leaseSeconds longer than every time-out of a hand-over together
   * @param number of this claim alone; what it took can be given back by it
   * @returns what to hand over, and how many were looked at: while that is not 0, more may be due
   */
  async claim(
    campaignId: string,
    channel: Channel,
    limit: number,
    leaseSeconds: number,
    number = newClaim(),
  ): Promise<{ claimed: ClaimedReminder[]; examined: number }> {
    const part = await this.partOf(campaignId);
    const rows = await prepared<ClaimedReminder & { examined: number }>(
      this.db,
      `claim_${channel}_${part}`,
      (channel === 'sms' ? claimSms : claimEmail)(part),
      [campaignId, channel, limit, leaseSeconds, number],
    );
    return { claimed: rows.filter(({ id }) => id !== null), examined: rows[0]!.examined };
  }

  /** Tells the planner at once that many came, for what it plans for a table that it holds to be small. */
  async count(campaignId: string): Promise<void> {
    await this.db.query(`analyze (skip_locked) reminders_${await this.partOf(campaignId)}`);
  }

  /** The number of the campaign's own partition: what stays in it is planned for and locked alone. */
  private async partOf(campaignId: string): Promise<number> {
    const known = parts.get(campaignId);
    if (known !== undefined) return known;
    const [row] = await this.db.query<{ part: number }[]>(
      `select part from generate_series(0, ${partitions - 1}) as part
       where satisfies_hash_partition('reminders'::regclass, ${partitions}, part, $1::uuid)`,
      [campaignId],
    );
    parts.set(campaignId, row!.part);
    return row!.part;
  }

  /**
   * Records hand-overs. A result whose fence is stale is refused: somebody else has the reminder now.
   * @returns how many were accepted
   */
  async settle(results: Settled[]): Promise<number> {
    let settled = 0;
    for (const campaignId of new Set(results.map((result) => result.campaignId))) {
      const theirs = results.filter((result) => result.campaignId === campaignId);
      const part = await this.partOf(campaignId);
      const [row] = await prepared<{ settled: number }>(this.db, `settle_${part}`, settle(part), [
        campaignId,
        theirs.map(({ id }) => id),
        theirs.map(({ fence }) => fence),
        theirs.map(({ outcome }) => outcome),
        theirs.map(({ reason }) => reason ?? null),
        theirs.map(({ providerId }) => providerId ?? null),
        theirs.map(({ retrySeconds }) => retrySeconds ?? 60),
      ]);
      settled += row!.settled;
    }
    return settled;
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

  /** Gives back what these claims took: only for the worker that made them and never heard the answer. @returns how many */
  async disown(claims: number[]): Promise<number> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update reminders r set state = 'due', lease_until = null, tries = tries - 1
       from (select campaign_id, id from reminders where state = 'sending' and claim = any($1::bigint[]) for update) as unheard
       where r.campaign_id = unheard.campaign_id and r.id = unheard.id returning 1`,
      [claims],
    );
    return rows.length;
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

  /**
   * The result for those who asked for it, once the follow-ups of their campaign are over: at ten in the morning where they
   * are, a crowd at a time.
   * @returns how many were planned
   */
  async planResults(limit = 5_000): Promise<number> {
    const rows = await this.db.query<unknown[]>(
      `with over as (
         select c.id, c.plan, ${resultKey} as key, exists (
           select from signups s where s.campaign_id = c.id and ${awaitsResult(resultKey)}) as awaited
         from campaigns c where ${awaitsResults} for update of c skip locked
       ), told as (
         update campaigns set result_at = campaign_now() where id in (select id from over where not awaited)
       )
       insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, due_at, expires_at, plan)
       select s.campaign_id, s.supporter_id, s.id, s.coalition_id, 'result', c.key, 'email', x.at, x.at + interval '7 days', c.plan
       from over c join signups s on s.campaign_id = c.id and ${awaitsResult('c.key')} join supporters p on p.id = s.supporter_id
       cross join lateral (select campaign_now() at time zone p.zone as local) as n
       cross join lateral (
         select (date_trunc('day', n.local + interval '14 hours') + interval '10 hours') at time zone p.zone as at) as x
       limit $1 on conflict do nothing returning 1`,
      [limit],
    );
    return rows.length;
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

  /** What a person still has due or in flight of these kinds. */
  pending(
    { campaignId, supporterId }: Pick<SignupView, 'campaignId' | 'supporterId'>,
    kinds: ReminderKind[],
  ): Promise<{ kind: ReminderKind; key: string; channel: Channel; dueAt: Date; expiresAt: Date }[]> {
    return this.db.query(
      `select kind, key, channel, due_at as "dueAt", expires_at as "expiresAt" from reminders
       where campaign_id = $1 and supporter_id = $2 and kind = any($3) and state in ('due', 'sending') order by due_at`,
      [campaignId, supporterId, kinds],
    );
  }

  /**
   * What ended without being sent, newest first, as the figures of `progress` count it. Contacts are sealed.
   * @param after the cursor: the id of the last one seen
   */
  async ended(
    campaignId: string,
    {
      state,
      kind,
      rungId,
      channel,
      reason,
      after,
      limit = 50,
    }: Partial<Record<'kind' | 'rungId' | 'channel' | 'reason' | 'after', string | undefined>> & {
      state: 'skipped' | 'failed';
      limit?: number;
    },
  ): Promise<{ items: EndedReminder[]; nextCursor: string | null }> {
    const rows = await this.db.query<EndedReminder[]>(
      `select r.id, r.signup_id as "signupId", r.coalition_id as "coalitionId", r.kind,
         case when r.wave_id is not null then split_part(r.key, '#', 1) end as "rungId", r.channel, r.reason, r.settled_at as at,
         case r.channel when 'email' then p.email else p.phone end as contact
       from reminders r join supporters p on p.id = r.supporter_id
       where r.campaign_id = $1 and r.state = $2 and ($3::text is null or r.kind = $3)
         and ($4::text is null or r.wave_id is not null and split_part(r.key, '#', 1) = $4)
         and ($5::text is null or r.channel = $5) and ($6::text is null or r.reason = $6)
         and ($7::bigint is null or r.id < $7)
       order by r.id desc limit $8`,
      [campaignId, state, kind, rungId, channel, reason, after, limit + 1].map((value) => value ?? null),
    );
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
  }

  /** What ended is read off its counts, what has not is counted: neither waits for the other (decision 37). */
  progress(campaignId: string): Promise<ProgressRow[]> {
    return this.db.query(
      `with grouped as (
         select label[1] as kind, label[2] as "rungId", label[3] as channel, label[4] as state, label[5] as reason, n, 0 as waiting
         from ${countsOf('ended')} as ended
         union all
         select kind, ${rungOf}, channel, 'due', null, count(*), count(*) filter (where due_at <= (select campaign_now()))
         from reminders where campaign_id = $1 and state = 'due' group by 1, 2, 3
         union all
         select kind, ${rungOf}, channel, 'sending', null, count(*), count(*)
         from reminders where campaign_id = $1 and state = 'sending' group by 1, 2, 3
       ), counted as (
         select kind, "rungId", channel, sum(n)::int as planned,
           coalesce(sum(n) filter (where state = 'sent'), 0)::int as sent,
           coalesce(jsonb_object_agg(reason, n) filter (where state = 'skipped'), '{}') as skipped,
           coalesce(jsonb_object_agg(reason, n) filter (where state = 'failed'), '{}') as failed,
           coalesce(sum(n) filter (where state = 'unknown'), 0)::int as unknown,
           sum(waiting)::int as waiting
         from grouped group by 1, 2, 3
       ), latest as (
         select reminder_id, outcome, ended_at from attempts where campaign_id = $1 order by id desc limit ${latest}
       ), rates as (
         select kind, ${rungOf} as "rungId", channel,
           round(count(*) / greatest(extract(epoch from now() - min(ended_at)) / 60,
             case when (select count(*) from latest) < ${latest} then 1 else 0.01 end), 1)::float as "ratePerMinute"
         from latest join reminders on campaign_id = $1 and id = reminder_id
         where outcome in ('sent', 'failed') and ended_at > now() - interval '5 minutes' group by 1, 2, 3
       )
       select counted.*, coalesce("ratePerMinute", 0) as "ratePerMinute", case when status in ('running', 'ended')
         then ceil(60 * nullif(waiting, 0) / nullif("ratePerMinute", 0))::int end as "secondsLeft"
       from counted
       cross join (select status from campaigns where id = $1) as campaign
       left join rates on (rates.kind, rates.channel) = (counted.kind, counted.channel)
         and rates."rungId" is not distinct from counted."rungId"
       order by 1, 2, 3`,
      [campaignId],
    );
  }
}

/** A number that no other claim has. */
export const newClaim = () => randomInt(2 ** 48 - 1);

/** A campaign `c` whose follow-ups are over and whose result is not told yet. */
export const awaitsResults = `c.status = 'ended' and c.result_at is null and ${overAt} <= (select campaign_now())`;

/** Each end of a campaign has a result of its own: a deadline may move later after it. */
const resultKey = `'result#' || extract(epoch from c.ended_at)::bigint`;

/** Asked for the result and has none planned. */
const awaitsResult = (key: string) => `s.standing = 'joined' and s.updates and not exists (
  select from reminders r where r.campaign_id = s.campaign_id and r.supporter_id = s.supporter_id and r.kind = 'result'
    and r.key = ${key} and r.channel = 'email')`;

const rungOf = `case when wave_id is not null then split_part(key, '#', 1) end`;

/** So many hand-overs say how fast things go. */
const latest = 10_000;

/** Those whose moment was fitted into the windows of a place. */
const placed = `('nudge', 'sms_optin', 'last_call', 'snooze')`;

/** A person's own reminders as rows; a moment that is not given is now. */
const personalRows = `
  with personal as (
    select $1::uuid as campaign_id, $2::uuid as supporter_id, $3::uuid as signup_id, $4::uuid as coalition_id, case x.channel when 'sms' then $5::text end as phone_key, x.kind, x.key, x.channel,
      coalesce(x.due_at, campaign_now()) as due_at, x.expires_at, (select plan from campaigns where id = $1) as plan,
      case when x.kind in ${placed} then $6::text end as zone,
      case when x.kind in ${placed} and x.channel = 'sms' then $7::text end as sms_window
    from jsonb_to_recordset($8) as x(kind text, key text, channel text, due_at timestamptz, expires_at timestamptz)
  )`;

const agreed = `case r.channel when 'email' then s.email_since else s.sms_since end is not null`;

/** Asks for the act itself, so it is of no use in the last half hour. */
const asks = `r.kind in ('rung', 'last_call', 'snooze', 'welcome', 'nudge', 'sms_optin')`;

/** Comes of a wave, which takes it up again when the plan has changed. */
const planned = `r.kind in ('rung', 'alert', 'follow_up')`;

/** Of the ladder, so one a day; and what of three in 24 hours, replies and codes that somebody waits for aside (RULES §6). */
const ofLadder = `channel = 'sms' and kind in ('rung', 'last_call')`;
const rationed = `channel = 'sms' and kind not in ('reply', 'data')`;

/** What an owner asks for goes to an unsubscribed address too, never to one that bounced or complained. */
const suppressed = `exists (
  select from suppressions x where x.channel = r.channel and x.lifted_at is null
    and (r.kind not in ('welcome', 'ended', 'data') or x.reason <> 'unsubscribed')
    and (r.kind not in ('welcome', 'ended', 'data', 'sms_optin') or x.reason <> 'deleted')
    and x.contact_key = case r.channel when 'email' then p.email_key else r.phone_key end)`;

const stillCounts = (row: string) => `text_still_counts(${row}.campaign_id, ${row}.reminder_id)`;

/** The phone had its text of a ladder on this local day; one that this claim looks at too is judged first. */
const dayIsTaken = `exists (
  select from text_days d where d.phone_key = r.phone_key and d.day = (campaign_now() at time zone p.zone)::date
    and (d.campaign_id, d.reminder_id) not in (select campaign_id, id from due) and ${stillCounts('d')})`;

/** What this very claim passes over holds nothing any longer, though the row does not say so yet. */
const holds = (row: string) => `(${stillCounts(row)} and not exists (
  select from checked x where ${sameReminder(row, 'x.campaign_id, x.id')} and x.verdict not in ('wait', 'outside_window')))`;

const sameReminder = (row: string, reminder: string) =>
  `(${row}.campaign_id, ${row}.reminder_id) = (${reminder})`;

/** As many as the ledger was made with. */
const partitions = 16;
/** Which partition a campaign has never changes. */
const parts = new Map<string, number>();

/**
 * One statement for each channel and partition, which is planned once.
 * $1 campaign, $2 channel, $3 limit, $4 seconds of the lease, $5 the claim's number.
 */
const claimOf =
  ({ nearer = '', rations, final }: { nearer?: string; rations: string; final: string }) =>
  (part: number) => `
  with due as (
    select r.campaign_id, r.id from reminders_${part} r
    where r.campaign_id = $1 and r.channel = $2 and r.state = 'due' and r.due_at <= (select campaign_now())
      and (r.not_before is null or r.not_before <= now())
      and exists (select from campaigns c where c.id = $1 and c.status not in ('draft', 'paused'))
    order by r.due_at, r.id limit $3 for update of r skip locked
  ), checked as (
    select r.campaign_id, r.id, r.kind, r.channel, r.phone_key, r.due_at,
      case
        when c.status in ('draft', 'paused') then 'wait'
        when r.expires_at <= (select campaign_now()) then 'expired'
        when ${asks} and c.deadline_at - interval '30 minutes' <= (select campaign_now()) then 'expired'
        when c.status = 'closed' and r.kind not in ('reply', 'data', 'ended') then 'campaign_closed'
        when case r.channel when 'email' then p.email is null else p.phone_key is distinct from r.phone_key end then 'no_address'
        when r.kind = 'reply' then null
        when r.kind = 'data' then case when ${suppressed} then 'suppressed' end
        when s.done_at is not null and r.kind not in ('result', 'ended') and not (r.kind = 'alert' and s.updates) then 'already_confirmed'
        when r.kind = 'follow_up' and s.missed_at >= c.deadline_at then 'said_no'
        when r.kind in ('nudge', 'sms_optin') and (${agreed}) then 'already_agreed'
        when r.kind = 'result' and c.status <> 'ended' then 'replanned'
        when r.kind = 'result' and not s.updates then 'revoked'
        when r.kind = 'invitation' and s.standing <> 'invited' then 'already_agreed'
        when r.kind = 'invitation' and not exists (
          select from signups o where o.supporter_id = s.supporter_id and o.next_step) then 'revoked'
        when r.kind not in ('welcome', 'nudge', 'sms_optin', 'ended', 'invitation', 'result') and not (${agreed})
          then case when s.opted_in_at is null then 'no_consent' else 'revoked' end
        when ${planned} and r.plan <> c.plan then 'replanned'
        when r.zone <> p.zone or r.sms_window <> p.sms_window then 'replanned'
        when r.kind in ('rung', 'alert', 'follow_up') and exists (
          select from rungs g where g.campaign_id = r.campaign_id and g.id = split_part(r.key, '#', 1)
            and g.withdrawn_at is not null) then 'replanned'
        when ${suppressed} then 'suppressed'
        when r.kind = 'nudge' and opt_in_mail_that_day(r.supporter_id, r.id, r.due_at) then 'capped'
        ${nearer}
        when r.kind in ('welcome', 'ended') then null
        when not ((select campaign_now()) at time zone p.zone)::time
          between case r.channel when 'email' then time '07:00' else '08:00' end and time '20:59:59.999999' then 'outside_window'
      end as verdict,
      c.plan as current_plan, c.deadline_at, c.round, p.language, p.zone, case r.channel when 'email' then p.email else p.phone end as contact,
      case r.channel when 'email' then p.email_key else p.phone_key end as contact_key, p.name, s.token_key
    from due
    join reminders_${part} r on r.campaign_id = $1 and r.id = due.id
    join campaigns c on c.id = r.campaign_id
    join signups s on s.id = r.signup_id
    join supporters p on p.id = s.supporter_id
    for share of c
    for share of s skip locked
  )${rations}, judged as (
    ${final}
  ), refused as (
    update reminders_${part} r set
      state = case when k.waits then 'due' else 'skipped' end,
      reason = case when k.waits then null else k.final end,
      not_before = case when k.final = 'outside_window' then now() + interval '5 minutes' end,
      settled_at = case when k.waits then null else clock_timestamp() end
    from (select *, final in ('wait', 'soon', 'outside_window') as waits from judged where final is not null) as k
    where r.campaign_id = $1 and r.id = k.id
  ), claimed as (
    update reminders_${part} r set state = 'sending', fence = r.fence + 1, tries = r.tries + 1, not_before = null, handed_at = campaign_now(),
      checked_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $4), claim = $5
    from judged k where k.final is null and r.campaign_id = $1 and r.id = k.id
    returning r.*, k.current_plan, k.deadline_at, k.round, k.language, k.zone as place, k.contact, k.contact_key, k.name, k.token_key
  )
  select examined, id, campaign_id as "campaignId", signup_id as "signupId", coalition_id as "coalitionId", kind, key, channel,
    fence, tries, expires_at as "expiresAt", current_plan as plan, deadline_at as "deadlineAt", round, campaign_now() as now,
    checked_at as "checkedAt", language, place as zone, contact, contact_key as "contactKey", name, token_key as "tokenKey"
  from (select count(*)::int as examined from due) as looked left join claimed on true`;

/** Email has no rations. */
const claimEmail = claimOf({ rations: '', final: 'select k.*, k.verdict as final from checked k' });

/** Texts have two (RULES §6), each held by rows that two claims cannot both take. */
const claimSms = claimOf({
  nearer: `when r.kind in ('rung', 'last_call') and (${dayIsTaken} or nearer_text_today(r.phone_key, p.zone, c.id, c.deadline_at)) then 'capped'`,
  rations: `, texts as (
    select k.*, row_number() over (partition by k.phone_key order by k.due_at, k.id) as turn
    from checked k where k.verdict is null and ${rationed}
  ), room as (
    select t.campaign_id, t.id, t.phone_key, free.slot from texts t
    cross join lateral (
      select n.slot from generate_series(1, 3) as n(slot)
      left join text_slots h on h.phone_key = t.phone_key and h.slot = n.slot
      where h.slot is null or h.taken_at <= campaign_now() - interval '24 hours' or ${sameReminder('h', 't.campaign_id, t.id')}
        or not ${holds('h')}
      order by ${sameReminder('h', 't.campaign_id, t.id')} desc nulls last, h.taken_at nulls first, n.slot limit 1
    ) as free
    where t.turn = 1
  ), slots as (
    insert into text_slots as h (phone_key, slot, taken_at, campaign_id, reminder_id)
    select phone_key, slot, campaign_now(), campaign_id, id from room order by phone_key
    on conflict (phone_key, slot) do update
      set taken_at = excluded.taken_at, campaign_id = excluded.campaign_id, reminder_id = excluded.reminder_id
      where h.taken_at <= campaign_now() - interval '24 hours' or ${sameReminder('h', 'excluded.campaign_id, excluded.reminder_id')}
        or not ${holds('h')}
    returning reminder_id
  ), days as (
    insert into text_days as d (phone_key, day, campaign_id, reminder_id)
    select phone_key, (campaign_now() at time zone zone)::date, campaign_id, id from texts
    where id in (select reminder_id from slots) and ${ofLadder} order by phone_key
    on conflict (phone_key, day) do update set campaign_id = excluded.campaign_id, reminder_id = excluded.reminder_id
      where ${sameReminder('d', 'excluded.campaign_id, excluded.reminder_id')} or not ${holds('d')}
    returning reminder_id
  )`,
  final: `select k.*, case
        when k.verdict is not null then k.verdict
        when t.turn > 1 then 'soon'
        when t.id in (select reminder_id from slots) and t.kind in ('rung', 'last_call')
          then case when t.id in (select reminder_id from days) then null else 'capped' end
        when t.id in (select reminder_id from slots) then null
        when t.id in (select id from room) then 'soon'
        when t.id is not null then 'capped'
      end as final
    from checked k left join texts t on t.campaign_id = k.campaign_id and t.id = k.id`,
});

/** $1 campaign, then of each hand-over: $2 id, $3 fence, $4 outcome, $5 reason, $6 provider's id, $7 seconds until the next. */
const settle = (part: number) => `
  with results as (
    select * from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::float[])
      as x(id, fence, outcome, reason, provider_id, retry_seconds)
  ), settled as (
    update reminders_${part} r set
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
    -- Who has a lease is being sent; said so, the row is found by its id and not among all that were ever in flight.
    where r.campaign_id = $1 and r.id = x.id and r.fence = x.fence and r.lease_until is not null
    returning 1
  ), noted as (
    insert into attempts_${part} (campaign_id, reminder_id, fence, outcome, reason, provider_id, checked_at)
    select $1, x.id, x.fence, x.outcome, x.reason, x.provider_id, r.checked_at
    from results x
    cross join lateral (select fence, checked_at from reminders_${part} where campaign_id = $1 and id = x.id limit 1) as r
    where r.fence = x.fence
    on conflict do nothing
  )
  select count(*)::int as settled from settled`;
