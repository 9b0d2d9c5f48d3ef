import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two clocks (RULES §2): `campaign_now()` decides what is due; leases and limits use the real one. */
export class Clock1764000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table campaign_clock (
        one_row boolean primary key default true check (one_row),
        ahead interval not null default '0'
      );
      insert into campaign_clock default values;

      create function campaign_now() returns timestamptz language sql stable parallel safe as $$
        select now() + ahead from campaign_clock
      $$;

      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name;
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop function refuse_change; drop function campaign_now; drop table campaign_clock;`);
  }
}
