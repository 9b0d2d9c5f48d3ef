import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Evidence, Miss, MissReason, Outcome } from '#domain';
import { type Keyring, type Purpose, signupPurposes, tokenHash } from './keyring.js';
import { prepared } from './prepared.js';
import { Referrals } from './referrals.js';

/** A contact, normalised and valid (RULES §5). */
export type Contacts = {
  email?: { address: string; lookup: string } | undefined;
  phone?: string | undefined;
};

export type Person = {
  name?: string | undefined;
  language: string;
  zone: string;
  zoneSource: 'zip' | 'chosen' | 'coalition';
  state: string | null;
  smsWindow: string;
};

/** What somebody typed; of a contact already known it waits on the signup. */
export type Typed = Person &
  Contacts & {
    wantsTexts: boolean;
    nextStep: boolean;
    visible: boolean;
    /** "I did it", said on the page after signup. */
    outcome?: Outcome | undefined;
  };

/**
 * Who is on the page after signup, and what they typed: all that the page knows, whatever becomes of the person.
 * `known`: the contact had an owner already, whose yes everything done there waits for.
 */
export type Arrival = { signupId: string; coalitionId: string; typed: Typed; known: boolean };

/** A signup with what a page or a message needs of its person. */
export type SignupView = {
  id: string;
  campaignId: string;
  supporterId: string;
  coalitionId: string;
  signedUpAt: Date;
  /** Only who joined is counted and reminded. */
  standing: 'joined' | 'invited' | 'late';
  emailSince: Date | null;
  smsSince: Date | null;
  outcome: Outcome | null;
  evidence: Evidence | null;
  doneAt: Date | null;
  missed: Miss | null;
  missedBecause: MissReason | null;
  nextStep: boolean;
  updates: boolean;
  tokenKey: string;
  language: string;
  zone: string;
  state: string | null;
  smsWindow: string;
  email: string | null;
  emailKey: string | null;
  phone: string | null;
  phoneKey: string | null;
  name: string | null;
};

const columns = `
  s.id, s.campaign_id as "campaignId", s.supporter_id as "supporterId", s.coalition_id as "coalitionId",
  s.signed_up_at as "signedUpAt", s.standing, s.email_since as "emailSince", s.sms_since as "smsSince", s.outcome, s.evidence,
  s.done_at as "doneAt", s.missed, s.missed_because as "missedBecause", s.next_step as "nextStep", s.updates, s.token_key as "tokenKey",
  p.language, p.zone, p.state, p.sms_window as "smsWindow",
  p.email, p.email_key as "emailKey", p.phone, p.phone_key as "phoneKey", p.name`;

const from = `from signups s join supporters p on p.id = s.supporter_id`;

/** The hash that stands for a contact: of those that it may have, the one in use already, else the current key's. */
const keyInUse = (hashes: string) => `coalesce(
  (select contact_key from suppressions where contact_key = any(${hashes})
   union all select phone_key from supporters where phone_key = any(${hashes})
   union all select email_key from supporters where email_key = any(${hashes}) limit 1), (${hashes}::text[])[1])`;

type Entered = Pick<SignupView, 'id' | 'supporterId' | 'standing'> & { known: boolean; fresh: boolean };

const entering = `
  with by_email as (
    select id from supporters where email_key = any($6::text[]) for key share
  ), by_phone as (
    select id from supporters
    where cardinality($6::text[]) = 0 and phone_key = any($7::text[]) and email_key is null for key share
  ), known as (
    select * from by_email union all select * from by_phone
  ), born as (
    insert into supporters (email, email_key, phone, phone_key, name, language, zone, zone_source, state, sms_window)
    select $8, ${keyInUse('$6::text[]')}, $9, ${keyInUse('$7::text[]')}, $10, $11, $12, $13, $14, $15
    where not exists (select from known) on conflict do nothing returning id
  ), person as (
    select id, false as known from born union all select id, true from known
  ), news as (
    insert into signups (id, campaign_id, supporter_id, coalition_id, token_key, standing, next_step)
    select $3, $1, id, $2, $5, $4, not known and $16 and $4 = 'joined' from person
    on conflict (campaign_id, supporter_id) do nothing returning id, counted_zone, counted_window
  ), signup as (
    select news.*, true as fresh, $4 as standing, person.id as supporter_id, known from news cross join person
    union all
    select s.id, counted_zone, counted_window, false, s.standing, person.id, known
    from person join signups s on s.campaign_id = $1 and s.supporter_id = person.id where not exists (select from news)
  ), place as (
    insert into signup_coalitions (signup_id, campaign_id, coalition_id, visible, typed)
    select id, $1, $2, not known and $17, case when known then $18 end from signup where $4 = 'joined'
    on conflict (signup_id, coalition_id) do update set typed = coalesce(excluded.typed, signup_coalitions.typed)
  ), links as (
    insert into tokens (signup_id, hash, purpose)
    select id, unnest($19::bytea[]), unnest($20::text[]) from signup where fresh on conflict (hash) do nothing
  ), zones as (
    insert into campaign_zones (campaign_id, zone, sms_window)
    select $1, counted_zone, counted_window from signup where $4 = 'joined' on conflict do nothing
  )
  select id, supporter_id as "supporterId", known, fresh, standing from signup`;

/** Supporters and their signups. Contacts go in and out as plain text; they are stored sealed. */
export class Signups {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /**
   * One person joins one campaign through one coalition; doing it again changes nothing. A contact that is known
   * already keeps its person as it is: what was typed waits for its owner's yes.
   * @param code a colleague's, which counts for whoever was not in this campaign yet
   * @returns the signup's id; `known` when the person existed; `again` when this person was in this campaign
   */
  async accept(
    campaignId: string,
    coalitionId: string,
    typed: Typed,
    code?: string,
  ): Promise<{ id: string; supporterId: string; known: boolean; again: boolean }> {
    const { id, supporterId, known, fresh, standing } = await this.enter(
      campaignId,
      coalitionId,
      typed,
      'joined',
    );
    // A statement of its own: no one statement may change a signup and its coalitions, which are counted apart.
    if (standing !== 'joined') {
      await this.db.query(
        `update signups set standing = 'joined', coalition_id = $2, signed_up_at = campaign_now(), changed_at = now() where id = $1`,
        [id, coalitionId],
      );
    }
    const again = !fresh && standing === 'joined';
    if (code && !again) await new Referrals(this.db).credit(id, code);
    return { id, supporterId, known, again };
  }

  /**
   * Somebody who comes when it is over joins nothing: their link asks whether they want to hear of the next step. Who is
   * in the campaign already stays as they are, and gets that link as well.
   */
  async comeLate(campaignId: string, coalitionId: string, typed: Typed): Promise<SignupView> {
    const { id } = await this.enter(campaignId, coalitionId, typed, 'late');
    const signup = (await this.byId(id))!;
    await this.issueTokens(signup.id, signup.tokenKey, ['join']);
    return signup;
  }

  /** The button of an invitation, pressed by its owner: from now on they are counted and reminded. Again changes nothing. */
  async join(signup: SignupView): Promise<void> {
    await this.db.query(
      `update signups set standing = 'joined', signed_up_at = campaign_now(), changed_at = now()
       where id = $1 and standing <> 'joined'`,
      [signup.id],
    );
    await this.db.query(
      `insert into signup_coalitions (signup_id, campaign_id, coalition_id) values ($1, $2, $3) on conflict do nothing`,
      [signup.id, signup.campaignId, signup.coalitionId],
    );
    await this.openZones(signup.supporterId);
  }

  async byId(id: string): Promise<SignupView | null> {
    const [row] = await prepared<SignupView>(
      this.db,
      'signup-by-id',
      `select ${columns} ${from} where s.id = $1`,
      [id],
    );
    return row ? this.unseal(row) : null;
  }

  /** The signup behind a link; null when the token is unknown, revoked, for something else, or ended 30 days after close. */
  byToken(token: string, purpose: Purpose): Promise<SignupView | null> {
    return this.one(
      `join tokens t on t.signup_id = s.id join campaigns c on c.id = s.campaign_id
       where t.hash = $1 and t.purpose = $2 and t.revoked_at is null and (t.ends_at is null or t.ends_at > now())
         and coalesce(c.closed_at + interval '30 days' > campaign_now(), true)`,
      [tokenHash(token), purpose],
    );
  }

  /**
   * People who agreed that the leaders of a coalition see their name, by the order in which they came.
   * @param open only who is not done
   * @param after the last one seen
   */
  async seenIn(
    campaignId: string,
    coalitionId: string,
    { open, after = null, limit = 50 }: { open: boolean; after?: string | null | undefined; limit?: number },
  ): Promise<(SignupView & { wentAt: Date | null; recordedBy: string | null })[]> {
    const rows = await this.db.query<(SignupView & { wentAt: Date | null; recordedBy: string | null })[]>(
      `select ${columns}, s.went_at as "wentAt", (
         select recorded_by from confirmations x where x.signup_id = s.id and x.taken_back_at is null) as "recordedBy"
       ${from} join signup_coalitions m on m.signup_id = s.id
       where m.campaign_id = $1 and m.coalition_id = $2 and m.visible and s.standing = 'joined' and p.name is not null
         and (not $3 or s.done_at is null) and ($4::uuid is null or s.id > $4)
       order by s.id limit $5`,
      [campaignId, coalitionId, open, after, limit],
    );
    return rows.map((row) => ({ ...row, ...this.unseal(row) }));
  }

  /** Whether this person agreed that the leaders of that coalition see their name, and what they do. */
  async isSeenIn(id: string, campaignId: string, coalitionId: string): Promise<boolean> {
    const rows = await this.db.query<unknown[]>(
      `select from signups s join signup_coalitions m on m.signup_id = s.id
       where s.id = $1 and m.campaign_id = $2 and m.coalition_id = $3 and m.visible and s.standing = 'joined'`,
      [id, campaignId, coalitionId],
    );
    return rows.length > 0;
  }

  /** Holds the signup until the transaction ends: a claim's final check waits, and then sees what changed. */
  async hold(id: string): Promise<SignupView> {
    await this.db.query(`select from signups where id = $1 for update`, [id]);
    return (await this.byId(id))!;
  }

  /** Every signup of the people who use this phone. */
  ofPhone(phoneKeys: string[]): Promise<SignupView[]> {
    return this.many(`where p.phone_key = any($1)`, [phoneKeys]);
  }

  byIds(ids: string[]): Promise<SignupView[]> {
    return this.many(`where s.id = any($1)`, [ids]);
  }

  ofSupporter(supporterId: string): Promise<SignupView[]> {
    return this.many(`where s.supporter_id = $1`, [supporterId]);
  }

  /**
   * Whoever has moments of their own in a campaign that depend on its deadline, a chunk at a time: those with something
   * pending, and those who came too late for every wave of a channel.
   */
  async *withOwnMoments(campaignId: string, chunk = 500): AsyncGenerator<SignupView> {
    for (let cursor = '00000000-0000-0000-0000-000000000000'; ;) {
      const people = await this.many(
        `join campaigns c on c.id = s.campaign_id
         where s.campaign_id = $1 and s.id > $2 and s.standing = 'joined' and s.done_at is null and (
           exists (select from reminders r where r.campaign_id = s.campaign_id and r.supporter_id = s.supporter_id
             and r.kind in ('nudge', 'snooze', 'last_call') and r.state in ('due', 'sending'))
           or exists (
             select from (values ('email', s.email_since), ('sms', s.sms_since)) as yes(channel, since)
             cross join lateral (
               select max(w.joins_by) as latest, count(*) as waves from waves w
               where w.campaign_id = c.id and w.round = c.round and w.kind = 'rung' and w.channel = yes.channel and w.zone = p.zone
                 and (w.channel = 'email' or w.sms_window = p.sms_window)) as ladder
             where yes.since is not null and ladder.waves > 0
               and greatest(s.signed_up_at, c.launched_at, yes.since) > coalesce(ladder.latest, '-infinity')))`,
        [campaignId, cursor],
        chunk,
      );
      yield* people;
      if (people.length < chunk) return;
      cursor = people.at(-1)!.id;
    }
  }

  /** Takes what was typed by somebody who has now shown that the contact is theirs. Answers what was waiting. */
  async takeTyped(signup: SignupView): Promise<Typed | null> {
    const waiting = await this.allWaiting(signup.id);
    const latest = waiting.at(-1)?.typed;
    if (!latest) return null;
    for (const { coalitionId, typed } of waiting) {
      await this.db.query(
        `update signup_coalitions set typed = null, visible = visible or $3 where signup_id = $1 and coalition_id = $2`,
        [signup.id, coalitionId, typed.visible],
      );
    }
    const { name, phone, nextStep } = latest;
    await this.setTypedPlace(signup, latest);
    await this.db.query(
      `update supporters set name = coalesce($2, name), phone = coalesce($3, phone), phone_key = coalesce($4, phone_key)
       where id = $1`,
      [
        signup.supporterId,
        name ? this.keys.seal('name', name) : null,
        phone ? this.keys.seal('phone', phone) : null,
        phone ? await this.contactKeyOf(phone) : null,
      ],
    );
    await this.db.query(`update signups set next_step = next_step or $2 where id = $1`, [
      signup.id,
      nextStep,
    ]);
    await this.moved(signup.supporterId);
    return latest;
  }

  /**
   * A phone's YES proves that texts are wanted there: language and zone take effect, once. A name and the rest go on waiting.
   * @returns whether something was typed for it
   */
  async takeTypedPlace(signup: SignupView): Promise<boolean> {
    const asked = (await this.allWaiting(signup.id)).filter(({ typed }) => typed.wantsTexts);
    for (const { coalitionId, typed } of asked)
      await this.setTyped(signup.id, coalitionId, { ...typed, wantsTexts: false });
    const latest = asked.at(-1);
    if (!latest) return false;
    await this.setTypedPlace(signup, latest.typed);
    await this.moved(signup.supporterId);
    return true;
  }

  /** What somebody typed is not the owner's: it is gone. */
  async dropTyped(signupId: string): Promise<void> {
    await this.db.query(`update signup_coalitions set typed = null where signup_id = $1`, [signupId]);
  }

  /**
   * The page after signup, for a day, for whoever just typed: what they do there counts at once for a person who is
   * new, and waits with the rest of what was typed for one who was known.
   */
  async openArrival(
    token: string,
    signupId: string,
    coalitionId: string,
    typed: Typed,
    known: boolean,
  ): Promise<void> {
    await this.db.query(
      `insert into tokens (hash, purpose, signup_id, coalition_id, typed, ends_at)
       values ($1, 'arrival', $2, $3, $4, now() + interval '1 day')`,
      [
        tokenHash(token),
        signupId,
        coalitionId,
        this.keys.seal('typed', JSON.stringify({ typed, known } satisfies Pick<Arrival, 'typed' | 'known'>)),
      ],
    );
  }

  async arrival(token: string): Promise<Arrival | null> {
    const [row] = await this.db.query<{ signupId: string; coalitionId: string; typed: string }[]>(
      `select signup_id as "signupId", coalition_id as "coalitionId", typed from tokens
       where hash = $1 and purpose = 'arrival' and revoked_at is null and ends_at > now() and typed is not null`,
      [tokenHash(token)],
    );
    return row
      ? { ...row, ...(JSON.parse(this.keys.open('typed', row.typed)) as Pick<Arrival, 'typed' | 'known'>) }
      : null;
  }

  /** Makes what was typed wait for its owner's yes, in place of what waited before. */
  async setTyped(signupId: string, coalitionId: string, typed: Typed): Promise<void> {
    await this.db.query(
      `update signup_coalitions set typed = $3 where signup_id = $1 and coalition_id = $2`,
      [signupId, coalitionId, this.keys.seal('typed', JSON.stringify(typed))],
    );
  }

  /** What waits for its owner's yes, the latest that was typed; null when nothing does. */
  async waiting(signupId: string): Promise<Typed | null> {
    return (await this.allWaiting(signupId)).at(-1)?.typed ?? null;
  }

  async wentToForm(id: string): Promise<void> {
    await this.db.query(`update signups set went_at = coalesce(went_at, campaign_now()) where id = $1`, [id]);
  }

  /**
   * The owner's language and zone. A zone chosen by hand replaces what the ZIP said.
   * @param smsWindow the hours for texts that go with a chosen zone
   */
  async setPlace(signup: SignupView, language: string, zone: string, smsWindow: string): Promise<void> {
    await this.db.query(
      `update supporters set language = $2, zone = $3,
         zone_source = case when zone = $3 then zone_source else 'chosen' end,
         state = case when zone = $3 then state end,
         sms_window = case when zone = $3 then sms_window else $4 end
       where id = $1`,
      [signup.supporterId, language, zone, smsWindow],
    );
    await this.moved(signup.supporterId);
  }

  private async allWaiting(signupId: string): Promise<{ coalitionId: string; typed: Typed }[]> {
    const rows = await this.db.query<{ coalitionId: string; typed: string }[]>(
      `select coalition_id as "coalitionId", typed from signup_coalitions
       where signup_id = $1 and typed is not null order by joined_at`,
      [signupId],
    );
    return rows.map(({ coalitionId, typed }) => ({
      coalitionId,
      typed: JSON.parse(this.keys.open('typed', typed)) as Typed,
    }));
  }

  /** A coalition's zone is only a guess: it never replaces what the person's own ZIP or choice said. */
  private async setTypedPlace({ supporterId }: SignupView, typed: Typed): Promise<void> {
    const { language, zone, zoneSource, state, smsWindow, phone } = typed;
    await this.db.query(
      `update supporters set language = $2,
         zone = case $4 when 'coalition' then zone else $3 end,
         zone_source = case $4 when 'coalition' then zone_source else $4 end,
         state = case $4 when 'coalition' then state else $5 end,
         sms_window = case when $4 = 'coalition' and (zone_source = 'zip' or not $7) then sms_window else $6 end
       where id = $1`,
      [supporterId, language, zone, zoneSource, state, smsWindow, phone !== undefined],
    );
  }

  /**
   * Person, signup, place in a coalition, links and zone by one statement. A person is known by the email, else by the
   * phone of one who gave no email (RULES §5). Who met somebody that came at the same moment looks again, and knows them.
   */
  private async enter(
    campaignId: string,
    coalitionId: string,
    typed: Typed,
    standing: 'joined' | 'late',
  ): Promise<Entered> {
    const { email, phone } = typed;
    const id = v7();
    const emailKeys = email ? this.keys.contactKeys(email.lookup) : [];
    const phoneKeys = phone ? this.keys.contactKeys(phone) : [];
    const parameters = [
      campaignId,
      coalitionId,
      id,
      standing,
      this.keys.tokenKey,
      emailKeys,
      phoneKeys,
      email ? this.keys.seal('email', email.address) : null,
      phone ? this.keys.seal('phone', phone) : null,
      typed.name ? this.keys.seal('name', typed.name) : null,
      typed.language,
      typed.zone,
      typed.zoneSource,
      typed.state,
      typed.smsWindow,
      typed.nextStep,
      typed.visible,
      this.keys.seal('typed', JSON.stringify(typed)),
      ...this.tokensOf(id, this.keys.tokenKey),
    ];
    for (;;) {
      const [entered] = await prepared<Entered>(this.db, 'enter', entering, parameters);
      if (entered) return entered;
    }
  }

  /**
   * The one hash that a contact has in every row: the one already in use, though made with an older key, so that a
   * suppression and everybody who shares a phone are still found by it; else the current key's.
   */
  async contactKeyOf(contact: string): Promise<string> {
    const [row] = await this.db.query<{ key: string }[]>(`select ${keyInUse('$1')} as key`, [
      this.keys.contactKeys(contact),
    ]);
    return row!.key;
  }

  /** Whoever signed up before there were codes gets one now; everybody else has it. */
  giveCode({ id, tokenKey }: Pick<SignupView, 'id' | 'tokenKey'>): Promise<void> {
    return this.issueTokens(id, tokenKey, ['refer']);
  }

  /** The same for everybody of a campaign, before the first look at a wave whose words have the code in them. */
  async giveCodes(waveId: string, chunk = 5_000): Promise<void> {
    for (let given = chunk; given === chunk;) {
      const lacking = await this.db.query<Pick<SignupView, 'id' | 'tokenKey'>[]>(
        `select s.id, s.token_key as "tokenKey" from waves w join signups s on s.campaign_id = w.campaign_id
         where w.id = $1 and w.expanded_from is null and exists (
             select from rung_texts x where x.campaign_id = w.campaign_id and x.rung_id = w.rung_id
               and concat(x.subject, x.email, x.sms) like '%referUrl%')
           and not exists (select from tokens t where t.signup_id = s.id and t.purpose = 'refer')
           and exists (select from tokens t where t.signup_id = s.id and t.purpose = 'stop' and t.revoked_at is null)
         limit $2`,
        [waveId, chunk],
      );
      await this.db.query(
        `insert into tokens (signup_id, hash, purpose) select *, 'refer' from unnest($1::uuid[], $2::bytea[])
         on conflict (hash) do nothing`,
        [
          lacking.map(({ id }) => id),
          lacking.map(({ id, tokenKey }) => tokenHash(this.keys.token(tokenKey, id, 'refer'))),
        ],
      );
      given = lacking.length;
    }
  }

  private async issueTokens(
    signupId: string,
    tokenKey: string,
    purposes: readonly Purpose[] = signupPurposes,
  ): Promise<void> {
    await this.db.query(
      `insert into tokens (signup_id, hash, purpose) select $1, unnest($2::bytea[]), unnest($3::text[])
       on conflict (hash) do nothing`,
      [signupId, ...this.tokensOf(signupId, tokenKey, purposes)],
    );
  }

  /** Hashes, and what each is for. */
  private tokensOf(
    signupId: string,
    tokenKey: string,
    purposes: readonly Purpose[] = signupPurposes,
  ): [Buffer[], readonly Purpose[]] {
    return [purposes.map((purpose) => tokenHash(this.keys.token(tokenKey, signupId, purpose))), purposes];
  }

  /** A person's place holds in all their campaigns: waves that are going out now look at them once more. */
  private async moved(supporterId: string): Promise<void> {
    await this.db.query(`update signups set changed_at = now() where supporter_id = $1`, [supporterId]);
    await this.openZones(supporterId);
  }

  /** Waves are made for every pair of zone and SMS window that has a signup. */
  private async openZones(supporterId: string): Promise<void> {
    await this.db.query(
      `insert into campaign_zones (campaign_id, zone, sms_window)
       select s.campaign_id, p.zone, p.sms_window from signups s join supporters p on p.id = s.supporter_id
       where s.supporter_id = $1 on conflict do nothing`,
      [supporterId],
    );
  }

  private async many(where: string, parameters: unknown[], limit = 10_000): Promise<SignupView[]> {
    const rows = await this.db.query<SignupView[]>(
      `select ${columns} ${from} ${where} order by s.id limit ${limit}`,
      parameters,
    );
    return rows.map((row) => this.unseal(row));
  }

  private async one(where: string, parameters: unknown[]): Promise<SignupView | null> {
    const [row] = await this.db.query<SignupView[]>(`select ${columns} ${from} ${where}`, parameters);
    return row ? this.unseal(row) : null;
  }

  private unseal(row: SignupView): SignupView {
    const open = (column: 'email' | 'phone' | 'name') => row[column] && this.keys.open(column, row[column]);
    return { ...row, email: open('email'), phone: open('phone'), name: open('name') };
  }
}
