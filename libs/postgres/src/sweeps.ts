import type { EntityManager } from 'typeorm';
import type { Keyring } from './keyring.js';

export type Sweep = {
  campaignId: string;
  objectId: string;
  state: 'running' | 'stopped' | 'done';
  listedTo: Date | null;
  isListed: boolean;
  received: number | null;
  /** Why it waits, or why it stopped by itself. */
  problem: string | null;
  retryAt: Date | null;
  startedAt: Date;
  endedAt: Date | null;
};

/**
 * How far a sweep is, and what supports that people filed, each in one of these: `said` so, gave a number that was not seen
 * (`given` less `found`), or their comment was seen (`found`).
 */
export type SweepProgress = Pick<Sweep, 'isListed' | 'problem' | 'retryAt' | 'endedAt'> & {
  state: Sweep['state'] | 'never';
  startedAt: Date | null;
  /** How many comments the agency has posted, as far as is known. */
  received: number | null;
  listed: number;
  looked: number;
  said: number;
  given: number;
  found: number;
};

const columns = `s.campaign_id as "campaignId", s.object_id as "objectId", s.state, s.listed_to as "listedTo", s.is_listed as "isListed",
  s.received, s.problem, s.retry_at as "retryAt", s.started_at as "startedAt", s.ended_at as "endedAt"`;

/** Sweeps over the comments on a document (RULES §6, evidence): each comment is looked at once, whatever stops it in between. */
export class Sweeps {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** Begins, or goes on where it was stopped; of what was posted since, too. */
  async start(campaignId: string, objectId: string): Promise<void> {
    await this.db.query(
      `insert into sweeps as s (campaign_id, object_id) values ($1, $2)
       on conflict (campaign_id) do update set state = 'running', ended_at = null, problem = null, retry_at = null, is_listed = false,
         object_id = excluded.object_id, listed_to = case when s.object_id = excluded.object_id then s.listed_to end`,
      [campaignId, objectId],
    );
  }

  /** @returns false when it does not run */
  async end(campaignId: string, state: 'stopped' | 'done', problem: string | null = null): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update sweeps set state = $2, ended_at = now(), problem = $3, retry_at = null
       where campaign_id = $1 and state = 'running' returning 1`,
      [campaignId, state, problem],
    );
    return rows.length > 0;
  }

  /** The source has no room or is in trouble: it goes on by itself. */
  async waits(campaignId: string, problem: string, retryAt: Date | null): Promise<void> {
    await this.db.query(
      `update sweeps set problem = $2, retry_at = coalesce($3, now() + interval '1 minute')
       where campaign_id = $1 and state = 'running'`,
      [campaignId, problem, retryAt],
    );
  }

  /** Those that have something to do now. */
  running(): Promise<Sweep[]> {
    return this.db.query(
      `select ${columns} from sweeps s where s.state = 'running' and (s.retry_at is null or s.retry_at <= now()) order by s.started_at`,
    );
  }

  /** Where it stands, without counting. */
  async byId(campaignId: string): Promise<Sweep | null> {
    const [row] = await this.db.query<Sweep[]>(`select ${columns} from sweeps s where s.campaign_id = $1`, [
      campaignId,
    ]);
    return row ?? null;
  }

  async of(campaignId: string): Promise<SweepProgress> {
    const [row] = await this.db.query<SweepProgress[]>(
      `select coalesce(s.state, 'never') as state, coalesce(s.is_listed, false) as "isListed", s.problem, s.retry_at as "retryAt",
         s.started_at as "startedAt", s.ended_at as "endedAt", greatest(s.received, nullif(c.listed, 0)) as received,
         c.listed, c.looked, f.said, f.given, f.found
       from (
         select count(*)::int as listed, count(looked_at)::int as looked from sweep_comments where campaign_id = $1) as c
       cross join (
         select count(*) filter (where evidence = 'said')::int as said, count(*) filter (where evidence <> 'said')::int as given,
           count(*) filter (where evidence = 'seen_on_docket')::int as found
         from signups where campaign_id = $1 and evidence is not null and standing = 'joined') as f
       left join sweeps s on s.campaign_id = $1`,
      [campaignId],
    );
    return row!;
  }

  /** A page of the list; what is known already stays as it is. */
  async listed(
    campaignId: string,
    commentIds: string[],
    { listedTo, received, isListed }: { listedTo: Date | null; received: number | null; isListed: boolean },
  ): Promise<void> {
    await this.db.query(
      `with news as (
         insert into sweep_comments (campaign_id, comment_id) select $1, unnest($2::text[]) on conflict do nothing
       )
       update sweeps set listed_to = coalesce($3, listed_to), received = coalesce($4, received), is_listed = $5, problem = null, retry_at = null
       where campaign_id = $1`,
      [campaignId, commentIds, listedTo, received, isListed],
    );
  }

  /** Those that nobody has looked at yet. */
  async next(campaignId: string, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }[]>(
      `select comment_id as id from sweep_comments where campaign_id = $1 and looked_at is null order by comment_id limit $2`,
      [campaignId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * A comment was looked at. Whoever gave its tracking number has `seen_on_docket` from now on; of anybody else's comment
   * nothing is kept but that it was looked at.
   * @param trackingNumber null when the answer had none
   * @returns whether it is somebody's here for whom it was not known yet
   */
  async looked(campaignId: string, commentId: string, trackingNumber: string | null): Promise<boolean> {
    await this.db.query(
      `with looked as (
         update sweep_comments set looked_at = now() where campaign_id = $1 and comment_id = $2
       )
       update sweeps set problem = null, retry_at = null where campaign_id = $1 and problem is not null`,
      [campaignId, commentId],
    );
    return trackingNumber ? (await this.seen(campaignId, [trackingNumber])) > 0 : false;
  }

  /** Those of these numbers that somebody gave in this campaign. */
  async given(campaignId: string, trackingNumbers: string[]): Promise<string[]> {
    const numberOf = new Map(
      trackingNumbers.flatMap((number) =>
        this.keys.trackingKeys(number).map((key) => [key, number] as const),
      ),
    );
    const rows = await this.db.query<{ key: string }[]>(
      `select f.tracking_key as key from confirmations f join signups s on s.id = f.signup_id
       where s.campaign_id = $1 and f.tracking_key = any($2) and f.taken_back_at is null`,
      [campaignId, [...numberOf.keys()]],
    );
    return rows.map(({ key }) => numberOf.get(key)!);
  }

  /** Raises the evidence of whoever gave one of these numbers in this campaign. @returns how many were raised */
  async seen(campaignId: string, trackingNumbers: string[]): Promise<number> {
    const [row] = await this.db.query<{ found: number }[]>(
      `with held as materialized (
         select f.id from confirmations f join signups s on s.id = f.signup_id
         where s.campaign_id = $1 and f.tracking_key = any($2) and f.taken_back_at is null and f.evidence = 'tracking_number'
         order by s.id for no key update of s
       ), raised as (
         update confirmations f set evidence = 'seen_on_docket' from held
         where f.id = held.id and f.taken_back_at is null and f.evidence = 'tracking_number' returning f.signup_id
       ), told as (
         update signups s set evidence = 'seen_on_docket', changed_at = now() from raised where s.id = raised.signup_id returning 1
       )
       select count(*)::int as found from told`,
      [campaignId, trackingNumbers.flatMap((number) => this.keys.trackingKeys(number))],
    );
    return row!.found;
  }

  /** Numbers that were given before they had a hash get one; of two people with one number the first keeps it. */
  async hashOld(campaignId: string): Promise<void> {
    const rows = await this.db.query<{ id: string; number: string }[]>(
      `select f.id, f.tracking_number as number from confirmations f join signups s on s.id = f.signup_id
       where s.campaign_id = $1 and f.tracking_number is not null and f.tracking_key is null and f.taken_back_at is null order by f.id`,
      [campaignId],
    );
    for (const { id, number } of rows) {
      const open = this.keys.open('tracking', number);
      await this.db.query(
        `update confirmations set tracking_key = $2 where id = $1
           and not exists (select from confirmations o where o.tracking_key = any($3) and o.taken_back_at is null)`,
        [id, this.keys.trackingKey(open), this.keys.trackingKeys(open)],
      );
    }
  }
}
