import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may act, what they did, and what they asked for twice. */
export class Staff1764000000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table api_keys (
        id uuid primary key default gen_random_uuid(),
        name text not null,
        hash bytea not null unique check (length(hash) = 32),
        role text not null check (role in ('administrator', 'organizer', 'leader')),
        coalition_id uuid references coalitions,
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        check ((role = 'leader') = (coalition_id is not null))
      );
      alter table tokens add foreign key (staff_id) references api_keys;

      create table audit (
        id bigint generated always as identity primary key,
        at timestamptz not null default now(),
        campaign_at timestamptz not null default campaign_now(),
        actor text not null,
        action text not null,
        campaign_id uuid,
        subject text,
        detail jsonb not null default '{}'
      );
      create index on audit (campaign_id, id desc);
      create trigger audit_is_append_only before update or delete on audit
        for each row execute function refuse_change();

      create table idempotency (
        key_id uuid not null references api_keys,
        key text not null check (length(key) between 1 and 200),
        request bytea not null,
        answer jsonb not null,
        at timestamptz not null default now(),
        primary key (key_id, key)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table idempotency, audit;
      alter table tokens drop constraint tokens_staff_id_fkey;
      drop table api_keys;
    `);
  }
}
