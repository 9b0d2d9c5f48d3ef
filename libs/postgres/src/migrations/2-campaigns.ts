import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What organizers make: coalitions, campaigns, ladders; and the moments that follow from them. */
export class Campaigns1764000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create domain slug as text check (value ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(value) <= 60);
      create domain channel as text check (value in ('email', 'sms'));

      create table coalitions (
        id uuid primary key default gen_random_uuid(),
        parent_id uuid references coalitions check (parent_id <> id),
        slug slug not null unique,
        name text not null,
        short_name text not null,
        zone text not null,
        reply_to text not null,
        postal_address text not null,
        colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
        created_at timestamptz not null default now()
      );
      create index on coalitions (parent_id);

      create function coalitions_stay_a_tree() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtext('coalitions_stay_a_tree'));
        if exists (
          with recursive above as (
            select new.parent_id as id
            union
            select c.parent_id from coalitions c join above on c.id = above.id
          )
          select from above where id = new.id
        ) then
          raise exception 'coalition % would be above itself', new.slug using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger coalitions_stay_a_tree before insert or update of parent_id on coalitions
        for each row when (new.parent_id is not null) execute function coalitions_stay_a_tree();

      create view coalition_lines as
        with recursive line as (
          select id as coalition_id, id as ancestor_id from coalitions
          union all
          select line.coalition_id, c.parent_id from line join coalitions c on c.id = line.ancestor_id
          where c.parent_id is not null
        )
        select coalition_id, ancestor_id from line;

      create table campaigns (
        id uuid primary key default gen_random_uuid(),
        slug slug not null unique,
        kind text not null check (kind in ('regulatory_comment', 'census_occupation', 'custom')),
        status text not null default 'draft'
          check (status in ('draft', 'awaiting', 'running', 'paused', 'ended', 'closed')),
        deadline_at timestamptz,
        deadline_zone text,
        round integer not null default 1 check (round >= 1),
        goal integer check (goal > 0),
        official jsonb not null default '{}',
        avoid_words text[] not null default '{}',
        contact text,
        sms_open time check (sms_open >= '08:00'),
        sms_close time check (sms_close <= '21:00'),
        texts jsonb not null default '{}',
        version integer not null default 1,
        created_at timestamptz not null default now(),
        launched_at timestamptz,
        ended_at timestamptz,
        closed_at timestamptz,
        check ((deadline_at is null) = (deadline_zone is null)),
        check (deadline_at is not null or status in ('draft', 'awaiting', 'closed')),
        check (launched_at is not null or status in ('draft', 'awaiting', 'closed'))
      );
      create index on campaigns (status);

      create table campaign_coalitions (
        campaign_id uuid not null references campaigns on delete cascade,
        coalition_id uuid not null references coalitions,
        token_key text not null,
        primary key (campaign_id, coalition_id)
      );
      comment on column campaign_coalitions.token_key is 'The look-up key that the leader''s link is derived with';

      create table rungs (
        campaign_id uuid not null references campaigns on delete cascade,
        id text not null check (length(id) between 1 and 60),
        position integer not null,
        name text not null,
        channels channel[] not null check (cardinality(channels) between 1 and 2),
        days_before integer,
        hours_before integer,
        days_after integer,
        send_at timestamptz,
        at time,
        audience text not null default 'open' check (audience in ('open', 'updates')),
        withdrawn_at timestamptz,
        primary key (campaign_id, id),
        check (num_nonnulls(days_before, hours_before, days_after, send_at) = 1),
        check ((at is not null) = (days_before is not null or days_after is not null)),
        check (least(days_before, hours_before, days_after) >= 0)
      );

      create table rung_texts (
        campaign_id uuid not null,
        rung_id text not null,
        language text not null,
        subject text,
        email text,
        sms text,
        primary key (campaign_id, rung_id, language),
        check ((subject is null) = (email is null) and num_nonnulls(email, sms) > 0),
        foreign key (campaign_id, rung_id) references rungs on delete cascade
      );

      create table rounds (
        campaign_id uuid not null references campaigns on delete cascade,
        number integer not null,
        deadline_at timestamptz not null,
        started_at timestamptz not null default campaign_now(),
        primary key (campaign_id, number)
      );

      create table campaign_zones (
        campaign_id uuid not null references campaigns on delete cascade,
        zone text not null,
        sms_window text not null,
        primary key (campaign_id, zone, sms_window)
      );
      comment on table campaign_zones is
        'Which pairs of zone and SMS window have a signup; written with the signup, so that waves exist for each';

      create table waves (
        id bigint generated always as identity primary key,
        campaign_id uuid not null,
        rung_id text not null,
        round integer not null,
        channel channel not null,
        kind text not null check (kind in ('rung', 'alert', 'follow_up')),
        zone text not null,
        sms_window text not null,
        planned_at timestamptz not null,
        at timestamptz,
        joins_by timestamptz,
        expires_at timestamptz,
        skipped text,
        expanded_from timestamptz,
        unique (campaign_id, rung_id, round, channel, zone, sms_window),
        foreign key (campaign_id, rung_id) references rungs on delete cascade,
        check ((at is null) = (skipped is not null)),
        check ((at is null) = (expires_at is null))
      );
      create index waves_to_expand on waves (at) where at is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table waves, campaign_zones, rounds, rung_texts, rungs, campaign_coalitions, campaigns;
      drop view coalition_lines;
      drop table coalitions;
      drop function coalitions_stay_a_tree;
      drop domain channel;
      drop domain slug;
    `);
  }
}
