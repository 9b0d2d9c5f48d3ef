import type { EntityManager } from 'typeorm';
import { tokenHash } from './keyring.js';

/** A request that a script repeats gets its first answer again. */
export class Idempotency {
  constructor(private readonly db: EntityManager) {}

  /**
   * @param key the script's own word for this request; without one nothing is remembered
   * @throws ReusedKey when the key came with another request before
   */
  async once<Answer>(
    staffId: string,
    key: string | undefined,
    request: unknown,
    act: () => Promise<Answer>,
  ): Promise<Answer> {
    if (!key) return act();
    const name = key.slice(0, 200);
    const hash = tokenHash(JSON.stringify(request));
    return this.db.transaction(async (db) => {
      await db.query(`select pg_advisory_xact_lock(hashtextextended($1 || $2, 0))`, [staffId, name]);
      const [known] = await db.query<{ same: boolean; answer: Answer }[]>(
        `select request = $3 as same, answer from idempotency where key_id = $1 and key = $2`,
        [staffId, name, hash],
      );
      if (known && !known.same) throw new ReusedKey();
      if (known) return known.answer;
      const answer = await act();
      await db.query(`insert into idempotency (key_id, key, request, answer) values ($1, $2, $3, $4)`, [
        staffId,
        name,
        hash,
        JSON.stringify(answer),
      ]);
      return answer;
    });
  }
}

export class ReusedKey extends Error {
  constructor() {
    super('This Idempotency-Key came with another request before. Use a new one for each request.');
  }
}
