import type { MigrationInterface, QueryRunner } from 'typeorm';

const figures = ['direct', 'signups', 'opted_in', 'went', 'confirmed', 'verified', 'pledged'];
const named = figures.join(', ');
const sums = figures.map((figure) => `sum(kept.${figure})::integer`).join(', ');
const raised = figures.map((figure) => `${figure} = t.${figure} + excluded.${figure}`).join(', ');
const oldest = `select id from tally_changes order by id limit most for update skip locked`;

const folding = (ofOldest: string) => `
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

/**
 * Which notes are added up is looked up once. As a subquery it was looked up for each note again, when statistics had been
 * taken while there were none: after a quiet hour, a rush of signups took minutes to add up.
 */
export class Folding1764000000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(folding(`= any (array(${oldest}))`));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(folding(`in (${oldest})`));
  }
}
