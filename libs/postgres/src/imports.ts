import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { type Keyring, signupPurposes, tokenHash } from './keyring.js';
import type { Typed } from './signups.js';

/** A line of a list. `proof`: where and when this person agreed to these words; null unless it is whole. */
export type ImportPerson = {
  typed: Typed;
  proof: { words: string; at: Date; source: string } | null;
};
/** Where something was wrong; nothing of what stood there. */
export type ImportProblem = { line: number; column: string | null; message: string };

export type ImportAnswer = {
  id: string;
  campaignId: string;
  coalitionId: string;
  /** `interrupted`: the same file, sent again, goes on where it stopped. */
  state: 'running' | 'done' | 'interrupted';
  rows: number;
  added: number;
  /** Of those added, who came with proof of a yes by email. */
  attested: number;
  known: number;
  refused: number;
  /** The first hundred. */
  problems: ImportProblem[];
};

/** Who joined by a line. `known`: the contact had an owner already, whose yes everything waits for. */
export type ImportJoin = { signupId: string; person: ImportPerson; known: boolean };

type Counts = { added: number; attested: number; known: number; refused: number };
type Line = { person: ImportPerson; emailKey: string | null; phoneKey: string | null; supporterId: string };

/** A run is taken for dead when it has written nothing for so long. */
const silentFor = `interval '30 seconds'`;

/** Lists of people, taken a chunk at a time: each chunk is written with the place where the next begins. */
export class Imports {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /**
   * Begins with a file, or goes on with one that stopped.
   * @param file keyed hashes of the file, the current key's first
   * @returns `run`: the right to write, null when this file is done or somebody is at it; `rows`: how many are taken
   */
  async open(
    campaignId: string,
    coalitionId: string,
    file: Buffer[],
    actor: string,
  ): Promise<{ id: string; run: number | null; rows: number }> {
    const find = async () => {
      const [row] = await this.db.query<{ id: string; rows: number }[]>(
        `select id, rows from imports where campaign_id = $1 and coalition_id = $2 and file = any($3)`,
        [campaignId, coalitionId, file],
      );
      return row;
    };
    const known = await find();
    if (!known) {
      const [fresh] = await this.db.query<{ id: string }[]>(
        `insert into imports (campaign_id, coalition_id, file, actor) values ($1, $2, $3, $4)
         on conflict do nothing returning id`,
        [campaignId, coalitionId, file[0], actor],
      );
      if (fresh) return { id: fresh.id, run: 1, rows: 0 };
    }
    const { id, rows } = known ?? (await find())!;
    const [[again]] = await this.db.query<[{ run: number; rows: number }[], number]>(
      `update imports set run = run + 1, beat_at = now(), actor = $2
       where id = $1 and done_at is null and beat_at < now() - ${silentFor} returning run, rows`,
      [id, actor],
    );
    return again ? { id, ...again } : { id, run: null, rows };
  }

  /** Counts a chunk, in its transaction. @returns false when another run has taken over: nothing may be written */
  async count(id: string, run: number, counts: Counts, problems: ImportProblem[]): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update imports set beat_at = now(), rows = rows + $3 + $5 + $6, added = added + $3, attested = attested + $4,
         known = known + $5, refused = refused + $6,
         problems = (select coalesce(jsonb_agg(p order by n), '[]') from (
           select p, n from jsonb_array_elements(problems || $7) with ordinality as x(p, n) order by n limit 100) as first)
       where id = $1 and run = $2 and done_at is null returning 1`,
      [id, run, counts.added, counts.attested, counts.known, counts.refused, JSON.stringify(problems)],
    );
    return rows.length > 0;
  }

  async finish(id: string, run: number): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update imports set done_at = now() where id = $1 and run = $2 and done_at is null returning 1`,
      [id, run],
    );
    return rows.length > 0;
  }

  /** Gives up for now: the same file may go on at once. */
  async stop(id: string, run: number): Promise<void> {
    await this.db.query(
      `update imports set beat_at = '-infinity' where id = $1 and run = $2 and done_at is null`,
      [id, run],
    );
  }

  async byId(id: string): Promise<ImportAnswer | null> {
    const [row] = await this.db.query<ImportAnswer[]>(
      `select id, campaign_id as "campaignId", coalition_id as "coalitionId", rows, added, attested, known, refused, problems,
         case when done_at is not null then 'done' when beat_at < now() - ${silentFor} then 'interrupted' else 'running' end as state
       from imports where id = $1`,
      [id],
    );
    return row ?? null;
  }

  /**
   * Adds people to a campaign. Who is new joins, with the yes that came with proof. Who is known stays as they are, and
   * what the line says waits for their own yes, as if a stranger had typed it (RULES §5); who must not be written to
   * is left alone.
   * @param actor the organizer who answers for the proofs
   * @returns who joined by this and may be written to; nobody who was in this campaign through this coalition before
   */
  async add(
    campaignId: string,
    coalitionId: string,
    people: ImportPerson[],
    actor: string,
  ): Promise<{ joined: ImportJoin[]; added: number; attested: number }> {
    const keyOf = await this.contactKeysOf(people);
    const stopped = await this.stopped([...keyOf.values()]);
    const lines = new Map<string, Line>();
    for (const person of people) {
      const { email, phone } = person.typed;
      const emailKey = email ? keyOf.get(email.lookup)! : null;
      const phoneKey = phone ? keyOf.get(phone)! : null;
      const line = { person, emailKey, phoneKey, supporterId: v7() };
      if (phoneKey && stopped.has(`sms ${phoneKey}`)) {
        if (!emailKey) continue;
        line.person = { ...person, typed: { ...person.typed, phone: undefined, wantsTexts: false } };
        line.phoneKey = null;
      }
      const key = emailKey ?? phoneKey!;
      if (!lines.has(key)) lines.set(key, line);
    }
    const known = await this.known([...lines.keys()]);
    const fresh = [...lines].filter(
      ([key, { emailKey }]) => !known.has(key) && !(emailKey && stopped.has(`email ${emailKey}`)),
    );
    const created = await this.createSupporters(
      fresh.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line),
    );
    // Somebody who signed up just now is known after all.
    const late = fresh.filter(([, line]) => !created.has(line.supporterId)).map(([key]) => key);
    for (const [key, id] of await this.known(late)) known.set(key, id);
    const joining = [...lines].flatMap(([key, line]) => {
      const id = known.get(key);
      if (id !== undefined) return [{ ...line, supporterId: id, isKnown: true }];
      return created.has(line.supporterId) ? [{ ...line, isKnown: false }] : [];
    });
    const signups = await this.createSignups(campaignId, coalitionId, joining);
    await this.prove(
      campaignId,
      coalitionId,
      joining.filter(({ isKnown }) => !isKnown),
      actor,
    );
    return {
      joined: joining.flatMap(({ supporterId, person, emailKey, isKnown }) => {
        const signupId = signups.get(supporterId);
        const quiet = emailKey !== null && stopped.has(`email ${emailKey}`);
        return signupId && !quiet ? [{ signupId, person, known: isKnown }] : [];
      }),
      added: created.size,
      attested: joining.filter((line) => !line.isKnown && isAttested(line)).length,
    };
  }

  /** Which of these addresses got an opt-in mail in the past year, or have one ahead. @param lookups as they are known */
  async askedBefore(lookups: string[]): Promise<Set<string>> {
    const keysOf = new Map(lookups.map((lookup) => [lookup, this.keys.contactKeys(lookup)]));
    const rows = await this.db.query<{ key: string }[]>(
      `select distinct email_key as key from opt_in_mails
       where email_key = any($1) and due_at > campaign_now() - interval '1 year'`,
      [[...keysOf.values()].flat()],
    );
    const asked = new Set(rows.map(({ key }) => key));
    return new Set(lookups.filter((lookup) => keysOf.get(lookup)!.some((key) => asked.has(key))));
  }

  /** The one hash of each contact, as `Signups.contactKeyOf` finds it. */
  private async contactKeysOf(people: ImportPerson[]): Promise<Map<string, string>> {
    const contacts = new Set(people.flatMap(({ typed: { email, phone } }) => [email?.lookup, phone]));
    const candidates = new Map(
      [...contacts].flatMap((contact) =>
        contact ? [[contact, this.keys.contactKeys(contact)] as const] : [],
      ),
    );
    const rows = await this.db.query<{ key: string }[]>(
      `select contact_key as key from suppressions where contact_key = any($1)
       union select phone_key from supporters where phone_key = any($1)
       union select email_key from supporters where email_key = any($1)`,
      [[...candidates.values()].flat()],
    );
    const inUse = new Set(rows.map(({ key }) => key));
    return new Map(
      [...candidates].map(([contact, keys]) => [contact, keys.find((key) => inUse.has(key)) ?? keys[0]!]),
    );
  }

  private async stopped(keys: string[]): Promise<Set<string>> {
    const rows = await this.db.query<{ channel: string; key: string }[]>(
      `select channel, contact_key as key from suppressions where contact_key = any($1) and lifted_at is null`,
      [keys],
    );
    return new Set(rows.map(({ channel, key }) => `${channel} ${key}`));
  }

  /** Whose contact it is: the email's, or the phone's of one who gave no email (RULES §5). */
  private async known(keys: string[]): Promise<Map<string, string>> {
    const rows = await this.db.query<{ id: string; key: string }[]>(
      `select id, email_key as key from supporters where email_key = any($1)
       union all select id, phone_key from supporters where phone_key = any($1) and email_key is null`,
      [keys],
    );
    return new Map(rows.map(({ id, key }) => [key, id]));
  }

  private async createSupporters(lines: Line[]): Promise<Set<string>> {
    const seal = (column: 'email' | 'phone' | 'name', value: string | undefined) =>
      value ? this.keys.seal(column, value) : null;
    const rows = await this.db.query<{ id: string }[]>(
      `insert into supporters (id, email, email_key, phone, phone_key, name, language, zone, zone_source, state, sms_window)
       select * from jsonb_to_recordset($1) as x(id uuid, email text, email_key text, phone text, phone_key text, name text,
         language text, zone text, zone_source text, state text, sms_window text)
       on conflict do nothing returning id`,
      [
        JSON.stringify(
          lines.map(({ supporterId, emailKey, phoneKey, person: { typed } }) => ({
            id: supporterId,
            email: seal('email', typed.email?.address),
            email_key: emailKey,
            phone: seal('phone', typed.phone),
            phone_key: phoneKey,
            name: seal('name', typed.name),
            language: typed.language,
            zone: typed.zone,
            zone_source: typed.zoneSource,
            state: typed.state,
            sms_window: typed.smsWindow,
          })),
        ),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** @returns the signup of everybody who was not in this campaign through this coalition before, by supporter */
  private async createSignups(
    campaignId: string,
    coalitionId: string,
    joining: (Line & { isKnown: boolean })[],
  ): Promise<Map<string, string>> {
    const born = await this.db.query<{ id: string; fresh: boolean }[]>(
      `insert into signups (campaign_id, supporter_id, coalition_id, token_key, email_since, opted_in_at)
       select $1, x.supporter_id, $2, $3, x.since, x.since
       from (select supporter_id, case when attested then campaign_now() end as since
             from jsonb_to_recordset($4) as j(supporter_id uuid, attested boolean)) as x
       order by x.supporter_id
       on conflict (campaign_id, supporter_id) do update
         set standing = 'joined', coalition_id = excluded.coalition_id, signed_up_at = campaign_now(), changed_at = now()
         where signups.standing <> 'joined'
       returning id, xmax = 0 as fresh`,
      [
        campaignId,
        coalitionId,
        this.keys.tokenKey,
        JSON.stringify(
          joining.map((line) => ({
            supporter_id: line.supporterId,
            attested: !line.isKnown && isAttested(line),
          })),
        ),
      ],
    );
    const fresh = born.filter((row) => row.fresh).map(({ id }) => id);
    await this.db.query(
      `insert into tokens (signup_id, hash, purpose) select * from unnest($1::uuid[], $2::bytea[], $3::text[])`,
      [
        fresh.flatMap((id) => signupPurposes.map(() => id)),
        fresh.flatMap((id) =>
          signupPurposes.map((purpose) => tokenHash(this.keys.token(this.keys.tokenKey, id, purpose))),
        ),
        fresh.flatMap(() => signupPurposes),
      ],
    );
    const rows = await this.db.query<{ id: string; supporterId: string }[]>(
      `with here as (
         insert into signup_coalitions (signup_id, campaign_id, coalition_id, typed)
         select s.id, s.campaign_id, $2, x.typed
         from jsonb_to_recordset($3) as x(supporter_id uuid, typed text)
         join signups s on s.campaign_id = $1 and s.supporter_id = x.supporter_id
         on conflict do nothing returning signup_id
       )
       select s.id, s.supporter_id as "supporterId" from here join signups s on s.id = here.signup_id`,
      [
        campaignId,
        coalitionId,
        JSON.stringify(
          joining.map(({ supporterId, isKnown, person }) => ({
            supporter_id: supporterId,
            typed: isKnown ? this.keys.seal('typed', JSON.stringify(person.typed)) : null,
          })),
        ),
      ],
    );
    await this.db.query(
      `insert into campaign_zones (campaign_id, zone, sms_window)
       select distinct $1::uuid, zone, sms_window from supporters where id = any($2) on conflict do nothing`,
      [campaignId, joining.map(({ supporterId }) => supporterId)],
    );
    return new Map(rows.map(({ id, supporterId }) => [supporterId, id]));
  }

  /** What a proof is good for: mail at once, and for a text the question only. */
  private async prove(campaignId: string, coalitionId: string, lines: Line[], actor: string): Promise<void> {
    const proven = lines.flatMap((line) =>
      line.person.proof ? [{ ...line, proof: line.person.proof }] : [],
    );
    if (proven.length === 0) return;
    const idOf = new Map(
      [...new Set(proven.map(({ proof }) => proof.words))].map((words) => [
        words,
        `import-${this.keys.fingerprints(`words|${words}`)[0]!.toString('hex').slice(0, 16)}`,
      ]),
    );
    await this.db.query(
      `insert into proof_words (id, words) select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
      [[...idOf.values()], [...idOf.keys()].map((words) => this.keys.seal('text', words))],
    );
    await this.db.query(
      `insert into consents (supporter_id, campaign_id, coalition_id, scope, action, wording, contact_key, source, means)
       select x.supporter_id, $1, $2, x.scope, 'granted', x.wording, x.contact_key, 'import', x.means
       from jsonb_to_recordset($3) as x(supporter_id uuid, scope text, wording text, contact_key text, means jsonb)`,
      [
        campaignId,
        coalitionId,
        JSON.stringify(
          proven.flatMap(({ supporterId, emailKey, phoneKey, proof, person }) => {
            const wording = idOf.get(proof.words)!;
            const means = { wording, at: proof.at, source: proof.source, organizer: actor };
            const yes = (scope: string, contactKey: string) => ({
              supporter_id: supporterId,
              scope,
              wording,
              contact_key: contactKey,
              means,
            });
            return [
              ...(emailKey ? [yes('email', emailKey)] : []),
              ...(phoneKey && person.typed.wantsTexts ? [yes('sms', phoneKey)] : []),
            ];
          }),
        ),
      ],
    );
  }
}

const isAttested = ({ emailKey, person }: Line) => emailKey !== null && person.proof !== null;
