import type { EntityManager } from 'typeorm';

export type AuditLine = { at: Date; actor: string; action: string; detail: Record<string, unknown> };

/** Who changed what (promise 12). Written in the change's own transaction. */
export class Audit {
  constructor(private readonly db: EntityManager) {}

  /** @param actor who, as ids and names of staff only: `key:Ana's key` */
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

  /** The newest lines of a campaign, newest first. */
  of(campaignId: string, limit = 20): Promise<AuditLine[]> {
    return this.db.query(
      `select at, actor, action, detail from audit where campaign_id = $1 order by id desc limit $2`,
      [campaignId, limit],
    );
  }
}
