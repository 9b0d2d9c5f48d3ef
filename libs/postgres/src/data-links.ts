import type { EntityManager } from 'typeorm';
import { type Keyring, newToken, tokenHash } from './keyring.js';
import type { SignupView } from './signups.js';

/** One asking for one's data: the signup it came from, and the key of its row in the ledger (kind `data`). */
export type DataRequest = { tokenKey: string; signupId: string; key: string };

/** What the mail's link `/data/{token}` ends with. */
export const dataToken = (keys: Keyring, { tokenKey, signupId, key }: DataRequest): string =>
  keys.token(tokenKey, `${signupId}/${key}`, 'data');

/** The six digits of the text. */
export const dataCode = (keys: Keyring, { tokenKey, signupId, key }: DataRequest): string =>
  keys.code(tokenKey, `${signupId}/${key}`);

/** Fresh proof that somebody who asks for their data is its owner (RULES §7); all by the real clock. */
export class DataLinks {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** A link of this request opens the data for an hour. */
  openLink(request: DataRequest): Promise<void> {
    return this.open(request.signupId, dataToken(this.keys, request));
  }

  /** A code of this request counts for 10 minutes and 5 tries, and an older one no more. */
  async openCode(request: DataRequest): Promise<void> {
    await this.db.query(
      `insert into data_codes (signup_id, hash, ends_at) values ($1, $2, now() + interval '10 minutes')
       on conflict (signup_id) do update set hash = excluded.hash, tries = 0, ends_at = excluded.ends_at`,
      [request.signupId, this.hashesOf(request.signupId, dataCode(this.keys, request))[0]],
    );
  }

  /**
   * Tries a code; a right one is used up.
   * @returns the token that opens the data for an hour; `over` when no code counts any more
   */
  async enter(signup: Pick<SignupView, 'id'>, code: string): Promise<{ token: string } | 'wrong' | 'over'> {
    const [rows] = await this.db.query<[{ right: boolean; over: boolean }[], number]>(
      `update data_codes set tries = tries + 1 where signup_id = $1 and ends_at > now() and tries < 5
       returning hash = any($2) as right, tries = 5 as over`,
      [signup.id, this.hashesOf(signup.id, code)],
    );
    const [tried] = rows;
    if (!tried?.right) return !tried || tried.over ? 'over' : 'wrong';
    await this.db.query(`delete from data_codes where signup_id = $1`, [signup.id]);
    const token = newToken();
    await this.open(signup.id, token);
    return { token };
  }

  private async open(signupId: string, token: string): Promise<void> {
    await this.db.query(
      `insert into tokens (hash, purpose, signup_id, ends_at) values ($1, 'data', $2, now() + interval '1 hour')`,
      [tokenHash(token), signupId],
    );
  }

  private hashesOf(signupId: string, code: string): Buffer[] {
    return this.keys.fingerprints(`code|${signupId}|${code}`);
  }
}
