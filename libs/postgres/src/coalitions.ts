import { type EntityManager, In, IsNull } from 'typeorm';
import { Coalition } from './entities/coalition.js';

/** What somebody changed in a coalition, and when. */
export type CoalitionChange = { at: Date; actor: string; fields: string[] };

export class Coalitions {
  constructor(private readonly db: EntityManager) {}

  /** Merged ones too. */
  byId(id: string): Promise<Coalition | null> {
    return this.db.findOneBy(Coalition, { id });
  }

  /** The coalition, held until the transaction ends, so that two changes follow each other. */
  hold(id: string): Promise<Coalition | null> {
    return this.db.findOne(Coalition, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  list(): Promise<Coalition[]> {
    return this.db.find(Coalition, { where: { mergedInto: IsNull() }, order: { createdAt: 'ASC' } });
  }

  byIds(ids: string[]): Promise<Coalition[]> {
    return this.db.find(Coalition, { where: { id: In(ids) }, order: { createdAt: 'ASC' } });
  }

  /** Those that recruit for a campaign, and every one above them. */
  around(campaignId: string): Promise<{ id: string; name: string }[]> {
    return this.db.query(
      `select id, name from coalitions where merged_into is null and id in (
         select l.ancestor_id from campaign_coalitions cc join coalition_lines l using (coalition_id) where cc.campaign_id = $1)`,
      [campaignId],
    );
  }

  save(coalition: Partial<Coalition>): Promise<Coalition> {
    return this.db.save(Coalition, this.db.create(Coalition, coalition));
  }

  /** The coalition and every one below it, in the tree's order; depth 0 is the coalition itself. */
  treeBelow(id: string): Promise<{ id: string; name: string; depth: number }[]> {
    return this.db.query(
      `with recursive tree as (
         select id, name, 0 as depth, array[name] as path from coalitions where id = $1
         union all
         select c.id, c.name, tree.depth + 1, tree.path || c.name from coalitions c join tree on c.parent_id = tree.id
         where c.merged_into is null
       )
       select id, name, depth from tree order by path`,
      [id],
    );
  }

  /** Whether it is that coalition or lies below it. */
  async isBelow(id: string, above: string): Promise<boolean> {
    const [row] = await this.db.query<{ below: boolean }[]>(
      `select exists (select from coalition_lines where coalition_id = $1 and ancestor_id = $2) as below`,
      [id, above],
    );
    return row!.below;
  }

  /** An address that nobody has or had: the wished one with the first number that is free behind it. */
  async freeSlug(wished: string): Promise<string> {
    const [row] = await this.db.query<{ slug: string }[]>(
      `select slug from (select $1 || '-' || n as slug, n from generate_series(2, 1000) as n) as possible
       where not exists (select from coalition_slugs s where s.slug = possible.slug) order by n limit 1`,
      [wished.slice(0, 55).replace(/-+$/, '')],
    );
    return row!.slug;
  }

  /** What changed after a version that somebody saw, from `coalition.changed` in the audit log, oldest first. */
  changesSince(id: string, version: number): Promise<CoalitionChange[]> {
    return this.db.query(
      `select at, actor, detail -> 'fields' as fields from audit
       where campaign_id is null and action = 'coalition.changed' and detail ->> 'coalitionId' = $1
         and (detail ->> 'version')::int > $2 order by id`,
      [id, version],
    );
  }

  /** Keeps a picture; only it and the one that it replaces stay. @param name `{hash}-{width}x{height}` */
  async keepLogo({ id, logo }: Pick<Coalition, 'id' | 'logo'>, name: string, image: Buffer): Promise<void> {
    await this.db.query(
      `insert into logos (coalition_id, name, image) values ($1, $2, $3)
       on conflict (coalition_id, name) do update set uploaded_at = now()`,
      [id, name, image],
    );
    await this.db.query(
      `delete from logos where coalition_id = $1 and name <> $2 and name is distinct from $3`,
      [id, name, logo],
    );
  }

  async hadLogo(id: string, name: string): Promise<boolean> {
    const rows = await this.db.query<unknown[]>(`select from logos where coalition_id = $1 and name = $2`, [
      id,
      name,
    ]);
    return rows.length > 0;
  }

  /** A picture by its name, whichever coalition shows it. */
  async logo(name: string): Promise<Buffer | null> {
    const [row] = await this.db.query<{ image: Buffer }[]>(
      `select image from logos where name = $1 limit 1`,
      [name],
    );
    return row?.image ?? null;
  }
}
