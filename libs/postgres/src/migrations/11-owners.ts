import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How somebody without an email address shows that their data is theirs: a code by text (RULES §7). */
export class Owners1764000000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table data_codes (
        signup_id uuid primary key references signups on delete cascade,
        hash bytea not null check (length(hash) = 32),
        tries integer not null default 0 check (tries between 0 and 5),
        ends_at timestamptz not null
      );
      comment on column data_codes.hash is 'Keyed: of a million codes each could be tried against a plain hash';
      comment on column data_codes.ends_at is 'By the real clock; a newer code takes the place of an older one';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table data_codes;`);
  }
}
