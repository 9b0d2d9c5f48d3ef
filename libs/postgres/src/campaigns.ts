import { type EntityManager, IsNull, Not } from 'typeorm';
import { type Channel, opening, type Rung, type Status } from '#domain';
import { Campaign } from './entities/campaign.js';
import { Coalition } from './entities/coalition.js';

/** What is said at a rung, in one language. `email` is Markdown with merge fields. */
export type RungTexts = {
  subject?: string | undefined;
  email?: string | undefined;
  sms?: string | undefined;
};
export type LadderRung = Rung & { name: string; messages: Record<string, RungTexts> };

type RungRow = {
  id: string;
  name: string;
  channels: string;
  days_before: number | null;
  hours_before: number | null;
  days_after: number | null;
  send_at: Date | null;
  at: string | null;
  audience: 'open' | 'updates';
  messages: Record<string, RungTexts> | null;
};

/** Campaigns with their coalitions and ladders. */
export class Campaigns {
  constructor(private readonly db: EntityManager) {}

  byId(id: string): Promise<Campaign | null> {
    return this.db.findOneBy(Campaign, { id });
  }

  bySlug(slug: string): Promise<Campaign | null> {
    return this.db.findOneBy(Campaign, { slug });
  }

  /** The campaign, held until the transaction ends, so that two changes follow each other. */
  hold(id: string): Promise<Campaign | null> {
    return this.db.findOne(Campaign, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** The draft is gone from every list and address; a campaign of another status stays. */
  async remove(id: string): Promise<void> {
    await this.db.softDelete(Campaign, { id, status: 'draft' });
  }

  /** A removed draft is there again, at its old address if that is still free. @returns whether there was one */
  async restore(id: string): Promise<boolean> {
    const removed = await this.db.findOne(Campaign, {
      where: { id, deletedAt: Not(IsNull()) },
      withDeleted: true,
      lock: { mode: 'for_no_key_update' },
    });
    if (!removed) return false;
    await this.save({ ...removed, slug: await this.freeSlug(removed.slug), deletedAt: null });
    return true;
  }

  /** An address that nobody has yet: the wished one, else the first that is free with a number behind it. */
  async freeSlug(wished: string): Promise<string> {
    const stem = wished.slice(0, 55).replace(/-+$/, '');
    const rows = await this.db.query<{ slug: string }[]>(
      `select slug from (
         select $1::text as slug, 1 as n union all select $2 || '-' || n, n from generate_series(2, 1000) as n
       ) as possible
       where not exists (select from campaigns c where c.slug = possible.slug and c.deleted_at is null) order by n limit 1`,
      [wished, stem],
    );
    return rows[0]!.slug;
  }

  /** A change that left the campaign's own row as it was is a change all the same. @param version before it */
  async raise(id: string, version: number): Promise<void> {
    await this.db.query(`update campaigns set version = version + 1 where id = $1 and version = $2`, [
      id,
      version,
    ]);
  }

  list(): Promise<Campaign[]> {
    return this.db.find(Campaign, { order: { createdAt: 'ASC' } });
  }

  save(campaign: Partial<Campaign>): Promise<Campaign> {
    return this.db.save(Campaign, this.db.create(Campaign, campaign));
  }

  ofCoalition(coalitionId: string): Promise<Campaign[]> {
    return this.db
      .createQueryBuilder(Campaign, 'c')
      .innerJoin('campaign_coalitions', 'cc', 'cc.campaign_id = c.id')
      .where('cc.coalition_id = :coalitionId', { coalitionId })
      .orderBy('c.created_at')
      .getMany();
  }

  /** Launched ones that a coalition, one above it or one below it recruits for: what its leaders may know of. */
  around(coalitionId: string): Promise<Campaign[]> {
    return this.db
      .createQueryBuilder(Campaign, 'c')
      .where(`c.status <> 'draft'`)
      .andWhere(
        `exists (select from campaign_coalitions cc
           join coalition_lines l on cc.coalition_id in (l.coalition_id, l.ancestor_id)
           where cc.campaign_id = c.id and :coalitionId in (l.coalition_id, l.ancestor_id))`,
        { coalitionId },
      )
      .orderBy('c.created_at')
      .getMany();
  }

  /** The campaign as it would be; nothing is saved. */
  imagine(campaign: Campaign, change: Partial<Campaign>): Campaign {
    return this.db.create(Campaign, { ...campaign, ...change });
  }

  coalitionsOf(campaignId: string): Promise<Coalition[]> {
    return this.db
      .createQueryBuilder(Coalition, 'c')
      .innerJoin('campaign_coalitions', 'cc', 'cc.coalition_id = c.id')
      .where('cc.campaign_id = :campaignId', { campaignId })
      .orderBy('c.created_at')
      .getMany();
  }

  /** Their ids alone, in the same order. */
  async coalitionIdsOf(campaignId: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }[]>(
      `select c.id from coalitions c join campaign_coalitions cc on cc.coalition_id = c.id
       where cc.campaign_id = $1 order by c.created_at`,
      [campaignId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Adds coalitions; one that recruits already stays.
   * @param tokenKey the key that their leaders' links are derived with
   * @returns which are new
   */
  async addCoalitions(campaignId: string, coalitionIds: string[], tokenKey: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }[]>(
      `insert into campaign_coalitions (campaign_id, coalition_id, token_key)
       select $1, unnest($2::uuid[]), $3 on conflict do nothing returning coalition_id as id`,
      [campaignId, coalitionIds, tokenKey],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes coalitions out of a draft; their leaders' links, which nobody has yet, end. */
  async dropCoalitions(campaignId: string, kept: string[]): Promise<void> {
    await this.db.query(
      `with gone as (
         delete from campaign_coalitions where campaign_id = $1 and coalition_id <> all($2::uuid[]) returning coalition_id
       )
       delete from tokens t using gone where t.campaign_id = $1 and t.purpose = 'leader' and t.coalition_id = gone.coalition_id`,
      [campaignId, kept],
    );
  }

  /** The key that each coalition's leader's link is derived with (see `Keyring.token`). */
  async leaderKeysOf(campaignId: string): Promise<Map<string, string>> {
    const rows = await this.db.query<{ id: string; key: string }[]>(
      `select coalition_id as id, token_key as key from campaign_coalitions where campaign_id = $1`,
      [campaignId],
    );
    return new Map(rows.map(({ id, key }) => [id, key]));
  }

  /** Which coalition a message comes from, by every id that may stand for it: a merged one's leads to where it went. */
  async sendersOf(campaignId: string): Promise<Map<string, Coalition>> {
    const coalitions = new Map((await this.coalitionsOf(campaignId)).map((each) => [each.id, each]));
    const merged = await this.db.query<{ id: string; into: string }[]>(
      `select id, merged_into as into from coalitions where merged_into = any($1)`,
      [[...coalitions.keys()]],
    );
    return new Map([...coalitions, ...merged.map(({ id, into }) => [id, coalitions.get(into)!] as const)]);
  }

  /** The campaign and the coalition behind `/c/{campaign}/{coalition}`, by any slug that it ever had; or null. */
  async recruiting(
    campaignSlug: string,
    coalitionSlug: string,
  ): Promise<{ campaign: Campaign; coalition: Coalition } | null> {
    const found = await this.db
      .createQueryBuilder(Campaign, 'campaign')
      .innerJoin('coalition_slugs', 'asked', 'asked.slug = :coalitionSlug')
      .innerJoin(Coalition, 'named', 'named.id = asked.coalition_id')
      .innerJoinAndMapOne(
        'campaign.coalition',
        Coalition,
        'coalition',
        'coalition.id = coalesce(named.merged_into, named.id)',
      )
      .innerJoin(
        'campaign_coalitions',
        'cc',
        'cc.campaign_id = campaign.id and cc.coalition_id = coalition.id',
      )
      .where('campaign.slug = :campaignSlug', { campaignSlug, coalitionSlug })
      .getOne();
    if (!found) return null;
    const { coalition, ...campaign } = found as Campaign & { coalition: Coalition };
    return { campaign: this.db.create(Campaign, campaign), coalition };
  }

  async ladderOf(campaignId: string): Promise<LadderRung[]> {
    const rows = await this.db.query<RungRow[]>(
      `select r.*, to_json(r.channels) #>> '{}' as channels, to_char(r.at, 'HH24:MI') as at,
         (select jsonb_object_agg(t.language, jsonb_strip_nulls(jsonb_build_object(
            'subject', t.subject, 'email', t.email, 'sms', t.sms)))
          from rung_texts t where t.campaign_id = r.campaign_id and t.rung_id = r.id) as messages
       from rungs r where r.campaign_id = $1 and r.withdrawn_at is null order by r.position`,
      [campaignId],
    );
    return rows.map(
      (row) =>
        ({
          id: row.id,
          name: row.name,
          channels: JSON.parse(row.channels) as Channel[],
          messages: row.messages ?? {},
          ...(row.days_before !== null && { daysBefore: row.days_before, at: row.at! }),
          ...(row.hours_before !== null && { hoursBefore: row.hours_before }),
          ...(row.days_after !== null && { daysAfter: row.days_after, at: row.at! }),
          ...(row.send_at !== null && { sendAt: row.send_at, audience: row.audience }),
        }) as LadderRung,
    );
  }

  /** Replaces the ladder. A rung keeps its id, and so what was already sent for it; one that is gone is withdrawn. */
  async setLadder(campaignId: string, ladder: LadderRung[]): Promise<void> {
    await this.db.query(`update rungs set withdrawn_at = now() where campaign_id = $1 and id <> all($2)`, [
      campaignId,
      [opening, ...ladder.map(({ id }) => id)],
    ]);
    for (const [position, rung] of ladder.entries()) {
      await this.db.query(
        `insert into rungs (campaign_id, id, position, name, channels, days_before, hours_before, days_after, send_at, at, audience)
         values ($1, $2, $3, $4, $5::text[]::channel[], $6, $7, $8, $9, $10, $11)
         on conflict (campaign_id, id) do update set position = excluded.position, name = excluded.name,
           channels = excluded.channels, days_before = excluded.days_before, hours_before = excluded.hours_before,
           days_after = excluded.days_after, send_at = excluded.send_at, at = excluded.at,
           audience = excluded.audience, withdrawn_at = null`,
        [
          campaignId,
          rung.id,
          position,
          rung.name,
          rung.channels,
          'daysBefore' in rung ? rung.daysBefore : null,
          'hoursBefore' in rung ? rung.hoursBefore : null,
          'daysAfter' in rung ? rung.daysAfter : null,
          'sendAt' in rung ? rung.sendAt : null,
          'at' in rung ? rung.at : null,
          rung.audience ?? 'open',
        ],
      );
      await this.db.query(`delete from rung_texts where campaign_id = $1 and rung_id = $2`, [
        campaignId,
        rung.id,
      ]);
      for (const [language, { subject, email, sms }] of Object.entries(rung.messages)) {
        await this.db.query(`insert into rung_texts values ($1, $2, $3, $4, $5, $6)`, [
          campaignId,
          rung.id,
          language,
          subject ?? null,
          email ?? null,
          sms ?? null,
        ]);
      }
    }
  }

  /** How often its deadline moved. */
  async movesOf(campaignId: string): Promise<number> {
    const [row] = await this.db.query<{ moves: number }[]>(
      `select count(*)::int as moves from past_deadlines where campaign_id = $1`,
      [campaignId],
    );
    return row!.moves;
  }

  /** The alert that tells whoever waited for a date that it is open; its words are ours unless somebody writes others. */
  async addOpening(campaignId: string, at: Date): Promise<void> {
    await this.db.query(
      `insert into rungs (campaign_id, id, position, name, channels, send_at)
       values ($1, $2, -1, 'It is open', '{email,sms}', $3)
       on conflict (campaign_id, id) do update set send_at = excluded.send_at, withdrawn_at = null`,
      [campaignId, opening, at],
    );
  }

  /** A round begins, or its deadline moves. */
  async startRound(campaignId: string, number: number, deadlineAt: Date): Promise<void> {
    await this.db.query(
      `insert into rounds (campaign_id, number, deadline_at) values ($1, $2, $3)
       on conflict (campaign_id, number) do update set deadline_at = excluded.deadline_at`,
      [campaignId, number, deadlineAt],
    );
  }

  /** Ends what is past its deadline, closes what has no follow-up left and has told its result; answers what changed. */
  async moveOn(): Promise<{ id: string; status: Status }[]> {
    const ended = await this.db.query<{ id: string; status: Status }[]>(
      `with changed as (
         update campaigns set status = 'ended', ended_at = campaign_now(), result_at = null, version = version + 1
         where status in ('running', 'paused') and deadline_at <= (select campaign_now()) returning id, status
       ) ${noted}`,
    );
    const closed = await this.db.query<{ id: string; status: Status }[]>(
      `with changed as (
         update campaigns c set status = 'closed', closed_at = campaign_now(), version = version + 1
         where status = 'ended' and result_at is not null and ${overAt} <= (select campaign_now())
           and not exists (select from reminders r where r.campaign_id = c.id and r.kind = 'result' and r.state in ('due', 'sending'))
         returning id, status
       ) ${noted}`,
    );
    return [...ended, ...closed];
  }
}

/** When the last follow-up and alert of a campaign `c` that has ended are over. */
export const overAt = `greatest(
  c.ended_at + interval '1 hour',
  (select max(c.deadline_at + (r.days_after + 9) * interval '1 day') from rungs r where r.campaign_id = c.id and r.withdrawn_at is null),
  (select max(r.send_at) + interval '8 days' from rungs r where r.campaign_id = c.id and r.withdrawn_at is null),
  (select max(w.expires_at) from waves w where w.campaign_id = c.id and w.kind <> 'rung'))`;

/** What happens by itself has an author too (promise 12). */
const noted = `, lines as (
    insert into audit (actor, action, campaign_id) select 'system', 'campaign.' || status, id from changed
  ) select id, status from changed`;
