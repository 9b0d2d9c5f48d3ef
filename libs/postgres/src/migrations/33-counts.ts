import type { MigrationInterface, QueryRunner } from 'typeorm';

const ledgers = ['reminders', ...Array.from({ length: 16 }, (_, part) => `reminders_${part}`)];

/** What a reminder that ended counts as; none that is due or being sent does. */
const ended = (row: string) => `${row}.state in ('sent', 'failed', 'unknown', 'skipped')`;
const endedLabel = (row: string) =>
  `array[${row}.kind, case when ${row}.wave_id is not null then split_part(${row}.key, '#', 1) end, ${row}.channel::text, ${row}.state, ${row}.reason]`;

/** Where and how somebody may be written to, by audience and channel. */
const people = (rows: string, sign: 1 | -1) => `
  select s.campaign_id, array[s.counted_zone, s.counted_window, may.audience, may.channel] as label, ${sign} as n
  from ${rows} s cross join lateral (values
    ('open', 'email', s.done_at is null and s.email_since is not null),
    ('open', 'sms', s.done_at is null and s.sms_since is not null),
    ('updates', 'email', s.updates and s.email_since is not null),
    ('updates', 'sms', s.updates and s.sms_since is not null)) as may(audience, channel, be_written_to)
  where s.standing = 'joined' and may.be_written_to`;

const noted = (about: string, rows: string) => `
  insert into count_changes (campaign_id, about, label, n)
  select campaign_id, '${about}', label, sum(n)::integer from (${rows}) as x group by 1, 3 having sum(n) <> 0;`;

const endedOf = (rows: string, sign: 1 | -1) =>
  `select r.campaign_id, ${endedLabel('r')} as label, ${sign} as n from ${rows} r where ${ended('r')}`;

const oldest = `select id from count_changes order by id limit most for update skip locked`;

/** Reminders that ended, and people by zone, counted as the tallies are (decision 37). */
export class Counts1764000000033 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table counts (
        campaign_id uuid not null references campaigns on delete cascade,
        about text not null check (about in ('ended', 'people')),
        label text[] not null,
        n integer not null,
        primary key (campaign_id, about, label)
      );
      comment on table counts is 'How many rows there are of a label, as far as their changes are added up';
      comment on column counts.label is
        'ended: kind, rung, channel, state and reason of a reminder; people: zone, SMS window, audience and channel of who may be written to';
      create table count_changes (
        id bigint generated always as identity primary key,
        campaign_id uuid not null,
        about text not null,
        label text[] not null,
        n integer not null
      );
      create index on count_changes (campaign_id);
      comment on table count_changes is 'What is not in counts yet';

      alter table signups add counted_zone text, add counted_window text;
      alter table signups disable trigger user;
      update signups s set counted_zone = p.zone, counted_window = p.sms_window from supporters p where p.id = s.supporter_id;
      alter table signups enable trigger user;
      alter table signups alter counted_zone set not null, alter counted_window set not null;
      comment on column signups.counted_zone is 'The person''s zone and SMS window, by which they are counted; triggers keep it so';

      create function place_signup() returns trigger language plpgsql as $$
      begin
        -- Whoever moves at this moment is waited for, or waits and then finds this signup.
        select zone, sms_window into new.counted_zone, new.counted_window from supporters where id = new.supporter_id for share;
        return new;
      end $$;
      create trigger place_signup before insert on signups for each row execute function place_signup();
      create function move_signups() returns trigger language plpgsql as $$
      begin
        update signups set counted_zone = new.zone, counted_window = new.sms_window where supporter_id = new.id;
        return null;
      end $$;
      create trigger move_signups after update of zone, sms_window on supporters for each row
        when ((old.zone, old.sms_window) is distinct from (new.zone, new.sms_window)) execute function move_signups();

      create function count_people() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          ${noted('people', people('new_rows', 1))}
        else
          ${noted('people', `${people('old_rows', -1)} union all ${people('new_rows', 1)}`)}
        end if;
        return null;
      end $$;
      create trigger count_new_people after insert on signups referencing new table as new_rows
        for each statement execute function count_people();
      create trigger count_changed_people after update on signups referencing old table as old_rows new table as new_rows
        for each statement execute function count_people();

      create function count_ended() returns trigger language plpgsql as $$
      begin
        ${noted('ended', `${endedOf('old_rows', -1)} union all ${endedOf('new_rows', 1)}`)}
        return null;
      end $$;
      -- A statement fires only what is on the table that it names, and a claim names its campaign's partition.
      ${ledgers
        .map(
          (
            table,
          ) => `create trigger count_ended after update on ${table} referencing old table as old_rows new table as new_rows
            for each statement execute function count_ended();`,
        )
        .join('\n')}
      create function count_born_ended() returns trigger language plpgsql as $$
      begin
        insert into count_changes (campaign_id, about, label, n) values (new.campaign_id, 'ended', ${endedLabel('new')}, 1);
        return null;
      end $$;
      create trigger count_born_ended after insert on reminders for each row when (${ended('new')}) execute function count_born_ended();

      create function fold_count_changes(most integer) returns integer language sql as $$
        with taken as (
          delete from count_changes where id = any (array(${oldest})) returning *
        ), added as (
          insert into counts as t (campaign_id, about, label, n)
          select campaign_id, about, label, sum(n)::integer from taken where campaign_id in (select id from campaigns)
          group by 1, 2, 3 order by 1, 2, 3
          on conflict (campaign_id, about, label) do update set n = t.n + excluded.n
        )
        select count(*)::integer from taken
      $$;
      comment on function fold_count_changes is 'Adds up at most so many changes, and answers how many';

      create function rebuild_counts() returns void language sql as $$
        insert into count_changes (campaign_id, about, label, n)
        select campaign_id, about, label, sum(n)::integer from (
          select 'ended' as about, x.* from (${endedOf('reminders', 1)}) as x
          union all select 'people', x.* from (${people('signups', 1)}) as x
          union all select about, campaign_id, label, -n from counts
          union all select about, campaign_id, label, -n from count_changes
        ) as off group by 1, 2, 3 having sum(n) <> 0
      $$;
      comment on function rebuild_counts is 'Notes whatever the counts are off by, by one statement of one snapshot';
      select rebuild_counts();

      alter table receipts
        add channel channel generated always as (case provider when 'twilio' then 'sms' else 'email' end) stored,
        add heard text generated always as
          (case when status in ('delivered', 'read') then 'delivered' when status in ('bounced', 'complained') then status end) stored;
      drop index receipts_of_campaign;
      create index receipts_heard on receipts (campaign_id, channel, heard, reminder_id) where heard is not null;
      comment on column receipts.heard is 'What figures say of it; a message of which two receipts say the same counts once';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index receipts_heard;
      alter table receipts drop column heard, drop column channel;
      create index receipts_of_campaign on receipts (campaign_id, provider, status, reminder_id);
      drop trigger count_born_ended on reminders;
      ${ledgers.map((table) => `drop trigger count_ended on ${table};`).join('\n')}
      drop trigger count_changed_people on signups;
      drop trigger count_new_people on signups;
      drop trigger move_signups on supporters;
      drop trigger place_signup on signups;
      drop function rebuild_counts, fold_count_changes, count_born_ended, count_ended, count_people, move_signups, place_signup;
      drop table count_changes, counts;
      alter table signups drop column counted_zone, drop column counted_window;
    `);
  }
}
