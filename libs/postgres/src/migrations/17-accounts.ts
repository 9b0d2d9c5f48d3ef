import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who are staff, and the sessions that better-auth keeps for them in a schema of its own (decision 16). */
export class Accounts1764000000017 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table accounts (
        id uuid primary key default gen_random_uuid(),
        role text not null check (role in ('administrator', 'organizer', 'leader')),
        coalition_id uuid references coalitions,
        email sealed,
        email_key contact_key unique,
        name sealed not null,
        language text not null check (language in ('en', 'es')),
        invited_by text not null,
        joined_at timestamptz not null default now(),
        removed_at timestamptz,
        check ((role = 'leader') = (coalition_id is not null)),
        check ((removed_at is null) = (email is not null) and (removed_at is null) = (email_key is not null))
      );
      create index on accounts (coalition_id) where coalition_id is not null;
      comment on table accounts is 'Of who was removed the name stays, for the log; the address goes';

      create table invitations (
        id uuid primary key default gen_random_uuid(),
        token_hash bytea not null unique check (length(token_hash) = 32),
        role text not null check (role in ('administrator', 'organizer', 'leader')),
        coalition_id uuid references coalitions,
        email sealed not null,
        email_key contact_key not null unique,
        language text not null check (language in ('en', 'es')),
        invited_by text not null,
        created_at timestamptz not null default now(),
        ends_at timestamptz not null default now() + interval '7 days',
        check ((role = 'leader') = (coalition_id is not null))
      );
      comment on table invitations is 'Those that are open: one that is accepted or taken back is deleted';

      alter table notices drop constraint notices_kind_check;
      alter table notices add constraint notices_kind_check
        check (kind in ('rehearsal', 'crisis', 'paused', 'sign_in', 'invitation'));

      alter table idempotency drop constraint idempotency_key_id_fkey;
      alter table idempotency rename column key_id to staff_id;

      create schema auth;
      create table auth."user" (
        "id" uuid default pg_catalog.gen_random_uuid() not null primary key, "name" text not null,
        "email" text not null unique, "emailVerified" boolean not null, "image" text,
        "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz default current_timestamp not null
      );
      create table auth."session" (
        "id" uuid default pg_catalog.gen_random_uuid() not null primary key, "expiresAt" timestamptz not null,
        "token" text not null unique, "createdAt" timestamptz default current_timestamp not null,
        "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text,
        "userId" uuid not null references auth."user" ("id") on delete cascade
      );
      create table auth."account" (
        "id" uuid default pg_catalog.gen_random_uuid() not null primary key, "accountId" text not null,
        "providerId" text not null, "userId" uuid not null references auth."user" ("id") on delete cascade,
        "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz,
        "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text,
        "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null
      );
      create table auth."verification" (
        "id" uuid default pg_catalog.gen_random_uuid() not null primary key, "identifier" text not null,
        "value" text not null, "expiresAt" timestamptz not null,
        "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz default current_timestamp not null
      );
      create index "session_userId_idx" on auth."session" ("userId");
      create index "account_userId_idx" on auth."account" ("userId");
      create index "verification_identifier_idx" on auth."verification" ("identifier");
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop schema auth cascade;
      alter table idempotency rename column staff_id to key_id;
      delete from idempotency where key_id not in (select id from api_keys);
      alter table idempotency add foreign key (key_id) references api_keys;
      delete from notices where kind in ('sign_in', 'invitation');
      alter table notices drop constraint notices_kind_check;
      alter table notices add constraint notices_kind_check check (kind in ('rehearsal', 'crisis', 'paused'));
      drop table invitations, accounts;
    `);
  }
}
