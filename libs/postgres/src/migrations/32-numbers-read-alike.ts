import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A tracking number is found again however its zeros and ones were read; what was stored under its one spelling is hashed anew. */
export class NumbersReadAlike1764000000032 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`update confirmations set tracking_key = null where tracking_key is not null`);
  }

  async down(): Promise<void> {}
}
