import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Looking for people's comments on the docket: which were listed, which looked at, and whose number is whose. */
export class Sweeps1764000000028 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table confirmations add tracking_key contact_key;
      create unique index one_tracking_number on confirmations (tracking_key) where taken_back_at is null;
      comment on column confirmations.tracking_key is
        'Keyed hash of the number, by which it is found again; one comment is one person''s';

      create table sweeps (
        campaign_id uuid primary key references campaigns,
        object_id text not null,
        state text not null default 'running' check (state in ('running', 'stopped', 'done')),
        listed_to timestamptz,
        is_listed boolean not null default false,
        received integer,
        problem text,
        retry_at timestamptz,
        started_at timestamptz not null default now(),
        ended_at timestamptz,
        check ((state = 'running') = (ended_at is null))
      );
      comment on column sweeps.object_id is 'What the comments are on, as regulations.gov calls it';
      comment on column sweeps.listed_to is 'The last change of the last comment that was listed';
      comment on column sweeps.received is 'How many comments the agency has posted, as the list says';

      create table sweep_comments (
        campaign_id uuid not null references sweeps on delete cascade,
        comment_id text not null,
        looked_at timestamptz,
        primary key (campaign_id, comment_id)
      );
      create index sweep_comments_to_look_at on sweep_comments (campaign_id, comment_id) where looked_at is null;
      comment on table sweep_comments is 'Public ids alone; of a comment that is nobody''s here nothing else is kept';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table sweep_comments, sweeps;
      drop index one_tracking_number;
      alter table confirmations drop column tracking_key;
    `);
  }
}
