import type { EntityManager } from 'typeorm';
import type { Keyring } from './keyring.js';

/** A request that a script repeats gets its first answer again. */
export class Idempotency {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /**
   * @param key the script's own word for this request; without one nothing is remembered
   * @param act the work itself, in the transaction that remembers its answer
   * @throws ReusedKey when the key came with another request before
   */
  async once<Answer>(
    staffId: string,
    key: string | undefined,
    request: unknown,
    act: (db: EntityManager) => Promise<Answer>,
  ): Promise<Answer> {
    if (!key) return this.db.transaction(act);
    const hashes = this.keys.fingerprints(JSON.stringify(request));
    return this.db.transaction(async (db) => {
      await db.query(`select pg_advisory_xact_lock(hashtextextended($1 || $2, 0))`, [staffId, key]);
      const [known] = await db.query<{ same: boolean; answer: Answer }[]>(
        `select request = any($3) as same, answer from idempotency where staff_id = $1 and key = $2`,
        [staffId, key, hashes],
      );
      if (known && !known.same) throw new ReusedKey();
      if (known) return known.answer;
      const answer = await act(db);
      await db.query(`insert into idempotency (staff_id, key, request, answer) values ($1, $2, $3, $4)`, [
        staffId,
        key,
        hashes[0],
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
