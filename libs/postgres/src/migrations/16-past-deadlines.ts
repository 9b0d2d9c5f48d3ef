import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which deadline a text named that went out before it moved (RULES §4). */
export class PastDeadlines1764000000016 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table past_deadlines (
        campaign_id uuid not null references campaigns on delete cascade,
        until timestamptz not null,
        deadline_at timestamptz not null,
        round integer not null,
        primary key (campaign_id, until)
      );
      comment on column past_deadlines.until is 'By the real clock, as checks are';

      create function keep_past_deadline() returns trigger language plpgsql as $$
      begin
        insert into past_deadlines values (old.id, clock_timestamp(), old.deadline_at, old.round);
        return null;
      end $$;
      create trigger keep_past_deadline after update of deadline_at on campaigns
        for each row when (old.deadline_at <> new.deadline_at) execute function keep_past_deadline();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger keep_past_deadline on campaigns;
      drop function keep_past_deadline;
      drop table past_deadlines;
    `);
  }
}
