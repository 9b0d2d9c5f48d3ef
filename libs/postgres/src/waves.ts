import type { EntityManager } from 'typeorm';
import {
  type Audience,
  type Channel,
  joinsBy,
  kindOf,
  type PlanSkipReason,
  reasonsOfTime,
  type Rung,
  type RungKind,
  type Touch,
} from '#domain';
import { CampaignClock } from './clock.js';
import { countsOf } from './counts.js';
import { Reminders } from './reminders.js';

/** A pair of zone and SMS window that a campaign has people in. */
export type CampaignZone = { campaignId: string; round: number; zone: string; smsWindow: string };

/** An email wave is for a zone; only texts depend on the SMS window as well. */
const windowOf = (channel: Channel, smsWindow: string) => (channel === 'sms' ? smsWindow : '');

/** The moment of each wave, by `waveName`. */
export type Standing = Map<string, Date>;

/** Which of a round's waves it is. */
export const waveName = (wave: {
  rungId: string;
  channel: Channel;
  zone: string;
  smsWindow: string;
}): string => `${wave.rungId} ${wave.channel} ${wave.zone} ${windowOf(wave.channel, wave.smsWindow)}`;

export class Waves {
  constructor(private readonly db: EntityManager) {}

  /** Those that lack waves of the current round. */
  unplanned(campaignId: string | null = null): Promise<CampaignZone[]> {
    return this.db.query(
      `select z.campaign_id as "campaignId", c.round, z.zone, z.sms_window as "smsWindow"
       from campaign_zones z join campaigns c on c.id = z.campaign_id
       where c.status in ('running', 'paused', 'ended') and ($1::uuid is null or c.id = $1)
         and exists (
           select from rungs r cross join unnest(r.channels) as ch(channel)
           where r.campaign_id = c.id and r.withdrawn_at is null and not exists (
             select from waves w where w.campaign_id = c.id and w.rung_id = r.id and w.round = c.round and w.channel = ch.channel
               and w.zone = z.zone and w.sms_window = case ch.channel when 'sms' then z.sms_window else '' end))`,
      [campaignId],
    );
  }

  /** When each rung goes out first, on each channel and in each round, and when a later round began. */
  marksOf(
    campaignId: string,
  ): Promise<{ at: Date; kind: 'rung' | 'round'; name: string; channel: Channel | null; round: number }[]> {
    return this.db.query(
      `select min(w.at) as at, 'rung' as kind, r.name, w.channel, w.round
       from waves w join rungs r on r.campaign_id = w.campaign_id and r.id = w.rung_id and r.withdrawn_at is null
       where w.campaign_id = $1 and w.at is not null group by r.id, r.name, w.channel, w.round
       union all
       select started_at, 'round', '', null, number from rounds where campaign_id = $1 and number > 1
       order by 1`,
      [campaignId],
    );
  }

  /** Every pair of zone and SMS window that a campaign has people in. */
  zonesOf(campaignId: string): Promise<CampaignZone[]> {
    return this.db.query(
      `select z.campaign_id as "campaignId", c.round, z.zone, z.sms_window as "smsWindow"
       from campaign_zones z join campaigns c on c.id = z.campaign_id where c.id = $1`,
      [campaignId],
    );
  }

  /** How many of each zone and SMS window may be written to, by audience and channel; who said stop or bounced is counted still. */
  async crowds(
    campaignId: string,
  ): Promise<{ zone: string; smsWindow: string; people: Record<Audience, Record<Channel, number>> }[]> {
    return this.db.query(
      `select z.zone, z.sms_window as "smsWindow", jsonb_build_object(
         'open', jsonb_build_object('email', ${peopleOf('open', 'email')}, 'sms', ${peopleOf('open', 'sms')}),
         'updates', jsonb_build_object('email', ${peopleOf('updates', 'email')}, 'sms', ${peopleOf('updates', 'sms')})) as people
       from campaign_zones z left join ${countsOf('people')} as c on (c.label[1], c.label[2]) = (z.zone, z.sms_window)
       where z.campaign_id = $1 group by 1, 2 order by 1, 2`,
      [campaignId],
    );
  }

  /** Who could be written to now and is not done; who said stop, bounced or complained is left out. */
  async audience(
    campaignId: string,
  ): Promise<{ signups: number; email: number; sms: number; welcomeOnly: number }> {
    const [row] = await this.db.query<{ signups: number; email: number; sms: number; welcomeOnly: number }[]>(
      `select count(*)::int as signups, count(*) filter (where email)::int as email, count(*) filter (where sms)::int as sms,
         count(*) filter (where s.email_since is null and s.sms_since is null)::int as "welcomeOnly"
       from (
         select s.email_since, s.sms_since,
           s.done_at is null and s.email_since is not null and not ${suppressed('email', 'p.email_key')} as email,
           s.done_at is null and s.sms_since is not null and not ${suppressed('sms', 'p.phone_key')} as sms
         from signups s join supporters p on p.id = s.supporter_id
         where s.campaign_id = $1 and s.standing = 'joined'
       ) as s`,
      [campaignId],
    );
    return row!;
  }

  /**
   * Whom an alert at this moment would reach, who agreed too late for it, and whose phone has had its three texts in the
   * 24 hours before (RULES §6); and the rungs with texts within a day of it.
   */
  async alertReach(
    campaignId: string,
    audience: Audience,
    at: Date,
  ): Promise<{
    people: Record<Channel, number>;
    tooNew: Record<Channel, number>;
    capped: number;
    near: { rungId: string; at: Date }[];
  }> {
    type Row = Record<'email' | 'sms' | 'newEmail' | 'newSms' | 'capped', number>;
    const [row] = await this.db.query<Row[]>(
      `select count(*) filter (where email <= joins_by)::int as email, count(*) filter (where sms <= joins_by)::int as sms,
         count(*) filter (where email > joins_by)::int as "newEmail", count(*) filter (where sms > joins_by)::int as "newSms",
         count(*) filter (where sms <= joins_by and (
           select count(*) from text_slots t where t.phone_key = s.phone_key and t.taken_at > $2::timestamptz - interval '24 hours') >= 3)::int as capped
       from (
         select p.phone_key, $2::timestamptz - interval '2 hours' as joins_by,
           case when s.email_since is not null and not ${suppressed('email', 'p.email_key')} then greatest(s.signed_up_at, c.launched_at, s.email_since) end as email,
           case when s.sms_since is not null and not ${suppressed('sms', 'p.phone_key')} then greatest(s.signed_up_at, c.launched_at, s.sms_since) end as sms
         from signups s join supporters p on p.id = s.supporter_id join campaigns c on c.id = s.campaign_id
         where s.campaign_id = $1 and s.standing = 'joined'
           and case $3 when 'updates' then s.updates else s.done_at is null end
       ) as s`,
      [campaignId, at, audience],
    );
    const near = await this.db.query<{ rungId: string; at: Date }[]>(
      `select w.rung_id as "rungId", min(w.at) as at from waves w join campaigns c on c.id = w.campaign_id
       where w.campaign_id = $1 and w.round = c.round and w.channel = 'sms'
         and w.at between $2::timestamptz - interval '24 hours' and $2::timestamptz + interval '24 hours' group by 1 order by 2`,
      [campaignId, at],
    );
    const { email, sms, newEmail, newSms, capped } = row!;
    return { people: { email, sms }, tooNew: { email: newEmail, sms: newSms }, capped, near };
  }

  /**
   * Writes what the planner made for one zone and window.
   * @param anew replaces what was planned before; a wave that is not over is expanded once more, which takes up whoever was
   *   taken back. Without it, what stands already stays.
   */
  async plan(
    { campaignId, round, zone, smsWindow }: CampaignZone,
    touches: readonly Touch[],
    { anew = false } = {},
  ): Promise<void> {
    const conflict = anew
      ? `on conflict (campaign_id, rung_id, round, channel, zone, sms_window) do update set
           kind = excluded.kind, planned_at = excluded.planned_at, at = excluded.at, joins_by = excluded.joins_by,
           expires_at = excluded.expires_at, skipped = excluded.skipped,
           expanded_from = case when excluded.expires_at <= campaign_now() then w.expanded_from end`
      : `on conflict do nothing`;
    await this.db.query(
      `insert into waves as w (campaign_id, round, zone, rung_id, channel, kind, sms_window, planned_at, at, joins_by, expires_at, skipped)
       select $1, $2, $3, x.* from jsonb_to_recordset($4) as x(rung_id text, channel text, kind text, sms_window text,
         planned_at timestamptz, at timestamptz, joins_by timestamptz, expires_at timestamptz, skipped text)
       ${conflict}`,
      [campaignId, round, zone, JSON.stringify(touches.flatMap((touch) => rowOf(touch, smsWindow)))],
    );
  }

  /**
   * Of a new ladder, the rungs that have the id of one of another kind, and what that one went out as, in whatever round; without those
   * that nobody was reminded by. Waits for what is being expanded, so that nothing goes out meanwhile.
   */
  async sentAs(campaignId: string, ladder: readonly Rung[]): Promise<Map<string, RungKind>> {
    const changed = await this.db.query<{ id: string }[]>(
      `select r.id from rungs r join unnest($2::text[], $3::text[]) as x(id, kind) on x.id = r.id
       where r.campaign_id = $1
         and x.kind <> case when r.send_at is not null then 'alert' when r.days_after is not null then 'follow_up' else 'reminder' end`,
      [campaignId, ladder.map(({ id }) => id), ladder.map(kindOf)],
    );
    if (changed.length === 0) return new Map();
    await this.hold(campaignId);
    const rows = await this.db.query<{ id: string; kind: keyof typeof rungKind }[]>(
      `select w.rung_id as id, w.kind from waves w
       where w.campaign_id = $1 and w.rung_id = any($2) and w.expanded_from is not null
       union
       select split_part(t.key, '#', 1), t.kind from reminders t
       where t.campaign_id = $1 and t.kind in ('rung', 'alert', 'follow_up') and split_part(t.key, '#', 1) = any($2)`,
      [campaignId, changed.map(({ id }) => id)],
    );
    return new Map(rows.map(({ id, kind }) => [id, rungKind[kind]]));
  }

  /** The first moment of each rung and channel over all zones of the current round, and when its last wave expires. */
  momentsOf(
    campaignId: string,
  ): Promise<
    { rungId: string; channel: Channel; at: Date | null; until: Date | null; skipped: string | null }[]
  > {
    return this.db.query(
      `select w.rung_id as "rungId", w.channel, min(w.at) as at, max(w.expires_at) as until, min(w.skipped) as skipped from waves w join campaigns c on c.id = w.campaign_id
       where w.campaign_id = $1 and w.round = c.round group by 1, 2`,
      [campaignId],
    );
  }

  /** Which rungs have gone out on which channels, in whatever round. */
  sentRungs(campaignId: string): Promise<{ rungId: string; channel: Channel }[]> {
    return this.db.query(
      `select distinct rung_id as "rungId", channel from waves where campaign_id = $1 and expanded_from is not null`,
      [campaignId],
    );
  }

  /** Every wave of a round that is still ahead. */
  async standing(campaignId: string, round: number): Promise<Standing> {
    const rows = await this.db.query<(CampaignZone & { rungId: string; channel: Channel; at: Date })[]>(
      `select rung_id as "rungId", channel, zone, sms_window as "smsWindow", at from waves
       where campaign_id = $1 and round = $2 and at > campaign_now()`,
      [campaignId, round],
    );
    return new Map(rows.map((wave) => [waveName(wave), wave.at]));
  }

  /** Running campaigns with waves that are still to come. */
  async campaignsAhead(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }[]>(
      `select c.id from campaigns c where c.status = 'running' and exists (
         select from waves w where w.campaign_id = c.id and w.round = c.round and w.expanded_from is null and w.at > campaign_now())`,
    );
    return rows.map(({ id }) => id);
  }

  /** A wave begins earlier, if it still stands as it did; who joins until then is in it as before. */
  async bringForward(
    {
      campaignId,
      round,
      rungId,
      channel,
      zone,
      smsWindow,
      at,
      expiresAt,
    }: CampaignZone & {
      rungId: string;
      channel: Channel;
      at: Date;
      expiresAt: Date;
    },
    startsAt: Date,
  ): Promise<void> {
    await this.db.query(
      `update waves set at = $9 where campaign_id = $1 and round = $2 and rung_id = $3 and channel = $4 and zone = $5
         and sms_window = $6 and at = $7 and expires_at = $8 and expanded_from is null`,
      [campaignId, round, rungId, channel, zone, windowOf(channel, smsWindow), at, expiresAt, startsAt],
    );
  }

  /** Waits for whatever is being expanded: a change of the plan takes campaign, waves and reminders in this order. */
  async hold(campaignId: string): Promise<void> {
    await this.db.query(`select from waves where campaign_id = $1 order by id for update`, [campaignId]);
  }

  /** The rungs of each channel that are still to come where these people are, by id. */
  async ahead(zone: CampaignZone): Promise<Record<Channel, Set<string>>> {
    const waves = await this.of(zone);
    const now = await new CampaignClock(this.db).now();
    const still = (channel: Channel) =>
      new Set(
        waves
          .filter((wave) => wave.channel === channel && wave.at && wave.at > now)
          .map(({ rungId }) => rungId),
      );
    return { email: still('email'), sms: still('sms') };
  }

  /**
   * The waves that stand in one zone and window, as the planner made them; null when a rung has none yet.
   * @param rungs the campaign's ladder
   */
  async touches(zone: CampaignZone, rungs: readonly Rung[]): Promise<Touch[] | null> {
    const waves = await this.of(zone);
    const stands = (id: string, channel: Channel) =>
      waves.some((wave) => wave.rungId === id && wave.channel === channel);
    if (rungs.some(({ id, channels }) => channels.some((channel) => !stands(id, channel)))) return null;
    return waves.flatMap(({ rungId, channel, plannedAt, at, expiresAt, skipped }): Touch[] => {
      const rung = rungs.find(({ id, channels }) => id === rungId && channels.includes(channel));
      if (!rung) return [];
      const touch = { rung, channel, plannedAt };
      return [at ? { ...touch, at, expiresAt: expiresAt! } : { ...touch, at: null, skipped: skipped! }];
    });
  }

  private of({ campaignId, round, zone, smsWindow }: CampaignZone): Promise<
    {
      rungId: string;
      channel: Channel;
      plannedAt: Date;
      at: Date | null;
      expiresAt: Date | null;
      skipped: PlanSkipReason | null;
    }[]
  > {
    return this.db.query(
      `select rung_id as "rungId", channel, planned_at as "plannedAt", at, expires_at as "expiresAt", skipped from waves
       where campaign_id = $1 and round = $2 and zone = $3 and (channel = 'email' or sms_window = $4)
       order by coalesce(at, planned_at), id`,
      [campaignId, round, zone, smsWindow],
    );
  }

  /** Drops the waves that nobody was reminded by yet, so that they are planned anew. */
  async forget(campaignId: string): Promise<void> {
    await this.db.query(`delete from waves where campaign_id = $1 and expanded_from is null`, [campaignId]);
  }

  /**
   * Waves whose moment has come and that were never expanded, or whose campaign has people who changed since. One that
   * expired in an outage or a pause is expanded too: its reminders are skipped as expired, so that nobody is lost.
   */
  async due(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }[]>(
      `select w.id from waves w join campaigns c on c.id = w.campaign_id
       join rungs r on r.campaign_id = w.campaign_id and r.id = w.rung_id
       where w.at <= (select campaign_now()) and w.round = c.round and r.withdrawn_at is null and w.channel = any(r.channels)
         and (c.status = 'running' or c.status = 'ended' and (w.kind <> 'rung' or w.expires_at <= (select campaign_now())))
         and (w.expanded_from is null or w.expires_at > (select campaign_now()) and (
           exists (select from signups s where s.campaign_id = c.id and s.changed_at > w.expanded_from - interval '1 minute')
           or exists (select from reminders t where t.campaign_id = c.id and t.key = ${keyOf}
             and t.state = 'skipped' and t.reason = 'replanned' and t.settled_at > w.expanded_from - interval '1 minute')))
       order by w.expires_at`,
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Turns a wave into a reminder for each eligible person, a chunk of people at a time, and takes up again whoever was
   * taken back for a reason of time. Doing it again adds only who became eligible since; not who was done at the wave's
   * moment and took it back later (RULES §6). A deadline that moves meanwhile waits for the chunk at hand, and no chunk
   * goes by the plan from before. Chunks grow: the first can go out soon, and a million do not take long.
   * @returns whose reminders were born and how many; null when the wave is gone
   */
  async expand(
    waveId: string,
    chunk = 1_000,
  ): Promise<{ campaignId: string; channel: Channel; born: number } | null> {
    const [wave] = await this.db.query<
      { campaignId: string; channel: Channel; at: string; since: Date | null; started: Date }[]
    >(
      `select campaign_id as "campaignId", channel, at::text, expanded_from - interval '1 minute' as since, now() as started
       from waves where id = $1`,
      [waveId],
    );
    if (!wave) return null;
    const { campaignId } = wave;
    let born = 0;
    const step = async (statement: string, parameters: unknown[]) => {
      let size = chunk;
      for (let cursor = '00000000-0000-0000-0000-000000000000'; ;) {
        const [done] = await this.db.transaction(async (db) => {
          await db.query(`select from waves where id = $1 for share`, [waveId]);
          return db.query<{ people: number; last: string; born: number }[]>(statement, [
            ...[waveId, campaignId, cursor, size],
            ...parameters,
          ]);
        });
        if (born < crowd && born + done!.born >= crowd) await new Reminders(this.db).count(campaignId);
        born += done!.born;
        if (done!.people < size) return;
        cursor = done!.last;
        size = Math.min(2 * size, 40 * chunk);
      }
    };
    const [taken] = await this.db.query<unknown[]>(
      `select from waves w join reminders t on t.campaign_id = $2 and t.key = ${keyOf} and ${takenBack('t')} where w.id = $1 limit 1`,
      [waveId, campaignId],
    );
    if (taken) await step(revival, []);
    await step(expansion, [wave.since]);
    await this.db.query(`update waves set expanded_from = $2 where id = $1 and at = $3::timestamptz`, [
      waveId,
      wave.started,
      wave.at,
    ]);
    return { campaignId, channel: wave.channel, born };
  }
}

const peopleOf = (audience: Audience, channel: Channel) =>
  `coalesce(sum(c.n) filter (where c.label[3] = '${audience}' and c.label[4] = '${channel}'), 0)`;

/** So many new rows change what the best plan is. */
const crowd = 1_000;

const suppressed = (channel: Channel, key: string) =>
  `exists (select from suppressions x where x.channel = '${channel}' and x.contact_key = ${key} and x.lifted_at is null)`;

const waveKind = { reminder: 'rung', follow_up: 'follow_up', alert: 'alert' } as const;
const rungKind = { rung: 'reminder', follow_up: 'follow_up', alert: 'alert' } as const;

function rowOf(touch: Touch, smsWindow: string) {
  const { rung, channel, plannedAt } = touch;
  if (rung === 'last_call') return [];
  const fitted = touch.at === null ? null : touch;
  return [
    {
      rung_id: rung.id,
      channel,
      kind: waveKind[kindOf(rung)],
      sms_window: windowOf(channel, smsWindow),
      planned_at: plannedAt,
      at: fitted?.at ?? null,
      joins_by: joinsBy(touch),
      expires_at: fitted?.expiresAt ?? null,
      skipped: touch.at === null ? touch.skipped : null,
    },
  ];
}

/** Whose reminder it is within the campaign: a rung goes out once a round, an alert once. */
const keyOf = `w.rung_id || '#' || case w.kind when 'alert' then 1 else w.round end`;

/** Skipped for a reason of time, so that a new plan may take it up. */
const takenBack = (row: string) =>
  `${row}.state = 'skipped' and ${row}.reason in (${reasonsOfTime.map((reason) => `'${reason}'`).join(', ')})`;

/** Of `people`: those whom the wave is for, each with the reminder that it makes. */
const eligible = `
  select s.campaign_id, s.supporter_id, s.id as signup_id, s.coalition_id, w.kind,
    ${keyOf} as key, w.channel, w.id as wave_id,
    case w.channel when 'sms' then p.phone_key end as phone_key, w.at as due_at, w.expires_at,
    c.plan, p.zone, case w.channel when 'sms' then p.sms_window end as sms_window
  from people s
  join waves w on w.id = $1
  join campaigns c on c.id = w.campaign_id
  join rungs r on r.campaign_id = w.campaign_id and r.id = w.rung_id
  join supporters p on p.id = s.supporter_id
  where w.at is not null and w.round = c.round and r.withdrawn_at is null and w.channel = any(r.channels)
    and p.zone = w.zone and (w.channel = 'email' or p.sms_window = w.sms_window)
    and greatest(s.signed_up_at, c.launched_at, case w.channel when 'email' then s.email_since else s.sms_since end)
      <= coalesce(w.joins_by, 'infinity')
    and s.standing = 'joined'
    and case w.channel when 'email' then s.email_since else s.sms_since end is not null
    and case r.audience when 'updates' then s.updates else s.done_at is null end
    and (w.kind <> 'follow_up' or s.missed is null or s.missed_at < c.deadline_at)
    and not exists (
      select from confirmations k where k.signup_id = s.id and k.taken_back_at > w.at)
    and not exists (
      select from suppressions x where x.channel = w.channel and x.lifted_at is null
        and x.contact_key = case w.channel when 'email' then p.email_key else p.phone_key end)`;

const expansion = `
  with changed as (
    select s.id from signups s
    where s.campaign_id = $2 and s.changed_at > $5
    union
    -- Who shares a phone with somebody who dropped out gets the phone's text instead (RULES §5).
    select s.id from signups other
    join supporters o on o.id = other.supporter_id
    join supporters p on p.phone_key = o.phone_key and p.id <> o.id
    join signups s on s.supporter_id = p.id and s.campaign_id = other.campaign_id
    where other.campaign_id = $2 and other.changed_at > $5
  ), people as materialized (
    select s.* from waves w join signups s on s.campaign_id = $2
    where w.id = $1 and s.id > $3 and ($5::timestamptz is null or s.id = any (array(select id from changed)))
    order by s.id limit $4
  ), eligible as (${eligible}), born as (
    insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, wave_id, phone_key, due_at, expires_at, plan, zone, sms_window)
    select * from eligible on conflict do nothing returning 1
  )
  select (select count(*)::int from people) as people, (select max(id::text) from people) as last, (select count(*)::int from born) as born`;

const revival = `
  with people as materialized (
    select s.* from (
      select t.signup_id from waves w
      join reminders t on t.campaign_id = $2 and t.key = ${keyOf} and t.kind = w.kind and t.channel = w.channel and ${takenBack('t')}
      join supporters p on p.id = t.supporter_id and p.zone = w.zone
      where w.id = $1 and w.expires_at > campaign_now() and t.signup_id > $3
      order by t.signup_id limit $4
    ) as taken join signups s on s.id = taken.signup_id
  ), eligible as (${eligible}), born as (
    update reminders t set state = 'due', reason = null, settled_at = null, not_before = null, wave_id = e.wave_id,
      phone_key = e.phone_key, due_at = e.due_at, expires_at = e.expires_at, plan = e.plan, zone = e.zone, sms_window = e.sms_window
    from (
      select distinct on (coalesce(phone_key, supporter_id::text)) * from eligible
      order by coalesce(phone_key, supporter_id::text), signup_id
    ) as e
    where t.campaign_id = $2 and t.supporter_id = e.supporter_id and t.kind = e.kind and t.key = e.key
      and t.channel = e.channel and ${takenBack('t')}
      and not exists (
        select from reminders o where o.campaign_id = $2 and o.key = e.key and o.phone_key = e.phone_key
          and o.kind in ('rung', 'alert', 'last_call') and o.channel = 'sms' and o.state <> 'skipped')
    returning 1
  )
  select (select count(*)::int from people) as people, (select max(id::text) from people) as last, (select count(*)::int from born) as born`;
