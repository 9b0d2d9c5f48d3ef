import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages to staff, and what became of the texts that people send us. */
export class Notices1764000000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table notices (
        id bigint generated always as identity primary key,
        kind text not null check (kind in ('rehearsal', 'crisis', 'paused')),
        campaign_id uuid references campaigns,
        channel channel not null,
        contact sealed not null,
        body sealed not null,
        state text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed')),
        reason text,
        tries integer not null default 0,
        fence integer not null default 0,
        not_before timestamptz not null default now(),
        lease_until timestamptz,
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        check ((state = 'sending') = (lease_until is not null)),
        check ((state in ('sent', 'failed')) = (ended_at is not null)),
        check (state <> 'failed' or reason is not null)
      );
      create index notices_open on notices (not_before) where state in ('due', 'sending');
      comment on table notices is 'To staff alone, so outside the ledger and its counts (RULES §4); real clock throughout';

      alter table texts
        alter column phone_key drop not null,
        add signup_id uuid,
        add media smallint not null default 0,
        add answer text,
        add read_at timestamptz,
        add read_by text;
      create index on texts (campaign_id, id) where meaning = 'other' or crisis;
      comment on column texts.answer is
        'What it was answered with, one of our replies or "provider"; null when nothing was said';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table texts drop column read_by, drop column read_at, drop column answer, drop column media, drop column signup_id;
      delete from texts where phone_key is null;
      alter table texts alter column phone_key set not null;
      drop table notices;
    `);
  }
}
