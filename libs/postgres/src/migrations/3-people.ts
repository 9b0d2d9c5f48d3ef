import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who signed up, what they agreed to, and what must never be written to again. */
export class People1764000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create domain contact_key as text check (value ~ '^[a-z0-9]{1,12}:[A-Za-z0-9_-]{43}$');
      create domain sealed as text check (value ~ '^[a-z0-9]{1,12}:[A-Za-z0-9_-]{38,}$');

      create table supporters (
        id uuid primary key default gen_random_uuid(),
        email sealed,
        email_key contact_key,
        phone sealed,
        phone_key contact_key,
        name sealed,
        language text not null,
        zone text not null,
        zone_source text not null check (zone_source in ('zip', 'chosen', 'coalition')),
        state text,
        sms_window text not null,
        created_at timestamptz not null default now(),
        deleted_at timestamptz,
        check ((email is null) = (email_key is null) and (phone is null) = (phone_key is null)),
        check (deleted_at is not null or email is not null or phone is not null)
      );
      create unique index supporters_by_email on supporters (email_key);
      create unique index supporters_by_phone_alone on supporters (phone_key) where email_key is null;
      create index supporters_by_phone on supporters (phone_key);

      create table signups (
        id uuid primary key default gen_random_uuid(),
        campaign_id uuid not null references campaigns,
        supporter_id uuid not null references supporters,
        coalition_id uuid not null references coalitions,
        signed_up_at timestamptz not null default campaign_now(),
        email_since timestamptz,
        sms_since timestamptz,
        opted_in_at timestamptz,
        went_at timestamptz,
        outcome text check (outcome in ('filed', 'answered', 'pledged', 'not_sampled')),
        evidence text check (evidence in ('said', 'tracking_number', 'seen_on_docket')),
        done_at timestamptz,
        next_step boolean not null default false,
        updates boolean not null default false,
        token_key text not null,
        changed_at timestamptz not null default now(),
        unique (campaign_id, supporter_id),
        check ((outcome is null) = (done_at is null)),
        check ((evidence is not null) = coalesce(outcome = 'filed', false))
      );
      create index signups_by_change on signups (campaign_id, changed_at);
      create index signups_in_order on signups (campaign_id, id);
      create index on signups (supporter_id);
      comment on table signups is 'One person in one campaign, so that a total counts people (promise 8)';
      comment on column signups.email_since is 'Current consent by email, written in the consent''s transaction';

      create table signup_coalitions (
        signup_id uuid not null references signups on delete cascade,
        campaign_id uuid not null,
        coalition_id uuid not null references coalitions,
        joined_at timestamptz not null default campaign_now(),
        visible boolean not null default false,
        typed sealed,
        primary key (signup_id, coalition_id),
        foreign key (campaign_id, coalition_id) references campaign_coalitions
      );
      create index on signup_coalitions (campaign_id, coalition_id);
      comment on column signup_coalitions.typed is
        'What was typed for a contact already known; waits for its owner''s button or YES';

      create table consents (
        id bigint generated always as identity primary key,
        supporter_id uuid not null references supporters,
        campaign_id uuid references campaigns,
        coalition_id uuid references coalitions,
        scope text not null check (scope in ('email', 'sms', 'next_step', 'visible', 'updates')),
        action text not null check (action in ('granted', 'withdrawn')),
        wording text not null,
        contact_key contact_key,
        source text not null check (source in ('page', 'text', 'one_click', 'import', 'api', 'provider')),
        means jsonb not null default '{}',
        said sealed,
        ip sealed,
        agent sealed,
        at timestamptz not null default campaign_now(),
        recorded_at timestamptz not null default now()
      );
      create index on consents (supporter_id);
      comment on column consents.wording is 'Id and version of the words that were shown, or the keyword that was read';
      create function consents_are_proof() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and (to_jsonb(new) - '{said,ip,agent,means}'::text[]) = (to_jsonb(old) - '{said,ip,agent,means}'::text[])
          and num_nonnulls(new.said, new.ip, new.agent) = 0 and new.means = '{}' then
          return new;
        end if;
        raise exception 'consents is append-only';
      end $$;
      create trigger consents_are_proof before update or delete on consents
        for each row execute function consents_are_proof();

      create table suppressions (
        id bigint generated always as identity primary key,
        channel channel not null,
        contact_key contact_key not null,
        reason text not null check (reason in
          ('unsubscribed', 'stop', 'complaint', 'hard_bounce', 'soft_bounces', 'opted_out', 'bad_number', 'landline')),
        source text not null,
        since timestamptz not null default campaign_now(),
        lifted_at timestamptz
      );
      create index on suppressions (contact_key);
      create unique index suppressions_in_force on suppressions (contact_key, channel, reason) where lifted_at is null;

      create table tokens (
        hash bytea primary key check (length(hash) = 32),
        purpose text not null check (purpose in
          ('opt_in', 'guide', 'done', 'stop', 'me', 'arrival', 'leader', 'sign_in', 'export', 'delete')),
        signup_id uuid references signups on delete cascade,
        campaign_id uuid references campaigns,
        coalition_id uuid references coalitions,
        staff_id uuid,
        typed sealed,
        issued_at timestamptz not null default now(),
        ends_at timestamptz,
        used_at timestamptz,
        revoked_at timestamptz
      );
      create index on tokens (signup_id);
      comment on column tokens.typed is
        'For an arrival: what its visitor typed, which is all that its page says, whatever becomes of the person';

      create table texts (
        id bigint generated always as identity primary key,
        message_sid text not null unique,
        phone_key contact_key not null,
        phone sealed,
        body sealed,
        meaning text not null,
        crisis boolean not null default false,
        supporter_id uuid,
        campaign_id uuid,
        at timestamptz not null default campaign_now(),
        received_at timestamptz not null default now()
      );
      create index on texts (phone_key, at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table texts, tokens, suppressions, consents, signup_coalitions, signups, supporters;
      drop function consents_are_proof;
      drop domain sealed;
      drop domain contact_key;
    `);
  }
}
