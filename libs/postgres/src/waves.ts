import type { EntityManager } from 'typeorm';
import type { Channel } from '#domain';

/** A pair of zone and SMS window that a campaign has people in and that lacks waves of the current round. */
export type UnplannedZone = { campaignId: string; round: number; zone: string; smsWindow: string };

export type PlannedWave = {
  rungId: string;
  channel: Channel;
  kind: 'rung' | 'alert' | 'follow_up';
  plannedAt: Date;
} & ({ at: Date; joinsBy: Date | null; expiresAt: Date } | { at: null; skipped: string });

/** An email wave is for a zone; only texts depend on the SMS window as well. */
const windowOf = (channel: Channel, smsWindow: string) => (channel === 'sms' ? smsWindow : '');

export class Waves {
  constructor(private readonly db: EntityManager) {}

  unplanned(campaignId: string | null = null): Promise<UnplannedZone[]> {
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

  /** Writes what the planner made for one zone and window; what stands already stays. */
  async plan({ campaignId, round, zone, smsWindow }: UnplannedZone, planned: PlannedWave[]): Promise<void> {
    await this.db.query(
      `insert into waves (campaign_id, round, zone, rung_id, channel, kind, sms_window, planned_at, at, joins_by, expires_at, skipped)
       select $1, $2, $3, x.* from jsonb_to_recordset($4) as x(rung_id text, channel text, kind text, sms_window text,
         planned_at timestamptz, at timestamptz, joins_by timestamptz, expires_at timestamptz, skipped text)
       on conflict do nothing`,
      [
        campaignId,
        round,
        zone,
        JSON.stringify(
          planned.map((wave) => ({
            rung_id: wave.rungId,
            channel: wave.channel,
            kind: wave.kind,
            sms_window: windowOf(wave.channel, smsWindow),
            planned_at: wave.plannedAt,
            at: wave.at,
            joins_by: wave.at ? wave.joinsBy : null,
            expires_at: wave.at ? wave.expiresAt : null,
            skipped: wave.at ? null : wave.skipped,
          })),
        ),
      ],
    );
  }

  /** The first moment of each rung and channel over all zones of the current round. */
  momentsOf(campaignId: string): Promise<{ rungId: string; channel: Channel; at: Date | null }[]> {
    return this.db.query(
      `select w.rung_id as "rungId", w.channel, min(w.at) as at from waves w join campaigns c on c.id = w.campaign_id
       where w.campaign_id = $1 and w.round = c.round group by 1, 2`,
      [campaignId],
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
       where w.at <= (select campaign_now()) and w.round = c.round and r.withdrawn_at is null
         and (c.status = 'running' or c.status = 'ended' and (w.kind <> 'rung' or w.expires_at <= (select campaign_now())))
         and (w.expanded_from is null or w.expires_at > (select campaign_now()) and exists (
           select from signups s where s.campaign_id = c.id and s.changed_at > w.expanded_from - interval '1 minute'))
       order by w.expires_at`,
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Turns a wave into a reminder for each eligible person, a chunk of people at a time. Doing it again adds only who
   * became eligible since; not who was done at the wave's moment and took it back later (RULES §6).
   * @returns whose reminders were born and how many; null when the wave is gone
   */
  async expand(
    waveId: string,
    chunk = 5_000,
  ): Promise<{ campaignId: string; channel: Channel; born: number } | null> {
    const [wave] = await this.db.query<
      { campaignId: string; channel: Channel; since: Date | null; started: Date }[]
    >(
      `select campaign_id as "campaignId", channel, expanded_from - interval '1 minute' as since, now() as started
       from waves where id = $1`,
      [waveId],
    );
    if (!wave) return null;
    let born = 0;
    for (let cursor: string | null = '00000000-0000-0000-0000-000000000000'; cursor;) {
      const [step]: { last: string | null; born: number }[] = await this.db.query(expansion, [
        waveId,
        cursor,
        wave.since,
        chunk,
      ]);
      born += step!.born;
      cursor = step!.last;
    }
    await this.db.query(`update waves set expanded_from = $2 where id = $1`, [waveId, wave.started]);
    return { campaignId: wave.campaignId, channel: wave.channel, born };
  }
}

const expansion = `
  with changed as (
    select s.id from signups s
    where s.campaign_id = (select campaign_id from waves where id = $1) and s.changed_at > $3
    union
    -- Who shares a phone with somebody who dropped out gets the phone's text instead (RULES §5).
    select s.id from signups other
    join supporters o on o.id = other.supporter_id
    join supporters p on p.phone_key = o.phone_key and p.id <> o.id
    join signups s on s.supporter_id = p.id and s.campaign_id = other.campaign_id
    where other.campaign_id = (select campaign_id from waves where id = $1) and other.changed_at > $3
  ), people as materialized (
    select s.* from waves w join signups s on s.campaign_id = w.campaign_id
    where w.id = $1 and s.id > $2 and ($3::timestamptz is null or s.id = any (array(select id from changed)))
    order by s.id limit $4
  ), eligible as (
    select s.campaign_id, s.supporter_id, s.id as signup_id, s.coalition_id, w.kind,
      w.rung_id || '#' || w.round as key, w.channel, w.id as wave_id,
      case w.channel when 'sms' then p.phone_key end as phone_key, w.at as due_at, w.expires_at
    from people s
    join waves w on w.id = $1
    join campaigns c on c.id = w.campaign_id
    join rungs r on r.campaign_id = w.campaign_id and r.id = w.rung_id
    join supporters p on p.id = s.supporter_id
    where p.zone = w.zone and (w.channel = 'email' or p.sms_window = w.sms_window)
      and greatest(s.signed_up_at, c.launched_at, case w.channel when 'email' then s.email_since else s.sms_since end)
        <= coalesce(w.joins_by, 'infinity')
      and case w.channel when 'email' then s.email_since else s.sms_since end is not null
      and case r.audience when 'updates' then s.updates else s.done_at is null end
      and not exists (
        select from confirmations k where k.signup_id = s.id and k.taken_back_at > w.at)
      and not exists (
        select from suppressions x where x.channel = w.channel and x.lifted_at is null
          and x.contact_key = case w.channel when 'email' then p.email_key else p.phone_key end)
  ), born as (
    insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, wave_id, phone_key, due_at, expires_at)
    select * from eligible on conflict do nothing returning 1
  )
  select (select max(id::text) from people) as last, (select count(*)::int from born) as born`;
