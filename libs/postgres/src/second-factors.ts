import type { EntityManager } from 'typeorm';
import type { Keyring } from './keyring.js';

/** What somebody signs in with besides the link; a passkey alone is both factors. */
export type Factors = { codes: boolean; passkeys: number };
export type Passkey = { id: string; name: string; addedAt: Date };

/** What better-auth keeps of second factors, and whether one needs one (decision 27). */
export class SecondFactors {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** Whether organizers and administrators need one. */
  async required(): Promise<boolean> {
    const [row] = await this.db.query<{ required: boolean }[]>(
      `select second_factor as required from staff_rules`,
    );
    return row!.required;
  }

  /** @returns whether that is new */
  async require(required: boolean): Promise<boolean> {
    const [, changed] = await this.db.query<[unknown[], number]>(
      `update staff_rules set second_factor = $1 where second_factor <> $1`,
      [required],
    );
    return changed > 0;
  }

  async of(id: string): Promise<Factors> {
    const [row] = await this.db.query<Factors[]>(
      `select exists (select from auth."twoFactor" where "userId" = $1 and verified) as codes,
         (select count(*)::integer from auth."passkey" where "userId" = $1) as passkeys`,
      [id],
    );
    return row!;
  }

  /** Everybody who has one. */
  async owners(): Promise<Set<string>> {
    const rows = await this.db.query<{ id: string }[]>(
      `select "userId" as id from auth."twoFactor" where verified union select "userId" from auth."passkey"`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Who is asked for a code, by what their browser was given to answer with; null when that has ended. */
  async asked(identifier: string): Promise<string | null> {
    const [row] = await this.db.query<{ id: string }[]>(
      `select value as id from auth."verification" where identifier = $1 and "expiresAt" > now()`,
      [identifier],
    );
    return row?.id ?? null;
  }

  /** The oldest first. */
  async passkeys(id: string): Promise<Passkey[]> {
    const rows = await this.db.query<Passkey[]>(
      `select id, name, "createdAt" as "addedAt" from auth."passkey" where "userId" = $1 order by "createdAt", id`,
      [id],
    );
    return rows.map((row) => ({ ...row, name: this.keys.open('name', row.name) }));
  }

  /** @returns whether it is theirs */
  async namePasskey(id: string, passkeyId: string, name: string): Promise<boolean> {
    const [, named] = await this.db.query<[unknown[], number]>(
      `update auth."passkey" set name = $3 where "userId" = $1 and id = $2`,
      [id, passkeyId, this.keys.seal('name', name)],
    );
    return named > 0;
  }

  /** @returns its name, or null when it is not theirs */
  async removePasskey(id: string, passkeyId: string): Promise<string | null> {
    const [[removed]] = await this.db.query<[{ name: string }[], number]>(
      `delete from auth."passkey" where "userId" = $1 and id = $2 returning name`,
      [id, passkeyId],
    );
    return removed ? this.keys.open('name', removed.name) : null;
  }

  /** Takes away all that somebody has, codes and passkeys. @returns whether there was any */
  async reset(id: string): Promise<boolean> {
    const [row] = await this.db.query<{ had: boolean }[]>(
      `with codes as (delete from auth."twoFactor" where "userId" = $1 returning 1),
         keys as (delete from auth."passkey" where "userId" = $1 returning 1),
         off as (update auth."user" set "twoFactorEnabled" = false where id = $1)
       select exists (select from codes) or exists (select from keys) as had`,
      [id],
    );
    return row!.had;
  }

  /** Ends the sessions of somebody who has one that were opened without, and what else is named. */
  async endSessionsWithout(id: string, sessionId?: string): Promise<void> {
    await this.db.query(
      `delete from auth."session" where "userId" = $1 and (not "secondFactor" or id = $2)`,
      [id, sessionId ?? null],
    );
  }

  /** Once somebody has no second factor left, their sessions count as opened without one. */
  async forget(id: string): Promise<void> {
    await this.db.query(
      `update auth."session" set "secondFactor" = false where "userId" = $1
         and not exists (select from auth."twoFactor" where "userId" = $1 and verified)
         and not exists (select from auth."passkey" where "userId" = $1)`,
      [id],
    );
  }
}
