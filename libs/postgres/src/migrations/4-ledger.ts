import type { MigrationInterface, QueryRunner } from 'typeorm';

const partitions = Array.from({ length: 16 }, (_, index) => index);

/** The ledger (RULES §4): a row for each intent to touch somebody, a row for each hand-over, a row for each receipt. */
export class Ledger1764000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create sequence reminder_ids as bigint;
      create table reminders (
        id bigint not null default nextval('reminder_ids'),
        campaign_id uuid not null,
        supporter_id uuid not null,
        signup_id uuid not null,
        coalition_id uuid not null,
        kind text not null check (kind in
          ('rung', 'alert', 'follow_up', 'welcome', 'nudge', 'sms_optin', 'last_call', 'snooze', 'reply', 'ended', 'result', 'invitation')),
        key text not null,
        channel channel not null,
        wave_id bigint,
        phone_key contact_key,
        state text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed', 'unknown', 'skipped')),
        reason text,
        due_at timestamptz not null,
        expires_at timestamptz not null,
        not_before timestamptz,
        tries integer not null default 0,
        fence integer not null default 0,
        lease_until timestamptz,
        checked_at timestamptz,
        provider_id text,
        settled_at timestamptz,
        created_at timestamptz not null default now(),
        primary key (campaign_id, id),
        constraint one_intent unique (campaign_id, supporter_id, kind, key, channel),
        check (expires_at > due_at),
        check ((state = 'sending') = (lease_until is not null)),
        check ((state in ('sent', 'failed', 'skipped')) = (settled_at is not null)),
        check (state not in ('failed', 'skipped') or reason is not null),
        check ((channel = 'sms') = (phone_key is not null))
      ) partition by hash (campaign_id);

      create unique index one_text_per_phone on reminders (campaign_id, key, phone_key)
        where kind in ('rung', 'alert', 'last_call') and channel = 'sms' and state <> 'skipped';
      create index reminders_due on reminders (campaign_id, channel, due_at, id) where state = 'due';
      create index reminders_in_flight on reminders (lease_until) where state = 'sending';
      create index reminders_of_wave on reminders (wave_id) where state = 'due';
      create index reminders_by_phone on reminders (phone_key, due_at) where channel = 'sms';
      create index reminders_to_expire on reminders (expires_at) where state = 'due';
      create index reminders_by_provider on reminders (provider_id) where provider_id is not null;

      create sequence attempt_ids as bigint;
      create table attempts (
        id bigint not null default nextval('attempt_ids'),
        campaign_id uuid not null,
        reminder_id bigint not null,
        fence integer not null,
        outcome text not null check (outcome in ('sent', 'failed', 'later', 'ambiguous')),
        reason text,
        provider_id text,
        checked_at timestamptz not null,
        ended_at timestamptz not null default clock_timestamp(),
        primary key (campaign_id, id),
        unique (campaign_id, reminder_id, fence),
        foreign key (campaign_id, reminder_id) references reminders
      ) partition by hash (campaign_id);

      ${partitions
        .flatMap((part) =>
          ['reminders', 'attempts'].map(
            (table) =>
              `create table ${table}_${part} partition of ${table} for values with (modulus ${partitions.length}, remainder ${part});`,
          ),
        )
        .join('\n')}

      create table receipts (
        id bigint generated always as identity primary key,
        provider text not null,
        provider_id text not null,
        status text not null,
        code text,
        campaign_id uuid,
        reminder_id bigint,
        received_at timestamptz not null default now(),
        unique (provider, provider_id, status)
      );

      create table text_days (
        phone_key contact_key not null,
        day date not null,
        campaign_id uuid not null,
        reminder_id bigint not null,
        primary key (phone_key, day)
      );
      comment on table text_days is 'One ladder text per phone and local day (RULES §6)';

      create table tick (
        one_row boolean primary key default true check (one_row),
        slot bigint not null default 0,
        taken_at timestamptz,
        seen text[] not null default '{}'
      );
      insert into tick default values;

      create table webhooks (
        id bigint generated always as identity primary key,
        provider text not null,
        body sealed not null,
        received_at timestamptz not null default now()
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table webhooks, tick, text_days, receipts, attempts, reminders;
      drop sequence attempt_ids;
      drop sequence reminder_ids;
    `);
  }
}
