import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Ids of people and signups in the order of time. A wave is made and claimed in the order of its signups; when that is the order
 * in which they came, what fifty of them need lies together, and not on two hundred pages that are all over the disk.
 */
export class Ids1764000000015 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function id_in_order() returns uuid volatile language sql as $$
        select encode(set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid())
            placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
      $$;
      comment on function id_in_order is 'A UUID of version 7; Postgres has its own from 18 on';
      alter table supporters alter column id set default id_in_order();
      alter table signups alter column id set default id_in_order();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table signups alter column id set default gen_random_uuid();
      alter table supporters alter column id set default gen_random_uuid();
      drop function id_in_order;
    `);
  }
}
