import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who says it is done. The current one is also a column of the signup, written in the same transaction. */
export class Confirmations1764000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table confirmations (
        id bigint generated always as identity primary key,
        signup_id uuid not null references signups,
        outcome text not null check (outcome in ('filed', 'answered', 'pledged', 'not_sampled')),
        evidence text check (evidence in ('said', 'tracking_number', 'seen_on_docket')),
        tracking_number sealed,
        source text not null check (source in ('page', 'text', 'leader', 'api', 'sweep')),
        recorded_by text,
        at timestamptz not null default campaign_now(),
        taken_back_at timestamptz,
        check ((evidence is not null) = (outcome = 'filed')),
        check ((tracking_number is not null) <= coalesce(evidence <> 'said', false))
      );
      create unique index one_confirmation on confirmations (signup_id) where taken_back_at is null;
      create index confirmations_taken_back on confirmations (signup_id) where taken_back_at is not null;

      create function evidence_only_goes_up() returns trigger language plpgsql as $$
      begin
        if array_position(array['said', 'tracking_number', 'seen_on_docket'], new.evidence)
          < array_position(array['said', 'tracking_number', 'seen_on_docket'], old.evidence) then
          raise exception 'evidence only goes up' using errcode = 'check_violation';
        end if;
        return new;
      end $$;
      create trigger evidence_only_goes_up before update of evidence on confirmations
        for each row execute function evidence_only_goes_up();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table confirmations; drop function evidence_only_goes_up;`);
  }
}
