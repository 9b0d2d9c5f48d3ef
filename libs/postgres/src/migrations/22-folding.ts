import type { MigrationInterface, QueryRunner } from 'typeorm';
import { folding, oldest } from './19-steps.js';

const figures = ['direct', 'signups', 'opted_in', 'went', 'confirmed', 'verified', 'pledged'];

/** Which notes are added up, looked up once. */
export const atOnce = `= any (array(${oldest}))`;

/**
 * Which notes are added up is looked up once. As a subquery it was looked up for each note again, when statistics had been
 * taken while there were none: after a quiet hour, a rush of signups took minutes to add up.
 */
export class Folding1764000000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(folding(figures, atOnce));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(folding(figures, `in (${oldest})`));
  }
}
