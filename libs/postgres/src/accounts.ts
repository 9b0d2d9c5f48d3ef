import type { EntityManager } from 'typeorm';
import type { AuditLine } from './audit.js';
import { type Keyring, newToken, tokenHash } from './keyring.js';
import type { Role, StaffKey } from './staff.js';

export type AccountLanguage = 'en' | 'es';
export type Account = StaffKey & { email: string; language: AccountLanguage; joinedAt: Date };

/** @property email as typed; `lookup` the form under which it is known */
export type Invite = {
  email: { address: string; lookup: string };
  role: Role;
  coalitionId: string | null;
  language: AccountLanguage;
};

export type Invitation = Omit<Invite, 'email'> & {
  id: string;
  email: string;
  /** As the audit log names them. */
  invitedBy: string;
  createdAt: Date;
  endsAt: Date;
};

export type Session = { id: string; device: string; startedAt: Date; endsAt: Date };

/** How the audit log names a person: by id alone. */
export const personActor = (id: string) => `person:${id}`;

/** People who are staff, who was invited to be, and where they are signed in (decision 16). By the real clock. */
export class Accounts {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** Invites, in the place of an invitation that the address has already. @returns the token, which is never stored */
  async invite(
    { email, role, coalitionId, language }: Invite,
    by: string,
  ): Promise<{ id: string; token: string }> {
    const token = newToken();
    await this.db.query(`delete from invitations where email_key = any($1)`, [
      this.keys.contactKeys(email.lookup),
    ]);
    const [row] = await this.db.query<{ id: string }[]>(
      `insert into invitations (token_hash, role, coalition_id, email, email_key, language, invited_by)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [
        tokenHash(token),
        role,
        coalitionId,
        this.keys.seal('email', email.address),
        this.keys.contactKey(email.lookup),
        language,
        by,
      ],
    );
    return { id: row!.id, token };
  }

  /** Those that are open, newest first. @param below a coalition: only of it and what is below */
  async invitations(below: string | null): Promise<Invitation[]> {
    const rows = await this.db.query<Invitation[]>(
      `select ${invitation} from invitations i where ends_at > now() and ${withinTree('i')} order by created_at desc, id`,
      [below],
    );
    return rows.map((row) => this.openedInvitation(row));
  }

  async invitationById(id: string): Promise<Invitation | null> {
    const [row] = await this.db.query<Invitation[]>(
      `select ${invitation} from invitations i where id = $1 and ends_at > now() for update`,
      [id],
    );
    return row ? this.openedInvitation(row) : null;
  }

  async invitationBy(token: string): Promise<Invitation | null> {
    const [row] = await this.db.query<Invitation[]>(
      `select ${invitation} from invitations i where token_hash = $1 and ends_at > now()`,
      [tokenHash(token)],
    );
    return row ? this.openedInvitation(row) : null;
  }

  async takeBack(id: string): Promise<void> {
    await this.db.query(`delete from invitations where id = $1`, [id]);
  }

  /** @returns null when the invitation is unknown, ended, taken back, or accepted already; `there` when its address has an account */
  async accept(token: string, name: string, language: AccountLanguage): Promise<Account | 'there' | null> {
    const [row] = await this.db.query<{ id: string | null }[]>(
      `with accepted as (delete from invitations where token_hash = $1 and ends_at > now() returning *),
       joined as (
         insert into accounts (role, coalition_id, email, email_key, name, language, invited_by)
         select role, coalition_id, email, email_key, $2, $3, invited_by from accepted
         on conflict (email_key) do nothing returning id),
       user_of as (
         insert into auth."user" (id, name, email, "emailVerified") select id, '', id || $4::text, true from joined)
       select (select id from joined) as id from accepted`,
      [tokenHash(token), this.keys.seal('name', name), language, atNobody],
    );
    if (!row) return null;
    return row.id ? this.byId(row.id) : 'there';
  }

  async byId(id: string): Promise<Account | null> {
    return (await this.where(`a.id = $1`, [id]))[0] ?? null;
  }

  /** @param lookup the form under which an address is known */
  async byEmail(lookup: string): Promise<Account | null> {
    return (await this.where(`a.email_key = any($1)`, [this.keys.contactKeys(lookup)]))[0] ?? null;
  }

  /** By name. @param below a coalition: only its leaders and those below it */
  async list(below: string | null): Promise<Account[]> {
    const all = await this.where(withinTree('a'), [below]);
    return all.toSorted((one, other) => one.name.localeCompare(other.name));
  }

  async change(id: string, { name, language }: { name?: string; language?: AccountLanguage }): Promise<void> {
    await this.db.query(
      `update accounts set name = coalesce($2, name), language = coalesce($3, language) where id = $1`,
      [id, name === undefined ? null : this.keys.seal('name', name), language ?? null],
    );
  }

  /** Ends every session with it, at once. The name stays, for the log. */
  async remove(id: string): Promise<void> {
    await this.db.query(
      `update accounts set removed_at = now(), email = null, email_key = null where id = $1 and removed_at is null`,
      [id],
    );
    await this.db.query(`delete from auth."user" where id = $1`, [id]);
  }

  async setRole(id: string, role: Role, coalitionId: string | null): Promise<void> {
    await this.db.query(`update accounts set role = $2, coalition_id = $3 where id = $1`, [
      id,
      role,
      coalitionId,
    ]);
  }

  /** How many there are; of two who would each take another's place the second waits, and counts anew. */
  async countAdministrators(): Promise<number> {
    const rows = await this.db.query<unknown[]>(
      `select from accounts where role = 'administrator' and removed_at is null order by id for update`,
    );
    return rows.length;
  }

  sessions(id: string): Promise<Session[]> {
    return this.db.query(
      `select id, coalesce("userAgent", '') as device, "createdAt" as "startedAt", "expiresAt" as "endsAt"
       from auth."session" where "userId" = $1 and ${alive} order by "createdAt" desc, id`,
      [id],
    );
  }

  /** Notes that a session is used. @returns whether it may be: not after 12 hours without use */
  async use(sessionId: string): Promise<boolean> {
    const [, used] = await this.db.query<[unknown[], number]>(
      `update auth."session" set "usedAt" = now() where id = $1 and ${alive}`,
      [sessionId],
    );
    return used > 0;
  }

  /** @param sessionId left out: all of them. @returns how many there were */
  async endSessions(id: string, sessionId?: string): Promise<number> {
    const [, ended] = await this.db.query<[unknown[], number]>(
      `delete from auth."session" where "userId" = $1 and ($2::uuid is null or id = $2)`,
      [id, sessionId ?? null],
    );
    return ended;
  }

  /** The lines of a log with who it was, in words: a key's own name, or the name of the person. */
  async named<Line extends Pick<AuditLine, 'actor'>>(lines: Line[]): Promise<(Line & { who: string })[]> {
    const of = (actor: string) => actor.slice(actor.indexOf(':') + 1);
    const ids = [...new Set(lines.map(({ actor }) => actor).filter((actor) => actor.startsWith('person:')))];
    const rows = await this.db.query<{ id: string; name: string }[]>(
      `select id, name from accounts where id = any($1)`,
      [ids.map(of)],
    );
    const names = new Map(rows.map(({ id, name }) => [personActor(id), this.keys.open('name', name)]));
    return lines.map((line) => ({ ...line, who: names.get(line.actor) ?? of(line.actor) }));
  }

  /** Removes what has ended. */
  async purge(): Promise<void> {
    await this.db.query(`delete from invitations where ends_at < now()`);
    await this.db.query(`delete from auth."session" where not (${alive})`);
    await this.db.query(`delete from auth."verification" where "expiresAt" < now()`);
  }

  private async where(condition: string, parameters: unknown[]): Promise<Account[]> {
    const rows = await this.db.query<Account[]>(
      `select a.id, a.name, a.email, a.role, a.coalition_id as "coalitionId", a.language, a.joined_at as "joinedAt"
       from accounts a where a.removed_at is null and ${condition}`,
      parameters,
    );
    return rows.map((row) => ({
      ...row,
      kind: 'person',
      name: this.keys.open('name', row.name),
      email: this.keys.open('email', row.email),
    }));
  }

  private openedInvitation(row: Invitation): Invitation {
    return { ...row, email: this.keys.open('email', row.email) };
  }
}

/** better-auth wants an address of each of its users; it is given one that is nobody's. */
const atNobody = '@staff.invalid';
export const nobodysAddress = (id: string) => id + atNobody;

const invitation = `i.id, i.role, i.coalition_id as "coalitionId", i.email, i.language, i.invited_by as "invitedBy",
  i.created_at as "createdAt", i.ends_at as "endsAt"`;

/** Seven days at most, and not a night without use. */
const alive = `"expiresAt" > now() and "usedAt" > now() - interval '12 hours'`;

const withinTree = (table: string) =>
  `($1::uuid is null or exists (
     select from coalition_lines l where l.coalition_id = ${table}.coalition_id and l.ancestor_id = $1))`;
