import type { EntityManager } from 'typeorm';
import { shownBrought } from '#domain';
import type { Keyring, Sealed } from './keyring.js';
import { Referrals } from './referrals.js';
import type { SignupView, Typed } from './signups.js';

type Row = Record<string, unknown>;
type Joined = Row & { campaign: string; coalitions: string[] };

/** Everything that is kept about a person, in clear, as it leaves with them. */
export type Kept = {
  person: {
    email: string | null;
    phone: string | null;
    name: string | null;
    language: string;
    zone: string;
    zoneSource: string;
    state: string | null;
    since: Date;
  };
  signups: (Joined & {
    /** Their code for colleagues, and how many came by it, as their page shows it: at least so many, null for too few. */
    /** Null for a signup from before there were codes. */
    referral: { code: string; joined: number | null; done: number | null } | null;
  })[];
  /** What was typed with these contacts, by the person or by somebody else, and is still kept. */
  typed: Typed[];
  consents: Row[];
  confirmations: Row[];
  messages: Row[];
  texts: Row[];
  /** Contacts that must not be used, and why. */
  blocked: Row[];
};

/** What is kept of a person, and how it goes (RULES §7, §9). */
export class OwnerData {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  async kept(supporterId: string): Promise<Kept> {
    const rows = <R extends Row>(query: string) => this.db.query<R[]>(query, [supporterId]);
    const [person] = await rows<Kept['person']>(
      `select email, phone, name, language, zone, zone_source as "zoneSource", state, created_at as since
       from supporters where id = $1`,
    );
    const signups = await rows<Joined & { id: string; tokenKey: string }>(
      `select s.id, s.token_key as "tokenKey", ${title} as campaign, s.standing, s.signed_up_at as "signedUpAt", s.email_since as "emailSince", s.sms_since as "textsSince",
         s.went_at as "openedFormAt", s.outcome, s.evidence, s.done_at as "doneAt", s.missed, s.missed_because as "missedBecause", s.missed_at as "missedAt", s.next_step as "nextStep", s.updates,
         s.referred as "broughtByAColleague",
         coalesce((select jsonb_agg(co.name order by sc.joined_at) from signup_coalitions sc join coalitions co on co.id = sc.coalition_id
          where sc.signup_id = s.id), '[]') as coalitions,
         (select jsonb_agg(co.name order by sc.joined_at) from signup_coalitions sc join coalitions co on co.id = sc.coalition_id
          where sc.signup_id = s.id and sc.visible) as "nameSeenBy"
       from signups s join supporters p on p.id = s.supporter_id join campaigns c on c.id = s.campaign_id
       where s.supporter_id = $1 order by s.signed_up_at`,
    );
    const typed = await rows<{ typed: string; arrival: boolean }>(
      `select sc.typed, false as arrival from signup_coalitions sc join signups s on s.id = sc.signup_id
       where s.supporter_id = $1 and sc.typed is not null
       union all
       select t.typed, true from tokens t join signups s on s.id = t.signup_id
       where s.supporter_id = $1 and t.typed is not null`,
    );
    const consents = await rows(
      `select ${title} as campaign, co.name as coalition, k.scope, k.action, k.wording, k.source, k.means, k.said, k.ip, k.agent, k.at
       from consents k join supporters p on p.id = k.supporter_id
       left join campaigns c on c.id = k.campaign_id left join coalitions co on co.id = k.coalition_id
       where k.supporter_id = $1 order by k.id`,
    );
    const confirmations = await rows(
      `select ${title} as campaign, f.outcome, f.evidence, f.tracking_number as "trackingNumber", f.source, f.at, f.taken_back_at as "takenBackAt"
       from confirmations f join signups s on s.id = f.signup_id join supporters p on p.id = s.supporter_id
       join campaigns c on c.id = s.campaign_id where s.supporter_id = $1 order by f.id`,
    );
    const messages = await rows(
      `select ${title} as campaign, r.kind, r.channel, r.due_at as "dueAt", r.state, r.reason, r.settled_at as "settledAt",
         (select jsonb_agg(jsonb_build_object('at', q.received_at, 'status', q.status, 'code', q.code) order by q.id)
          from receipts q where q.campaign_id = r.campaign_id and q.reminder_id = r.id) as reports
       from reminders r join campaigns c on c.id = r.campaign_id join supporters p on p.id = r.supporter_id
       where r.supporter_id = $1 order by r.due_at, r.id`,
    );
    const texts = await rows(
      `select t.at, t.phone, t.body, t.meaning, t.crisis from texts t where ${theirTexts} order by t.id`,
    );
    const blocked = await rows(
      `select x.channel, x.reason, x.source, x.since, x.lifted_at as "liftedAt" from suppressions x
       join supporters p on x.contact_key = case x.channel when 'email' then p.email_key else p.phone_key end
       where p.id = $1 order by x.id`,
    );
    const referrals = new Referrals(this.db);
    return {
      person: this.opened(person!, { email: 'email', phone: 'phone', name: 'name' }),
      signups: await Promise.all(
        signups.map(async ({ id, tokenKey, ...signup }) => {
          const brought = await referrals.broughtBy(id);
          const code = this.keys.token(tokenKey, id, 'refer');
          return { ...(signup as Joined), referral: brought && { code, ...shownBrought(brought) } };
        }),
      ),
      typed: typed.map(({ typed, arrival }) => {
        const open = JSON.parse(this.keys.open('typed', typed)) as Typed | { typed: Typed };
        return arrival ? (open as { typed: Typed }).typed : (open as Typed);
      }),
      consents: consents.map((row) => this.opened(row, { said: 'text', ip: 'ip', agent: 'agent' })),
      confirmations: confirmations.map((row) => this.opened(row, { trackingNumber: 'tracking' })),
      messages,
      texts: texts.map((row) => this.opened(row, { phone: 'phone', body: 'text' })),
      blocked,
    };
  }

  /**
   * Nothing that says who this is stays: contacts, name, what was typed, texts, and whatever a proof of consent needs no
   * more. Hashes stay, so that nobody writes there again, and the counts. Whoever calls holds the signups, and has
   * ended their consents and reminders.
   */
  async erase(
    person: Pick<SignupView, 'supporterId' | 'emailKey' | 'phoneKey'>,
    { suppress = true } = {},
  ): Promise<void> {
    const { supporterId: id, emailKey } = person;
    // Somebody who signs up with this contact just now waits here, and then meets nobody.
    await this.db.query(`select from supporters where id = $1 for update`, [id]);
    await this.db.query(`delete from texts t where ${theirTexts}`, [id]);
    await this.db.query(`update receipts set contact_key = null where contact_key = $1`, [emailKey]);
    if (suppress) await this.suppress(person);
    await this.db.query(
      `update consents set said = null, ip = null, agent = null, means = '{}' where supporter_id = $1`,
      [id],
    );
    const theirs = `(select id from signups where supporter_id = $1)`;
    await this.db.query(
      `update signups set next_step = false, updates = false, changed_at = now() where supporter_id = $1`,
      [id],
    );
    await this.db.query(
      `update signup_coalitions set typed = null, visible = false where signup_id in ${theirs}`,
      [id],
    );
    await this.db.query(
      `update confirmations set tracking_number = null, tracking_key = null where signup_id in ${theirs}`,
      [id],
    );
    await this.db.query(
      `update tokens set typed = null, revoked_at = coalesce(revoked_at, now()) where signup_id in ${theirs}`,
      [id],
    );
    await this.db.query(`delete from data_codes where signup_id in ${theirs}`, [id]);
    await new Referrals(this.db).forget(id);
    await this.db.query(
      `update supporters set email = null, email_key = null, phone = null, phone_key = null, name = null, state = null, deleted_at = now()
       where id = $1`,
      [id],
    );
  }

  /**
   * Whoever is in no campaign that closed less than 90 days ago, and did not ask for the next step, is known no more
   * (RULES §9). What was said about their contacts, an unsubscribe above all, stays.
   * @returns how many
   */
  async purge(limit = 500): Promise<number> {
    const people = await this.db.query<Pick<SignupView, 'supporterId' | 'emailKey' | 'phoneKey'>[]>(
      `select p.id as "supporterId", p.email_key as "emailKey", p.phone_key as "phoneKey" from supporters p
       where p.deleted_at is null and exists (select from signups s where s.supporter_id = p.id)
         and not exists (
           select from signups s join campaigns c on c.id = s.campaign_id where s.supporter_id = p.id
             and (s.next_step or c.closed_at is null or c.closed_at > campaign_now() - interval '90 days'))
       limit $1 for update of p skip locked`,
      [limit],
    );
    for (const person of people) await this.erase(person, { suppress: false });
    return people.length;
  }

  /** Nobody writes to a deleted person's contacts; a phone that somebody else uses too is theirs. */
  private async suppress({
    supporterId,
    emailKey,
    phoneKey,
  }: Pick<SignupView, 'supporterId' | 'emailKey' | 'phoneKey'>): Promise<void> {
    await this.db.query(
      `insert into suppressions (contact_key, channel, reason, source)
       select x.key, x.channel, 'deleted', 'page' from (values ($2, 'email'), ($3, 'sms')) as x(key, channel)
       where x.key is not null and not (x.channel = 'sms' and exists (
         select from supporters o where o.phone_key = x.key and o.id <> $1))
       on conflict (contact_key, channel, reason) where lifted_at is null do nothing`,
      [supporterId, emailKey, phoneKey],
    );
  }

  private opened<R extends Row>(row: R, columns: Partial<Record<keyof R & string, Sealed>>): R {
    const open = Object.entries(columns).map(([name, column]) => {
      const sealed = row[name] as string | null;
      return [name, sealed && this.keys.open(column as Sealed, sealed)];
    });
    return { ...row, ...(Object.fromEntries(open) as Partial<R>) };
  }
}

const title = `coalesce(c.texts -> p.language ->> 'title', c.texts -> 'en' ->> 'title', c.slug)`;

/** Texts of a phone that somebody else uses too are theirs only as far as they were taken for theirs. */
const theirTexts = `(t.supporter_id = $1 or t.phone_key = (select phone_key from supporters where id = $1) and not exists (
  select from supporters o where o.phone_key = t.phone_key and o.id <> $1))`;
