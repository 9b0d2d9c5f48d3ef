import type { MigrationInterface, QueryRunner } from 'typeorm';

/** After the deadline: who missed it and why, and when the result went out to those who asked for it. */
export class After1764000000027 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table signups
        add missed text check (missed in ('no', 'tried')),
        add missed_because text,
        add missed_at timestamptz,
        add check ((missed is null) = (missed_at is null)),
        add check (missed_because is null or missed is not null);
      comment on column signups.missed is 'Said after the deadline by somebody who is not done; "I did it" takes its place';

      alter table campaigns add result_at timestamptz;
      comment on column campaigns.result_at is 'When everybody who asked for the result had it planned';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table campaigns drop column result_at;
      alter table signups drop column missed_at, drop column missed_because, drop column missed;
    `);
  }
}
