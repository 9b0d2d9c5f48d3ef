import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of people that organizers bring, and the proofs that come with them. */
export class Imports1764000000012 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table imports (
        id uuid primary key default gen_random_uuid(),
        campaign_id uuid not null references campaigns,
        coalition_id uuid not null references coalitions,
        file bytea not null check (length(file) = 32),
        actor text not null,
        run integer not null default 1,
        rows integer not null default 0,
        added integer not null default 0,
        attested integer not null default 0,
        known integer not null default 0,
        refused integer not null default 0,
        problems jsonb not null default '[]',
        started_at timestamptz not null default now(),
        beat_at timestamptz not null default now(),
        done_at timestamptz,
        unique (campaign_id, coalition_id, file),
        check (rows = added + known + refused)
      );
      comment on column imports.file is 'Keyed hash of the file, which is kept nowhere: the same file goes on where it stopped';
      comment on column imports.run is 'Who goes on raises it; a run that was taken for dead writes nothing any more';
      comment on column imports.problems is 'Lines and columns, nothing of what stood there';

      create table proof_words (
        id text primary key,
        words sealed not null,
        at timestamptz not null default now()
      );
      comment on table proof_words is 'The words that people agreed to elsewhere, which a consent of an import names by id';

      alter table opt_in_mails
        drop constraint opt_in_mails_kind_check,
        add constraint opt_in_mails_kind_check check (kind in ('welcome', 'nudge', 'ended'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from opt_in_mails where kind = 'ended';
      alter table opt_in_mails
        drop constraint opt_in_mails_kind_check,
        add constraint opt_in_mails_kind_check check (kind in ('welcome', 'nudge'));
      drop table proof_words, imports;
    `);
  }
}
