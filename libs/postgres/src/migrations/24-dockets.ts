import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What regulations.gov and the Federal Register say, kept for all processes; and the campaigns whose docket is watched. */
export class Dockets1764000000024 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table sources (
        name text primary key check (name in ('regulations_gov', 'federal_register')),
        failures integer not null default 0,
        openings integer not null default 0,
        rests_until timestamptz,
        trouble text,
        trouble_at timestamptz,
        answered_at timestamptz,
        rate_limit integer,
        rate_left integer
      );
      insert into sources (name) values ('regulations_gov'), ('federal_register');
      comment on table sources is 'How each is, for all processes: its breaker and what its rate headers said last; real clock';

      create table source_answers (
        source text not null references sources,
        path text not null,
        body jsonb,
        asked_at timestamptz not null default campaign_now(),
        primary key (source, path)
      );
      comment on column source_answers.body is 'Null: there is no such thing';

      create table docket_watches (
        campaign_id uuid primary key references campaigns,
        by_itself boolean not null default false,
        agency text,
        words text,
        document_id text,
        docket_id text,
        document jsonb,
        document_at timestamptz,
        register jsonb,
        register_at timestamptz,
        finding jsonb,
        next_at timestamptz not null default campaign_now(),
        check ((agency is null) = (words is null))
      );
      create index on docket_watches (next_at);
      comment on column docket_watches.document_id is 'What the answers are about; the campaign may have another one since';
      comment on column docket_watches.agency is 'What a campaign that waits for its document looks for, in words';

      create table docket_proposals (
        id uuid primary key default gen_random_uuid(),
        campaign_id uuid not null references campaigns,
        kind text not null check (kind in ('opening', 'extension', 'correction', 'conflict', 'withdrawn')),
        kept date,
        closes_on date[] not null,
        regulations_on date,
        register_on date[] not null,
        agreed boolean not null,
        notice jsonb,
        state text not null default 'open' check (state in ('open', 'applied', 'dismissed', 'superseded')),
        made_at timestamptz not null default campaign_now(),
        decided_at timestamptz,
        decided_by text,
        check ((state = 'open') = (decided_at is null)),
        check ((decided_at is null) = (decided_by is null))
      );
      create unique index docket_proposals_open on docket_proposals (campaign_id) where state = 'open';
      create index on docket_proposals (campaign_id, made_at);

      create table docket_candidates (
        campaign_id uuid not null references campaigns,
        number text not null,
        notice jsonb not null,
        state text not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
        found_at timestamptz not null default campaign_now(),
        decided_by text,
        primary key (campaign_id, number)
      );

      alter table notices drop constraint notices_kind_check;
      alter table notices add constraint notices_kind_check
        check (kind in ('rehearsal', 'crisis', 'paused', 'sign_in', 'invitation', 'docket'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from notices where kind = 'docket';
      alter table notices drop constraint notices_kind_check;
      alter table notices add constraint notices_kind_check
        check (kind in ('rehearsal', 'crisis', 'paused', 'sign_in', 'invitation'));
      drop table docket_candidates, docket_proposals, docket_watches, source_answers, sources;
    `);
  }
}
