import type { EntityManager } from 'typeorm';
import type { Said } from '#domain';
import type { Keyring } from './keyring.js';

/** A text of ours to a phone. */
export type SentText = { signupId: string; campaignId: string; kind: 'question' | 'reminder' };

/** A text that people read. `name`: of a sender who agreed to be seen, alone or with all who share the phone. */
export type KeptText = {
  id: string;
  at: Date;
  meaning: string;
  crisis: boolean;
  body: string;
  phone: string;
  /** How many pictures or other files came with it; they stay with the provider. */
  media: number;
  name: string | null;
  /** Through which its sender joined first; null when the number is nobody's. */
  coalitionId: string | null;
  answered: boolean;
  readAt: Date | null;
};

export type TextFilter = {
  after?: string | null | undefined;
  limit?: number;
  show?: 'all' | 'unread' | 'urgent' | undefined;
  coalitionId?: string | null | undefined;
  words?: string | undefined;
};

const keptForDays = 90;

/** Texts that people send us; each is taken once, however often the provider repeats it. */
export class Texts {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** Until the transaction ends nobody else takes a text of this phone: answers are counted one after another. */
  async hold(phoneKey: string): Promise<void> {
    await this.db.query(`select pg_advisory_xact_lock(hashtextextended('texts ' || $1, 0))`, [phoneKey]);
  }

  /** @returns the text's id, or null when it was taken before */
  async take(text: {
    messageSid: string;
    phone: string;
    phoneKey: string;
    body: string;
    media?: number | undefined;
    meaning: string;
    crisis: boolean;
  }): Promise<string | null> {
    const [row] = await this.db.query<{ id: string }[]>(
      `insert into texts (message_sid, phone_key, phone, body, media, meaning, crisis) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (message_sid) do nothing returning id`,
      [
        text.messageSid,
        text.phoneKey,
        this.keys.seal('phone', text.phone),
        this.keys.seal('text', text.body),
        text.media ?? 0,
        text.meaning,
        text.crisis,
      ],
    );
    return row?.id ?? null;
  }

  /** Whose text it is, as far as a shared phone tells, and what it was answered with. */
  async settle(
    id: string,
    signup: { id: string; supporterId: string; campaignId: string } | undefined,
    answer: string | null,
  ): Promise<void> {
    await this.db.query(
      `update texts set signup_id = $2, supporter_id = $3, campaign_id = $4, answer = $5 where id = $1`,
      [id, signup?.id ?? null, signup?.supporterId ?? null, signup?.campaignId ?? null, answer],
    );
  }

  /** Our questions and reminders to a phone in the last 14 days, newest first. */
  sentTo(phoneKey: string): Promise<SentText[]> {
    return this.db.query(
      `select signup_id as "signupId", campaign_id as "campaignId", case kind when 'sms_optin' then 'question' else 'reminder' end as kind
       from reminders
       where phone_key = $1 and channel = 'sms' and kind in ('rung', 'alert', 'last_call', 'snooze', 'sms_optin')
         and state in ('sending', 'sent', 'unknown') and due_at > campaign_now() - interval '14 days'
       order by due_at desc, id desc limit 100`,
      [phoneKey],
    );
  }

  /** What the phone was told in answer to its texts within the last day. */
  said(phoneKey: string): Promise<Said[]> {
    return this.db.query(
      `select answer as reply, crisis, extract(epoch from now() - received_at)::float8 / 60 as "minutesAgo",
         at > campaign_now() - interval '1 day' as "sameDay"
       from texts where phone_key = $1 and answer <> 'provider' and received_at > now() - interval '1 day'`,
      [phoneKey],
    );
  }

  /**
   * What people have to read, unread words of crisis first, then the newest. A text from a number that is nobody's
   * belongs to no campaign and is listed in each.
   * @param after the cursor of the last one seen
   * @param coalitionId only of people who joined through it
   * @param words only with these in it. Texts are sealed, so they are opened one by one, and no more than some thousand at a
   *   time: a page may then be short, and its cursor goes on
   */
  async list(
    campaignId: string,
    { after = null, limit = 50, show = 'all', coalitionId = null, words = '' }: TextFilter = {},
  ): Promise<{ items: KeptText[]; nextCursor: string | null }> {
    const chunk = words ? 500 : limit + 1;
    const items: KeptText[] = [];
    let last = after;
    for (let opened = 0; opened < mostOpened; opened += chunk) {
      const [urgent, id] = last?.split('.') ?? [null, null];
      const texts = await this.read(
        `(t.campaign_id = $1 or t.campaign_id is null)
           and ($2::int is null or (${isUrgent}, t.id) < ($2::int, $3::bigint))
           and ${shown[show]}
           and ($4::uuid is null or exists (
             select from signup_coalitions c where c.signup_id = t.signup_id and c.coalition_id = $4))`,
        [campaignId, urgent, id, coalitionId],
        isSeen('true'),
        chunk,
      );
      for (const text of texts) {
        if (folded(text.body).includes(folded(words))) {
          if (items.length === limit) return { items, nextCursor: last };
          items.push(text);
        }
        last = `${text.crisis && !text.readAt ? 1 : 0}.${text.id}`;
      }
      if (texts.length < chunk) return { items, nextCursor: null };
    }
    return { items, nextCursor: last };
  }

  /** Those whose sender agreed to be seen in this coalition. */
  seenBy(campaignId: string, coalitionId: string, limit = 50): Promise<KeptText[]> {
    const seen = isSeen('c.coalition_id = $2');
    return this.read(`t.campaign_id = $1 and ${seen}`, [campaignId, coalitionId], seen, limit);
  }

  /** @returns how many nobody has read yet */
  async unread(campaignId: string): Promise<number> {
    const [row] = await this.db.query<{ n: number }[]>(
      `select count(*)::int as n from texts t
       where (campaign_id = $1 or campaign_id is null) and (meaning = 'other' or crisis) and body is not null and read_at is null`,
      [campaignId],
    );
    return row!.n;
  }

  /** Takes "read" back. @returns whether it is there */
  async markUnread(campaignId: string, id: string): Promise<boolean> {
    const [, there] = await this.db.query<[unknown[], number]>(
      `update texts set read_at = null, read_by = null
       where id = $2 and (campaign_id = $1 or campaign_id is null) and (meaning = 'other' or crisis) and body is not null`,
      [campaignId, id],
    );
    return there > 0;
  }

  /** @returns whether it is there, read now or before */
  async markRead(campaignId: string, id: string, by: string): Promise<boolean> {
    const [, there] = await this.db.query<[unknown[], number]>(
      `update texts set read_at = coalesce(read_at, now()), read_by = coalesce(read_by, $3)
       where id = $2 and (campaign_id = $1 or campaign_id is null) and (meaning = 'other' or crisis) and body is not null`,
      [campaignId, id, by],
    );
    return there > 0;
  }

  /**
   * After 90 days nothing of a text is left but its number with the provider, by which a late repetition is known.
   * @returns how many were emptied
   */
  async purge(): Promise<number> {
    const [, emptied] = await this.db.query<[unknown[], number]>(
      `update texts set phone = null, body = null, phone_key = null, signup_id = null, supporter_id = null, campaign_id = null,
         crisis = false, read_by = null
       where at < campaign_now() - make_interval(days => $1) and body is not null`,
      [keptForDays],
    );
    return emptied;
  }

  private async read(where: string, parameters: unknown[], seen: string, limit: number): Promise<KeptText[]> {
    const rows = await this.db.query<KeptText[]>(
      `select t.id, t.at, t.meaning, t.crisis, t.body, t.phone, t.media, case when ${seen} then p.name end as name,
         s.coalition_id as "coalitionId", t.answer is not null as answered, t.read_at as "readAt"
       from texts t left join supporters p on p.id = t.supporter_id left join signups s on s.id = t.signup_id
       where (t.meaning = 'other' or t.crisis) and t.body is not null and ${where}
       order by ${isUrgent} desc, t.id desc limit ${limit}`,
      parameters,
    );
    return rows.map((row) => ({
      ...row,
      body: this.keys.open('text', row.body),
      phone: this.keys.open('phone', row.phone),
      name: row.name && this.keys.open('name', row.name),
    }));
  }
}

const mostOpened = 2_000;
const shown = { all: 'true', unread: 't.read_at is null', urgent: 't.crisis' };
/** For a search by words as people type them: without case and accents. */
const folded = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const isUrgent = `case when t.crisis and t.read_at is null then 1 else 0 end`;

/** Everybody in the campaign who uses the phone agreed to be seen: which of them wrote, nobody knows. */
const isSeen = (where: string) => `(t.signup_id is not null and not exists (
  select from supporters q join signups s on s.supporter_id = q.id
  where (q.phone_key = t.phone_key or s.id = t.signup_id) and s.campaign_id = t.campaign_id
    and not exists (select from signup_coalitions c where c.signup_id = s.id and c.visible and ${where})))`;
