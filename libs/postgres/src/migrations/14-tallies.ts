import type { MigrationInterface, QueryRunner } from 'typeorm';

const figures = ['direct', 'signups', 'opted_in', 'confirmed', 'verified', 'pledged'];
const columns = figures.map((figure) => `${figure} integer not null`).join(', ');
const named = figures.join(', ');
const sums = (row: string) => figures.map((figure) => `sum(${row}.${figure})::integer`).join(', ');
const changed = (row: string) =>
  `(${figures.map((figure) => `sum(${row}.${figure})`).join(', ')}) <> (0, 0, 0, 0, 0, 0)`;
const facts = 'standing, opted_in_at, outcome, evidence, done_at';
const factsOf = (row: string) =>
  facts
    .split(', ')
    .map((fact) => `${row}.${fact}`)
    .join(', ');

/** What a person counts for where they joined at `l.joined_at`, with a sign. */
const counted = `select s.campaign_id, l.coalition_id, ${figures.map((figure) => `s.sign * f.${figure} as ${figure}`).join(', ')}`;
const figured = `cross join lateral tally_figures(${factsOf('s')}, l.joined_at, l.direct) f`;
const noted = (rows: string) => `
  insert into tally_changes (campaign_id, coalition_id, ${named})
  select x.campaign_id, x.coalition_id, ${sums('x')} from (${rows}) x group by 1, 2 having ${changed('x')};`;

/** How the figures are counted until their hours are kept as well. */
export const counting = `
  create or replace function tally_figures(
    standing text, opted_in_at timestamptz, outcome text, evidence text, done_at timestamptz, joined_at timestamptz, direct boolean
  ) returns table (${figures.map((figure) => `${figure} integer`).join(', ')}) immutable language sql as $$
    select $7::integer, 1, ($2 is not null)::integer,
      coalesce($3 in ('filed', 'answered') and $6 <= $5, false)::integer,
      coalesce($4 = 'seen_on_docket' and $6 <= $5, false)::integer,
      coalesce($3 = 'pledged' and $6 <= $5, false)::integer
    where $1 = 'joined'
  $$;
  comment on function tally_figures is
    'What one person counts for: only who joined, and a confirmation credits the coalitions joined before it';
  create or replace function count_signups() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      ${noted(`
        ${counted} from (select 1 as sign, campaign_id, ${facts} from new_rows) s
        cross join (select null::uuid as coalition_id, '-infinity'::timestamptz as joined_at, false as direct) l ${figured}`)}
    else
      ${noted(`
        ${counted} from (
          select v.sign, o.id, o.campaign_id, v.standing, v.opted_in_at, v.outcome, v.evidence, v.done_at
          from old_rows o join new_rows n using (id)
          cross join lateral (values (-1, ${factsOf('o')}), (1, ${factsOf('n')})) as v(sign, ${facts})
          where (${factsOf('o')}) is distinct from (${factsOf('n')})) s
        cross join lateral (
          select null::uuid as coalition_id, '-infinity'::timestamptz as joined_at, false as direct
          union all
          select a, min(m.joined_at), bool_or(a = m.coalition_id)
          from signup_coalitions m cross join lateral coalitions_above(m.coalition_id) as a where m.signup_id = s.id group by a) l
        ${figured}`)}
    end if;
    return null;
  end $$;
  create or replace function count_joining() returns trigger language plpgsql as $$
  begin
    -- Whoever changes one of these signups meanwhile is waited for, and then counted where they join.
    perform from signups where id in (select signup_id from new_rows) order by id for no key update;
    ${noted(`
      ${counted} from (
        select v.sign, v.was, s.id, s.campaign_id, ${factsOf('s')}
        from signups s cross join (values (-1, true), (1, false)) as v(sign, was)
        where s.id in (select signup_id from new_rows)) s
      cross join lateral (
        select a as coalition_id, min(m.joined_at) as joined_at, bool_or(a = m.coalition_id) as direct
        from signup_coalitions m cross join lateral coalitions_above(m.coalition_id) as a
        where m.signup_id = s.id
          and not (s.was and exists (select from new_rows n where n.signup_id = m.signup_id and n.coalition_id = m.coalition_id))
        group by a) l
      ${figured}`)}
    return null;
  end $$;
  create or replace function rebuild_tallies() returns void language sql as $$
    ${noted(`
      ${counted} from (select 1 as sign, id, campaign_id, ${facts} from signups) s
      join (
        select id as signup_id, null::uuid as coalition_id, '-infinity'::timestamptz as joined_at, false as direct from signups
        union all
        select m.signup_id, l.ancestor_id, min(m.joined_at), bool_or(l.ancestor_id = m.coalition_id)
        from signup_coalitions m join coalition_lines l on l.coalition_id = m.coalition_id group by 1, 2) l on l.signup_id = s.id
      ${figured}
      union all select campaign_id, coalition_id, ${figures.map((figure) => `-${figure}`).join(', ')} from tallies
      union all select campaign_id, coalition_id, ${figures.map((figure) => `-${figure}`).join(', ')} from tally_changes`)}
  $$;
  create or replace function fold_tally_changes(most integer) returns integer language sql as $$
    with taken as (
      delete from tally_changes where id in (select id from tally_changes order by id limit most for update skip locked)
      returning *
    ), added as (
      insert into tallies as t (campaign_id, coalition_id, ${named})
      select campaign_id, coalition_id, ${sums('taken')} from taken where campaign_id in (select id from campaigns) group by 1, 2 order by 1, 2
      on conflict (campaign_id, coalition_id) do update set
        ${figures.map((figure) => `${figure} = t.${figure} + excluded.${figure}`).join(', ')}
    )
    select count(*)::integer from taken
  $$;
`;

/**
 * Figures that need no counting (RULES §8). Whatever changes a signup notes by how much the figures change, in its own
 * transaction, and `fold_tally_changes` adds the notes up now and then: what is added up and what is not are the truth together, at
 * every moment, and nobody waits for a row that everybody counts in. No one statement may change a signup and its coalitions:
 * each trigger takes the other's table as it stands.
 */
export class Tallies1764000000014 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table tallies (
        campaign_id uuid not null references campaigns on delete cascade,
        coalition_id uuid,
        ${columns},
        unique nulls not distinct (campaign_id, coalition_id)
      );
      comment on table tallies is 'Without a coalition: everybody, each once. With one: whoever joined it or one below it, each once';
      comment on column tallies.direct is 'Of the signups, those that joined this very coalition';

      create table tally_changes (
        id bigint generated always as identity primary key,
        campaign_id uuid not null,
        coalition_id uuid,
        ${columns}
      );
      create index on tally_changes (campaign_id);
      comment on table tally_changes is 'What is not in tallies yet';

      create function coalitions_above(coalition uuid) returns setof uuid stable language sql as $$
        with recursive above as (
          select id, parent_id from coalitions where id = coalition
          union all
          select c.id, c.parent_id from coalitions c join above on c.id = above.parent_id
        )
        select id from above
      $$;
      comment on function coalitions_above is 'The coalition itself and every one above it';

      ${counting}

      create trigger count_new_signups after insert on signups referencing new table as new_rows
        for each statement execute function count_signups();
      create trigger count_changed_signups after update on signups referencing old table as old_rows new table as new_rows
        for each statement execute function count_signups();

      create trigger count_joining after insert on signup_coalitions referencing new table as new_rows
        for each statement execute function count_joining();

      comment on function rebuild_tallies is
        'Notes whatever the figures are off by. One statement, one snapshot: who signs up meanwhile is in neither side of it';

      create function count_anew() returns trigger language plpgsql as $$
      begin
        -- Nobody else counts by the old tree from here on.
        lock table tally_changes in share row exclusive mode;
        perform rebuild_tallies();
        return null;
      end $$;
      create trigger count_anew after update of parent_id on coalitions for each statement execute function count_anew();
      create trigger count_anew after update of coalition_id, joined_at or delete on signup_coalitions
        for each statement execute function count_anew();

      comment on function fold_tally_changes is 'Adds up at most so many changes, and answers how many';

      select rebuild_tallies();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger count_anew on signup_coalitions;
      drop trigger count_anew on coalitions;
      drop trigger count_joining on signup_coalitions;
      drop trigger count_changed_signups on signups;
      drop trigger count_new_signups on signups;
      drop function count_signups, count_joining, count_anew, rebuild_tallies, fold_tally_changes, coalitions_above, tally_figures;
      drop table tally_changes, tallies;
    `);
  }
}
