import type { EntityManager } from 'typeorm';
import { type Keyring } from './keyring.js';
import { Staff } from './staff.js';
import type { Arrival, Typed } from './signups.js';

/** What follows when one coalition becomes part of another. */
export type MergeEffect = {
  /** People of the one that goes, by campaign; `inBoth` of them are in the other already. */
  campaigns: { id: string; slug: string; people: number; inBoth: number }[];
  /** Those who let the one's leaders see their name, and not the other's: their names are hidden. */
  hidden: number;
  /** Coalitions directly below the one: they come below the other. */
  children: { id: string; name: string }[];
  leaders: number;
  /** What is printed and leads to the one, and then to the other. */
  slugs: string[];
};

/** One coalition becomes part of another: its people, campaigns, children, leaders and links go over, and its row stays. */
export class Merges {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  async preview(from: string, into: string): Promise<MergeEffect> {
    const campaigns = await this.db.query<MergeEffect['campaigns']>(
      `select c.id, c.slug, count(m.signup_id)::int as people, count(other.signup_id)::int as "inBoth"
       from campaign_coalitions cc join campaigns c on c.id = cc.campaign_id
       left join signup_coalitions m on m.campaign_id = cc.campaign_id and m.coalition_id = cc.coalition_id
       left join signup_coalitions other on other.signup_id = m.signup_id and other.coalition_id = $2
       where cc.coalition_id = $1 group by c.id order by c.created_at`,
      [from, into],
    );
    const [rest] = await this.db.query<Omit<MergeEffect, 'campaigns'>[]>(
      `select
         (select count(*)::int from signup_coalitions m
          where m.coalition_id = $1 and m.campaign_id = any($3) and m.visible and not exists (
            select from signup_coalitions o where o.signup_id = m.signup_id and o.coalition_id = $2 and o.visible)) as hidden,
         (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by name), '[]') from coalitions
          where parent_id = $1 and id <> $2 and merged_into is null) as children,
         (select count(*)::int from api_keys where coalition_id = $1 and revoked_at is null)
           + (select count(*)::int from accounts where coalition_id = $1 and removed_at is null) as leaders,
         (select array_agg(s.slug::text order by s.since, s.slug) from coalition_slugs s join coalitions c on c.id = s.coalition_id
          where $1 in (c.id, c.merged_into)) as slugs`,
      [from, into, campaigns.map(({ id }) => id)],
    );
    return { campaigns, ...rest! };
  }

  /**
   * Both must be held (`holdBoth`), neither merged. In the order of: who joins waits, then everybody of the one is held, then
   * they move. Nobody is counted twice or not at all at any moment: each step notes what it changes.
   */
  async merge(from: string, into: string): Promise<MergeEffect> {
    const effect = await this.preview(from, into);
    const campaigns = effect.campaigns.map(({ id }) => id);
    await this.db.query(
      `select from signups where campaign_id = any($2) and (coalition_id = $1 or id in (
         select signup_id from signup_coalitions where campaign_id = any($2) and coalition_id = $1))
       order by id for no key update`,
      [from, campaigns],
    );
    await this.moveBelow(from, into);
    await this.recruitThrough(into, effect);
    await this.movePeople(from, into, campaigns);
    await this.moveLinks(from, into);
    for (const whoLeads of ['api_keys', 'accounts', 'invitations'])
      await this.db.query(`update ${whoLeads} set coalition_id = $2 where coalition_id = $1`, [from, into]);
    await this.db.query(
      `update coalitions set merged_into = $2, version = version + 1,
         merged_at = coalesce(merged_at, now()) where $1 in (id, merged_into)`,
      [from, into],
    );
    return effect;
  }

  /** Whoever joins through one of them waits until the transaction ends, and then follows it. */
  async holdBoth(ids: [string, string]): Promise<void> {
    await this.db.query(`select from coalitions where id = any($1) order by id for update`, [ids]);
  }

  /** The other takes the one's place where it stood below it. Only what changes is touched: each time the tree is counted anew. */
  private async moveBelow(from: string, into: string): Promise<void> {
    const [row] = await this.db.query<{ below: boolean; children: boolean }[]>(
      `select exists (select from coalition_lines where coalition_id = $2 and ancestor_id = $1) as below,
         exists (select from coalitions where parent_id = $1 and id <> $2 and merged_into is null) as children`,
      [from, into],
    );
    if (row!.below)
      await this.db.query(
        `update coalitions set parent_id = (select parent_id from coalitions where id = $1), version = version + 1 where id = $2`,
        [from, into],
      );
    if (row!.children)
      await this.db.query(
        `update coalitions set parent_id = $2, version = version + 1
         where parent_id = $1 and id <> $2 and merged_into is null`,
        [from, into],
      );
  }

  private async recruitThrough(into: string, { campaigns }: MergeEffect): Promise<void> {
    const { tokenKey } = this.keys;
    for (const { id } of campaigns) {
      const fresh = await this.db.query<unknown[]>(
        `insert into campaign_coalitions (campaign_id, coalition_id, token_key) values ($1, $2, $3)
         on conflict do nothing returning campaign_id`,
        [id, into, tokenKey],
      );
      if (fresh.length > 0)
        await new Staff(this.db).openLeaderLink(
          this.keys.token(tokenKey, `${id}/${into}`, 'leader'),
          id,
          into,
        );
    }
  }

  /**
   * A person of both has one place: since the earlier day, seen by the leaders who stay if they agreed to be seen by them. Who
   * let only the one's leaders see their name agreed to nothing about the other's.
   */
  private async movePeople(from: string, into: string, campaigns: string[]): Promise<void> {
    await this.hideTyped(from, campaigns);
    await this.db.query(
      `create temp table merging on commit drop as
       select m.signup_id, m.campaign_id, least(m.joined_at, o.joined_at) as joined_at, coalesce(o.visible, false) as visible,
         coalesce(o.typed, m.typed) as typed
       from signup_coalitions m left join signup_coalitions o on o.signup_id = m.signup_id and o.coalition_id = $2
       where m.coalition_id = $1 and m.campaign_id = any($3)`,
      [from, into, campaigns],
    );
    await this.db.query(
      `delete from signup_coalitions where campaign_id = any($3) and coalition_id in ($1, $2)
         and signup_id in (select signup_id from merging)`,
      [from, into, campaigns],
    );
    await this.db.query(
      `insert into signup_coalitions (signup_id, campaign_id, coalition_id, joined_at, visible, typed)
       select signup_id, campaign_id, $1, joined_at, visible, typed from merging`,
      [into],
    );
    await this.db.query(`drop table merging`);
    await this.db.query(
      `update signups set coalition_id = $2 where coalition_id = $1 and campaign_id = any($3)`,
      [from, into, campaigns],
    );
    await this.db.query(`delete from campaign_coalitions where coalition_id = $1`, [from]);
  }

  /** A leader's link shows the other from now on; where it has one of its own, both do. */
  private async moveLinks(from: string, into: string): Promise<void> {
    const arrivals = await this.db.query<{ hash: Buffer; typed: string }[]>(
      `select hash, typed from tokens where purpose = 'arrival' and coalition_id = $1 and ends_at > now() and typed is not null`,
      [from],
    );
    for (const { hash, typed } of arrivals) {
      const arrival = JSON.parse(this.keys.open('typed', typed)) as Pick<Arrival, 'typed' | 'known'>;
      await this.db.query(`update tokens set typed = $2 where hash = $1`, [
        hash,
        this.seal({ ...arrival, typed: { ...arrival.typed, visible: false } }),
      ]);
    }
    await this.db.query(`update tokens set coalition_id = $2 where coalition_id = $1`, [from, into]);
  }

  /** What waits for its owner's yes may say "let its leaders see my name", of leaders who are others then. */
  private async hideTyped(from: string, campaigns: string[]): Promise<void> {
    const waiting = await this.db.query<{ id: string; typed: string }[]>(
      `select signup_id as id, typed from signup_coalitions
       where coalition_id = $1 and campaign_id = any($2) and typed is not null`,
      [from, campaigns],
    );
    for (const { id, typed } of waiting) {
      const said = JSON.parse(this.keys.open('typed', typed)) as Typed;
      if (said.visible)
        await this.db.query(
          `update signup_coalitions set typed = $3 where signup_id = $1 and coalition_id = $2`,
          [id, from, this.seal({ ...said, visible: false })],
        );
    }
  }

  private seal(typed: object): string {
    return this.keys.seal('typed', JSON.stringify(typed));
  }
}
