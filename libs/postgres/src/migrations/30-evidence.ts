import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Those who filed are counted by what supports it while somebody watches a sweep. */
export class Evidence1764000000030 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `create index signups_by_evidence on signups (campaign_id, evidence) where evidence is not null and standing = 'joined'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop index signups_by_evidence`);
  }
}
