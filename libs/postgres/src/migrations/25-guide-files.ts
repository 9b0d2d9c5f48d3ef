import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What organizers attach to a guide, for people to file with their comment: three files, each as large as regulations.gov takes. */
export class GuideFiles1764000000025 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table guide_files (
        id uuid primary key default gen_random_uuid(),
        campaign_id uuid not null references campaigns on delete cascade,
        place smallint check (place between 1 and 3),
        name text not null check (name <> ''),
        type text not null,
        content bytea not null check (length(content) between 1 and 10000000),
        added_at timestamptz not null default now(),
        unique (campaign_id, place)
      );
      alter table guide_files alter column content set storage external;
      comment on column guide_files.place is 'Null when it was taken off and can be put back; of these a campaign keeps the last one';
      comment on column guide_files.type is 'A media type, by its content';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table guide_files`);
  }
}
