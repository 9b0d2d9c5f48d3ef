import type { MigrationInterface, QueryRunner } from 'typeorm';

const without = (parts: string) => `
  set texts = (select jsonb_object_agg(language, words - array[${parts}]) from jsonb_each(texts) as each(language, words))`;

/** Words that no page of their campaign's kind has a place for are refused now when they are saved; these were saved before. */
export class WordsOfTheirKind1764000000031 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      update campaigns ${without(`'opening', 'prompts', 'facts', 'sample'`)}
      where kind <> 'regulatory_comment' and texts <> '{}';
      update campaigns ${without(`'entry'`)}
      where kind <> 'census_occupation' and texts <> '{}';
    `);
  }

  async down(): Promise<void> {}
}
