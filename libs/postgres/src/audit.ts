import type { EntityManager } from 'typeorm';

export type AuditLine = { at: Date; actor: string; action: string; detail: Record<string, unknown> };

/** Who changed what (promise 12). Written in the change's own transaction. */
export class Audit {
  constructor(private readonly db: EntityManager) {}

  /** @param actor who: a person by id, `person:ID`, a key by its role and name, `organizer:nightly import` */
  async write(
    actor: string,
    action: string,
    campaignId: string | null,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    await this.db.query(`insert into audit (actor, action, campaign_id, detail) values ($1, $2, $3, $4)`, [
      actor,
      action,
      campaignId,
      detail,
    ]);
  }

  /** The same within an hour is written once: for what a page does by itself, again and again. */
  async writeHourly(
    actor: string,
    action: string,
    campaignId: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const known = await this.db.query<unknown[]>(
      `select from audit where campaign_id = $1 and actor = $2 and action = $3 and detail = $4::jsonb
         and at > now() - interval '1 hour' limit 1`,
      [campaignId, actor, action, detail],
    );
    if (known.length === 0) await this.write(actor, action, campaignId, detail);
  }

  /** Who changed a campaign after its version was this one, newest first. */
  since(campaignId: string, version: number): Promise<AuditLine[]> {
    return this.db.query(
      `select at, actor, action, detail from audit
       where campaign_id = $1 and campaign_version > $2 and action ~ '^(campaign|ladder|deadline|alert|document)[.]'
       order by id desc limit 20`,
      [campaignId, version],
    );
  }

  /** A campaign's log, newest first. @param before the cursor: the last line that was seen */
  async page(
    campaignId: string,
    { before, limit = 50 }: { before?: string | undefined; limit?: number } = {},
  ): Promise<{ items: (AuditLine & { id: string })[]; nextCursor: string | null }> {
    const rows = await this.db.query<(AuditLine & { id: string })[]>(
      `select id, campaign_at as at, actor, action, detail from audit
       where campaign_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3`,
      [campaignId, before ?? null, limit + 1],
    );
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
  }
}
