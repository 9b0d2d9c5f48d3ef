import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a claim asks for a few kinds of reminders only, as functions: each is planned when it is first needed, and the
 * claim's own plan stays small. And how fast each provider may be written to.
 */
export class Claims1764000000013 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function opt_in_mail_that_day(supporter uuid, reminder bigint, due timestamptz) returns boolean
      stable language plpgsql as $$
      begin
        return exists (
          select from signups o join reminders n on n.campaign_id = o.campaign_id and n.supporter_id = o.supporter_id
          where o.supporter_id = supporter and n.channel = 'email' and n.id <> reminder
            and (n.kind in ('welcome', 'ended') and n.state in ('due', 'sending', 'sent') or n.kind = 'nudge' and n.state in ('sending', 'sent'))
            and abs(extract(epoch from n.due_at - due)) < 23 * 3600);
      end $$;
      comment on function opt_in_mail_that_day is
        'Another opt-in mail goes to the same person on this day (RULES §6); its own campaign''s come a day apart to the second';

      create function nearer_text_today(to_phone contact_key, place text, campaign uuid, deadline timestamptz) returns boolean
      stable language plpgsql as $$
      declare
        over timestamptz := (date_trunc('day', campaign_now() at time zone place) + interval '1 day') at time zone place;
      begin
        return exists (
          select from supporters op
          join signups os on os.supporter_id = op.id and os.campaign_id <> campaign
          join campaigns oc on oc.id = os.campaign_id
          where op.phone_key = to_phone and os.sms_since is not null and os.done_at is null and os.standing = 'joined'
            and oc.status = 'running' and (oc.deadline_at, oc.id) < (deadline, campaign)
            and (exists (
              select from waves w join rungs g on g.campaign_id = w.campaign_id and g.id = w.rung_id and g.withdrawn_at is null
              where w.campaign_id = oc.id and w.round = oc.round and w.channel = 'sms' and w.kind = 'rung'
                and w.zone = op.zone and w.sms_window = op.sms_window and w.at < over and w.expires_at > campaign_now()
                and (w.at > campaign_now() or w.expanded_from is null)
                and greatest(os.signed_up_at, oc.launched_at, os.sms_since) <= coalesce(w.joins_by, 'infinity'))
            or exists (
              select from reminders o where o.campaign_id = oc.id and o.supporter_id = op.id and o.channel = 'sms'
                and o.kind in ('rung', 'last_call') and o.state = 'due' and o.due_at < over and o.expires_at > campaign_now())));
      end $$;
      comment on function nearer_text_today is
        'A campaign with a nearer deadline has a text of its ladder for this phone before the person''s day ends (RULES §6)';

      create function text_still_counts(campaign uuid, reminder bigint) returns boolean
      stable language plpgsql as $$
      begin
        return exists (
          select from reminders held where held.campaign_id = campaign and held.id = reminder
            and held.state not in ('skipped', 'failed'));
      end $$;
      comment on function text_still_counts is
        'What was skipped or refused after all gives its day and its turn back (RULES §6)';

      create index reminders_unknown on reminders (checked_at) where state = 'unknown';

      create table paces (
        channel channel primary key,
        allowance double precision not null default 0,
        filled_at timestamptz not null default clock_timestamp(),
        day date not null default current_date,
        used bigint not null default 0,
        granted integer not null default 0
      );
      insert into paces (channel) values ('email'), ('sms');
      comment on table paces is 'What each provider still takes, by the real clock; shared by all workers';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table paces;
      drop index reminders_unknown;
      drop function opt_in_mail_that_day, nearer_text_today, text_still_counts;
    `);
  }
}
