import type { MigrationInterface, QueryRunner } from 'typeorm';
import { countingByTheHour, folding, tallyStepsOf } from './19-steps.js';
import { atOnce } from './22-folding.js';

const figuresBefore = ['direct', 'signups', 'opted_in', 'went', 'confirmed', 'verified', 'pledged'];
const figures = [...figuresBefore, 'referred', 'referred_done'];
const factsBefore = ['signed_up_at', 'standing', 'opted_in_at', 'went_at', 'outcome', 'evidence', 'done_at'];
const facts = [...factsBefore, 'referred'];
const purposesBefore = 'opt_in, guide, done, stop, me, arrival, leader, sign_in, data, join';
const purposes = (list: string) => `
  alter table tokens
    drop constraint tokens_purpose_check,
    add constraint tokens_purpose_check check (purpose in (${list
      .split(', ')
      .map((purpose) => `'${purpose}'`)
      .join(', ')}));`;

/** Whom a colleague's code brought: how many, in the figures for good; by whom, until one of the two is forgotten (decision 32). */
export class Referrals1764000000026 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ${purposes(`${purposesBefore}, refer`)}
      alter table signups add referred boolean not null default false;
      comment on column signups.referred is 'Came by a colleague''s code; stays when nobody knows any more by whose';

      create table referrals (
        id bigint generated always as identity primary key,
        by_signup_id uuid not null references signups on delete cascade,
        signup_id uuid unique references signups on delete cascade,
        joined boolean,
        done boolean,
        check (by_signup_id <> signup_id),
        check ((signup_id is null) = (joined is not null) and (joined is null) = (done is null))
      );
      create index on referrals (by_signup_id);
      comment on table referrals is 'Who brought whom, each signup once: the first code wins';
      comment on column referrals.signup_id is 'Null when that person was deleted: joined and done say what they counted for';

      alter table tallies add referred integer not null default 0, add referred_done integer not null default 0;
      alter table tally_changes add referred integer not null default 0, add referred_done integer not null default 0;
      alter table tally_steps add referred integer not null default 0, add referred_done integer not null default 0;

      drop function tally_steps_of;
      create function tally_steps_of(
        signed_up_at timestamptz, standing text, opted_in_at timestamptz, went_at timestamptz, outcome text, evidence text,
        done_at timestamptz, referred boolean, joined_at timestamptz, direct boolean
      ) returns table (hour timestamptz, ${figures.map((figure) => `${figure} integer`).join(', ')}) immutable language sql as $$
        select date_bin('1 hour', step.at, timestamptz '1970-01-01 00:00:00+00'), ${figures.map((_, n) => `step.n${n}`).join(', ')}
        from (values
          (greatest($1, $9), $10::integer, 1, 0, 0, 0, 0, 0, $8::integer, 0),
          (case when $3 is not null then greatest($1, $3, $9) end, 0, 0, 1, 0, 0, 0, 0, 0, 0),
          (case when $4 is not null then greatest($1, $4, $9) end, 0, 0, 0, 1, 0, 0, 0, 0, 0),
          (case when $9 <= $7 then greatest($1, $7) end, 0, 0, 0, 0,
            ($5 in ('filed', 'answered'))::integer, coalesce($6 = 'seen_on_docket', false)::integer, ($5 = 'pledged')::integer,
            0, ($8 and $5 in ('filed', 'answered'))::integer)
        ) as step(at, ${figures.map((_, n) => `n${n}`).join(', ')})
        where $2 = 'joined' and step.at is not null
      $$;
      comment on function tally_steps_of is
        'What one person counts for, and when: only who joined, no sooner than they joined, and a confirmation credits the coalitions joined before it';
      ${countingByTheHour(figures, facts)}
      ${folding(figures, atOnce)}
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function tally_steps_of;
      ${tallyStepsOf}
      ${countingByTheHour(figuresBefore, factsBefore)}
      ${folding(figuresBefore, atOnce)}
      alter table tally_steps drop column referred, drop column referred_done;
      alter table tally_changes drop column referred, drop column referred_done;
      alter table tallies drop column referred, drop column referred_done;
      drop table referrals;
      alter table signups drop column referred;
      delete from tokens where purpose = 'refer';
      ${purposes(purposesBefore)}
    `);
  }
}
