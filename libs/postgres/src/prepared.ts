import type { Pool, PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';

/**
 * Runs a statement that each connection parses and plans once.
 * @param name stands for this text alone
 */
export async function prepared<Row>(
  { queryRunner, connection }: EntityManager,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const client = queryRunner
    ? ((await queryRunner.connect()) as PoolClient)
    : (connection.driver as unknown as { master: Pool }).master;
  return (await client.query({ name, text, values })).rows as Row[];
}
