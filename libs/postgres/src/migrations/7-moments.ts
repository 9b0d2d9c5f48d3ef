import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a moved deadline, a moved person and the caps on texts need. */
export class Moments1764000000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table campaigns add plan integer not null default 1, add paused_because text, add notify text[] not null default '{}';
      comment on column campaigns.plan is
        'Rises when the deadline, the ladder or the hours change: a reminder planned before is refused and planned anew';
      comment on column campaigns.notify is 'Sealed addresses of organizers who are told what cannot wait';

      alter table signups add standing text not null default 'joined' check (standing in ('joined', 'invited', 'late'));
      comment on column signups.standing is
        'Only who joined is counted and reminded; invited: asked to this campaign; late: came after its end';

      alter table reminders
        add plan integer not null default 1,
        add zone text,
        add sms_window text,
        add handed_at timestamptz,
        drop constraint reminders_kind_check,
        add constraint reminders_kind_check check (kind in
          ('rung', 'alert', 'follow_up', 'welcome', 'nudge', 'sms_optin', 'last_call', 'snooze', 'reply', 'ended', 'result',
           'invitation', 'data'));
      create index reminders_taken_back on reminders (campaign_id, key, signup_id)
        where state = 'skipped' and reason in
          ('no_window', 'before_signup', 'superseded', 'too_late', 'moved_past', 'expired', 'replanned');
      comment on column reminders.zone is 'Where its moment is a decent hour; who moved is planned anew';
      comment on column reminders.handed_at is 'The last check that it passed, by the campaign''s clock';

      create table text_slots (
        phone_key contact_key not null,
        slot smallint not null check (slot between 1 and 3),
        taken_at timestamptz not null,
        campaign_id uuid not null,
        reminder_id bigint not null,
        primary key (phone_key, slot)
      );
      comment on table text_slots is 'Three texts to a phone in 24 hours, each in a slot of its own (RULES §6)';

      alter table suppressions
        drop constraint suppressions_reason_check,
        add constraint suppressions_reason_check check (reason in
          ('unsubscribed', 'stop', 'complaint', 'hard_bounce', 'soft_bounces', 'opted_out', 'bad_number', 'landline', 'deleted'));
      alter table tokens
        drop constraint tokens_purpose_check,
        add constraint tokens_purpose_check check (purpose in
          ('opt_in', 'guide', 'done', 'stop', 'me', 'arrival', 'leader', 'sign_in', 'data', 'join'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table text_slots;
      alter table reminders drop column handed_at, drop column sms_window, drop column zone, drop column plan;
      alter table signups drop column standing;
      alter table campaigns drop column notify, drop column paused_because, drop column plan;
    `);
  }
}
