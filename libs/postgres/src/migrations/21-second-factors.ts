import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one signs in with besides the link, whether one must, and when a session was last used (decision 27). */
export class SecondFactors1764000000021 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table staff_rules (
        one_row boolean primary key default true check (one_row),
        second_factor boolean not null default false
      );
      insert into staff_rules default values;
      comment on column staff_rules.second_factor is 'Organizers and administrators need a second factor';

      alter table auth."user" add "twoFactorEnabled" boolean;
      alter table auth."session"
        add "secondFactor" boolean not null default false,
        add "usedAt" timestamptz not null default current_timestamp;
      create table auth."twoFactor" (
        "id" uuid default pg_catalog.gen_random_uuid() not null primary key, "secret" text not null,
        "backupCodes" text not null, "userId" uuid not null unique references auth."user" ("id") on delete cascade,
        "verified" boolean, "failedVerificationCount" integer, "lockedUntil" timestamptz
      );
      create table auth."passkey" (
        "id" uuid default pg_catalog.gen_random_uuid() not null primary key, "name" text, "publicKey" text not null,
        "userId" uuid not null references auth."user" ("id") on delete cascade, "credentialID" text not null unique,
        "counter" integer not null, "deviceType" text not null, "backedUp" boolean not null, "transports" text,
        "createdAt" timestamptz, "aaguid" text
      );
      create index "passkey_userId_idx" on auth."passkey" ("userId");
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table auth."passkey", auth."twoFactor", staff_rules;
      alter table auth."session" drop column "secondFactor", drop column "usedAt";
      alter table auth."user" drop column "twoFactorEnabled";
    `);
  }
}
