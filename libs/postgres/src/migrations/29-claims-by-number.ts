import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which claim took a reminder, so that a worker that never heard the answer can give back what it did not hand over. */
export class ClaimsByNumber1764000000029 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table reminders add claim bigint;
      comment on column reminders.claim is 'A number of the last claim''s own, which nobody but its worker knows';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table reminders drop column claim`);
  }
}
