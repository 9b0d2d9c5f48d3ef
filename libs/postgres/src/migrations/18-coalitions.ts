import type { MigrationInterface, QueryRunner } from 'typeorm';

const figures = ['direct', 'signups', 'opted_in', 'confirmed', 'verified', 'pledged'];

/** Until their hours are kept as well. */
export const countLeaving = `
  create or replace function count_leaving() returns trigger language plpgsql as $$
  begin
    perform from signups where id in (select signup_id from old_rows) order by id for no key update;
    insert into tally_changes (campaign_id, coalition_id, ${figures.join(', ')})
    select s.campaign_id, l.coalition_id, ${figures.map((figure) => `sum(s.sign * f.${figure})::integer`).join(', ')}
    from (
      select v.sign, v.was, s.* from signups s cross join (values (-1, true), (1, false)) as v(sign, was)
      where s.id in (select signup_id from old_rows)) s
    cross join lateral (
      select a as coalition_id, min(m.joined_at) as joined_at, bool_or(a = m.coalition_id) as direct
      from (
        select coalition_id, joined_at from signup_coalitions where signup_id = s.id
        union all
        select coalition_id, joined_at from old_rows o where s.was and o.signup_id = s.id) m
      cross join lateral coalitions_above(m.coalition_id) as a group by a) l
    cross join lateral tally_figures(s.standing, s.opted_in_at, s.outcome, s.evidence, s.done_at, l.joined_at, l.direct) f
    group by 1, 2
    having (${figures.map((figure) => `sum(s.sign * f.${figure})`).join(', ')}) <> (0, 0, 0, 0, 0, 0);
    return null;
  end $$;
`;

/** Coalitions that are edited by several, moved to another address, shown with a logo, and merged. */
export class Coalitions1764000000018 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table coalitions
        add version integer not null default 1,
        add logo text,
        add merged_into uuid references coalitions check (merged_into <> id),
        add merged_at timestamptz,
        add check ((merged_into is null) = (merged_at is null));
      create index on coalitions (merged_into) where merged_into is not null;
      comment on column coalitions.merged_into is 'Where its people, links and leaders are now: never one that is merged itself';

      create table logos (
        coalition_id uuid not null references coalitions,
        name text not null check (name ~ '^[0-9a-f]{32}-[1-9][0-9]{0,2}x[1-9][0-9]{0,2}$'),
        image bytea not null check (length(image) <= 20 * 1024),
        uploaded_at timestamptz not null default now(),
        primary key (coalition_id, name)
      );
      create index on logos (name);
      comment on column logos.name is 'Of the image alone: its hash, width and height';
      alter table coalitions add foreign key (id, logo) references logos (coalition_id, name);

      create table coalition_slugs (
        slug slug primary key,
        coalition_id uuid not null references coalitions,
        since timestamptz not null default now()
      );
      comment on table coalition_slugs is 'Every slug that a coalition ever had: what is printed leads there for good';
      insert into coalition_slugs (slug, coalition_id) select slug, id from coalitions;

      create function keep_slug() returns trigger language plpgsql as $$
      begin
        insert into coalition_slugs (slug, coalition_id) values (new.slug, new.id) on conflict (slug) do nothing;
        if (select coalition_id from coalition_slugs where slug = new.slug) <> new.id then
          raise unique_violation using message = 'another coalition had this slug', constraint = 'coalitions_slug_key';
        end if;
        return null;
      end $$;
      create trigger keep_slug after insert or update of slug on coalitions for each row execute function keep_slug();

      create function follow_merge() returns trigger language plpgsql as $$
      declare
        survivor uuid;
      begin
        -- Waits for a merge that is under way, and then sees it.
        select merged_into into survivor from coalitions where id = new.coalition_id for key share;
        if survivor is not null then
          new.coalition_id := survivor;
        end if;
        return new;
      end $$;
      comment on function follow_merge is 'Who comes through a coalition that was merged meanwhile comes through the one that it is now';
      create trigger follow_merge before insert or update of coalition_id on signups
        for each row execute function follow_merge();
      create trigger follow_merge before insert on signup_coalitions for each row execute function follow_merge();
      create trigger follow_merge before insert on campaign_coalitions for each row execute function follow_merge();

      -- Who leaves is counted by what changes for them, as who joins is.
      ${countLeaving}
      drop trigger count_anew on signup_coalitions;
      create trigger count_anew after update of coalition_id, joined_at on signup_coalitions
        for each statement execute function count_anew();
      create trigger count_leaving after delete on signup_coalitions referencing old table as old_rows
        for each statement execute function count_leaving();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger count_leaving on signup_coalitions;
      drop trigger count_anew on signup_coalitions;
      create trigger count_anew after update of coalition_id, joined_at or delete on signup_coalitions
        for each statement execute function count_anew();
      drop function count_leaving;
      drop trigger follow_merge on campaign_coalitions;
      drop trigger follow_merge on signup_coalitions;
      drop trigger follow_merge on signups;
      drop function follow_merge;
      drop trigger keep_slug on coalitions;
      drop function keep_slug;
      drop table coalition_slugs;
      alter table coalitions drop constraint coalitions_id_logo_fkey;
      drop table logos;
      alter table coalitions drop column merged_at, drop column merged_into, drop column logo, drop column version;
    `);
  }
}
