import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A draft can be taken away and brought back; meanwhile its address is free. And a line of the log knows which of a
 * campaign's changes it is about, so that of two editors the second can be told what the first one did.
 */
export class Drafts1764000000020 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table campaigns add deleted_at timestamptz check (deleted_at is null or status = 'draft');
      alter table campaigns drop constraint campaigns_slug_key;
      create unique index campaigns_slug_key on campaigns (slug) where deleted_at is null;

      alter table audit add campaign_version integer;
      create function audit_knows_the_version() returns trigger language plpgsql as $$
      begin
        new.campaign_version := (select version from campaigns where id = new.campaign_id);
        return new;
      end $$;
      create trigger audit_knows_the_version before insert on audit
        for each row when (new.campaign_id is not null) execute function audit_knows_the_version();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger audit_knows_the_version on audit;
      drop function audit_knows_the_version;
      alter table audit drop column campaign_version;
      delete from campaigns where deleted_at is not null;
      drop index campaigns_slug_key;
      alter table campaigns add constraint campaigns_slug_key unique (slug);
      alter table campaigns drop column deleted_at;
    `);
  }
}
