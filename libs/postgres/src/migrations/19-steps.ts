import type { MigrationInterface, QueryRunner } from 'typeorm';
import { counting } from './14-tallies.js';
import { countLeaving } from './18-coalitions.js';

const figures = ['direct', 'signups', 'opted_in', 'went', 'confirmed', 'verified', 'pledged'];
const facts = ['signed_up_at', 'standing', 'opted_in_at', 'went_at', 'outcome', 'evidence', 'done_at'];

const everybody = `null::uuid as coalition_id, '-infinity'::timestamptz as joined_at, false as direct`;

/** A person once in each coalition that they joined and in every one above it. */
const lines = (memberships: string) => `
  select a as coalition_id, min(m.joined_at) as joined_at, bool_or(a = m.coalition_id) as direct
  from ${memberships} m cross join lateral coalitions_above(m.coalition_id) as a group by a`;

/**
 * Whatever notes by how much figures change.
 * @param figures columns of `tallies`, `tally_changes` and `tally_steps`, and what `tally_steps_of` returns for an hour
 * @param facts columns of `signups` that they depend on, as `tally_steps_of` takes them
 */
export function countingByTheHour(figures: string[], facts: string[]): string {
  const named = figures.join(', ');
  const sums = figures.map((figure) => `sum(x.${figure})::integer`).join(', ');
  const signed = (sign: '' | '-') => figures.map((figure) => `${sign}${figure}`).join(', ');
  const none = `(${figures.map(() => 0).join(', ')})`;
  const factsOf = (row: string) => facts.map((fact) => `${row}.${fact}`).join(', ');
  /** What a person counts for where they joined at `l.joined_at`, hour by hour, with a sign. */
  const counted = `select s.campaign_id, l.coalition_id, f.hour, ${figures.map((figure) => `s.sign * f.${figure} as ${figure}`).join(', ')}`;
  const stepped = `cross join lateral tally_steps_of(${factsOf('s')}, l.joined_at, l.direct) f`;
  const noted = (rows: string) => `
    insert into tally_changes (campaign_id, coalition_id, hour, ${named})
    select x.campaign_id, x.coalition_id, x.hour, ${sums} from (${rows}) x group by 1, 2, 3
    having (${figures.map((figure) => `sum(x.${figure})`).join(', ')}) <> ${none};`;
  return `
    create or replace function count_signups() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        ${noted(`${counted} from (select 1 as sign, campaign_id, ${facts.join(', ')} from new_rows) s cross join (select ${everybody}) l ${stepped}`)}
      else
        ${noted(`
          ${counted} from (
            select v.sign, o.id, o.campaign_id, ${factsOf('v')}
            from old_rows o join new_rows n using (id)
            cross join lateral (values (-1, ${factsOf('o')}), (1, ${factsOf('n')})) as v(sign, ${facts.join(', ')})
            where (${factsOf('o')}) is distinct from (${factsOf('n')})) s
          cross join lateral (
            select ${everybody}
            union all
            select * from (${lines(`(select * from signup_coalitions where signup_id = s.id)`)}) joined) l
          ${stepped}`)}
      end if;
      return null;
    end $$;

    create or replace function count_joining() returns trigger language plpgsql as $$
    begin
      -- Whoever changes one of these signups meanwhile is waited for, and then counted where they join.
      perform from signups where id in (select signup_id from new_rows) order by id for no key update;
      ${noted(`
        ${counted} from (
          select v.sign, v.was, s.* from signups s cross join (values (-1, true), (1, false)) as v(sign, was)
          where s.id in (select signup_id from new_rows)) s
        cross join lateral (${lines(`(
          select * from signup_coalitions o where o.signup_id = s.id and not (s.was and exists (
            select from new_rows n where n.signup_id = o.signup_id and n.coalition_id = o.coalition_id)))`)}) l
        ${stepped}`)}
      return null;
    end $$;

    create or replace function count_leaving() returns trigger language plpgsql as $$
    begin
      perform from signups where id in (select signup_id from old_rows) order by id for no key update;
      ${noted(`
        ${counted} from (
          select v.sign, v.was, s.* from signups s cross join (values (-1, true), (1, false)) as v(sign, was)
          where s.id in (select signup_id from old_rows)) s
        cross join lateral (${lines(`(
          select coalition_id, joined_at from signup_coalitions where signup_id = s.id
          union all
          select coalition_id, joined_at from old_rows o where s.was and o.signup_id = s.id)`)}) l
        ${stepped}`)}
      return null;
    end $$;

    create or replace function rebuild_tallies() returns void language sql as $$
      ${noted(`
        ${counted} from (select 1 as sign, id, campaign_id, ${facts.join(', ')} from signups) s
        join (
          select id as signup_id, ${everybody} from signups
          union all
          select m.signup_id, l.ancestor_id, min(m.joined_at), bool_or(l.ancestor_id = m.coalition_id)
          from signup_coalitions m join coalition_lines l on l.coalition_id = m.coalition_id group by 1, 2) l on l.signup_id = s.id
        ${stepped}
        union all select campaign_id, coalition_id, hour, ${signed('-')} from tally_steps
        union all select campaign_id, coalition_id, hour, ${signed('-')} from tally_changes
        union all select campaign_id, coalition_id, '-infinity', ${signed('')} from tally_steps
        union all select campaign_id, coalition_id, '-infinity', ${signed('-')} from tallies`)}
    $$;
  `;
}

/** Adds notes of change up. @param ofOldest which of them: `in` or `any` of the oldest */
export function folding(figures: string[], ofOldest: string): string {
  const named = figures.join(', ');
  const sums = figures.map((figure) => `sum(kept.${figure})::integer`).join(', ');
  const raised = figures.map((figure) => `${figure} = t.${figure} + excluded.${figure}`).join(', ');
  return `
    create or replace function fold_tally_changes(most integer) returns integer language sql as $$
      with taken as (
        delete from tally_changes where id ${ofOldest} returning *
      ), kept as (
        select * from taken where campaign_id in (select id from campaigns)
      ), added as (
        insert into tallies as t (campaign_id, coalition_id, ${named})
        select campaign_id, coalition_id, ${sums} from kept group by 1, 2 order by 1, 2
        on conflict (campaign_id, coalition_id) do update set ${raised}
      ), by_the_hour as (
        insert into tally_steps as t (campaign_id, coalition_id, hour, ${named})
        select campaign_id, coalition_id, hour, ${sums} from kept where hour > '-infinity' group by 1, 2, 3 order by 1, 2, 3
        on conflict (campaign_id, coalition_id, hour) do update set ${raised}
      )
      select count(*)::integer from taken
    $$;`;
}

/** What one person counts for. */
export const tallyStepsOf = `
  create function tally_steps_of(
    signed_up_at timestamptz, standing text, opted_in_at timestamptz, went_at timestamptz, outcome text, evidence text,
    done_at timestamptz, joined_at timestamptz, direct boolean
  ) returns table (hour timestamptz, ${figures.map((figure) => `${figure} integer`).join(', ')}) immutable language sql as $$
    select date_bin('1 hour', step.at, timestamptz '1970-01-01 00:00:00+00'), ${figures.map((_, n) => `step.n${n}`).join(', ')}
    from (values
      (greatest($1, $8), $9::integer, 1, 0, 0, 0, 0, 0),
      (case when $3 is not null then greatest($1, $3, $8) end, 0, 0, 1, 0, 0, 0, 0),
      (case when $4 is not null then greatest($1, $4, $8) end, 0, 0, 0, 1, 0, 0, 0),
      (case when $8 <= $7 then greatest($1, $7) end, 0, 0, 0, 0,
        ($5 in ('filed', 'answered'))::integer, coalesce($6 = 'seen_on_docket', false)::integer, ($5 = 'pledged')::integer)
    ) as step(at, ${figures.map((_, n) => `n${n}`).join(', ')})
    where $2 = 'joined' and step.at is not null
  $$;
  comment on function tally_steps_of is
    'What one person counts for, and when: only who joined, no sooner than they joined, and a confirmation credits the coalitions joined before it';
`;

export const oldest = `select id from tally_changes order by id limit most for update skip locked`;

/**
 * The figures by the hour in which each came about, so that their course need not be counted either (0023). A note of
 * change knows its hour; what is added up goes to `tallies` and, by the hour, to `tally_steps`.
 */
export class Steps1764000000019 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table tallies add went integer not null default 0;
      alter table tally_changes
        add went integer not null default 0,
        add hour timestamptz not null default '-infinity';
      comment on column tally_changes.hour is 'When it came about; -infinity is of no hour, and for tallies alone';

      create table tally_steps (
        campaign_id uuid not null references campaigns on delete cascade,
        coalition_id uuid,
        hour timestamptz not null,
        ${figures.map((figure) => `${figure} integer not null`).join(', ')},
        unique nulls not distinct (campaign_id, coalition_id, hour)
      );
      comment on table tally_steps is 'What tallies are made of, by the hour in which it came about';

      ${tallyStepsOf}
      ${countingByTheHour(figures, facts)}
      ${folding(figures, `in (${oldest})`)}

      drop function tally_figures;
      select rebuild_tallies();

      create index receipts_of_campaign on receipts (campaign_id, provider, status, reminder_id);

      alter table campaigns add ranking boolean not null default false;
      comment on column campaigns.ranking is 'Whether leaders see where their coalition stands among its neighbours';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table campaigns drop column ranking;
      drop index receipts_of_campaign;
      ${counting}
      ${countLeaving}
      drop function tally_steps_of;
      drop table tally_steps;
      alter table tally_changes drop column hour, drop column went;
      alter table tallies drop column went;
    `);
  }
}
