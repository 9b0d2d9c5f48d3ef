import type { EntityManager } from 'typeorm';
import { type Channel, failOrder, type FailReason, type ReminderName, softBounceLimit } from '#domain';
import { Audit } from './audit.js';
import type { Keyring } from './keyring.js';

/** What a provider says about one message. */
export type Receipt = {
  provider: string;
  /** With `status` it names what was said: doubled, it is noted once. */
  providerId: string;
  status: string;
  code?: string | undefined;
  channel: Channel;
  reminder: ReminderName;
  /** The id under which the hand-over knows the message, where the provider repeats it. */
  messageId?: string | undefined;
  state: 'sent' | 'failed' | null;
  reason?: FailReason | undefined;
  /** A bounce that may pass, counted for its address. */
  soft?: boolean | undefined;
};

/** Of a receipt that is ours: whose it is. */
export type Received = {
  /** The receipt's place among those given. */
  place: number;
  /** False when it was noted before. */
  news: boolean;
  supporterId: string;
  emailKey: string | null;
  phoneKey: string | null;
};

/** Receipts, and the webhooks that brought them. Moments go by `campaign_now()`. */
export class Receipts {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /**
   * Keeps a verified webhook's body, sealed, for 30 days.
   * @param event the provider's id or token of this call; left out: the body itself
   * @returns `again` when it was taken before, `reused` when its token came with other words
   */
  async keep(provider: string, body: Buffer, event?: string): Promise<'news' | 'again' | 'reused'> {
    const [digest, ...older] = this.keys.fingerprints(`${provider}|${body.toString('base64')}`);
    const key = event ?? digest!.toString('base64url');
    const rows = await this.db.query<unknown[]>(
      `insert into webhooks (provider, event, digest, body) values ($1, $2, $3, $4)
       on conflict (provider, event) do nothing returning id`,
      [provider, key, digest, this.keys.seal('webhook', body.toString('utf8'))],
    );
    if (rows.length > 0) return 'news';
    const [kept] = await this.db.query<{ digest: Buffer }[]>(
      `select digest from webhooks where provider = $1 and event = $2`,
      [provider, key],
    );
    return [digest!, ...older].some((one) => kept?.digest.equals(one)) ? 'again' : 'reused';
  }

  /** Holds campaigns that receipts may pause; taken before any reminder, as every other change of a campaign does. */
  async holdCampaigns(ids: string[]): Promise<void> {
    await this.db.query(`select from campaigns where id = any($1) order by id for update`, [ids]);
  }

  /**
   * Notes receipts and moves their reminders forward. Doubled and reordered they end the same: `sending` and `unknown`
   * become `sent` or `failed`, `sent` may become `failed`, a failure's reason may become a graver one (`failOrder`),
   * nothing goes back. What was never handed over, or is known under another id, is not ours and changes nothing.
   */
  take(receipts: Receipt[]): Promise<Received[]> {
    return this.db.query(take, [
      JSON.stringify(
        receipts.map(({ reminder, providerId, messageId, ...rest }, place) => ({
          ...rest,
          place,
          provider_id: providerId,
          message_id: messageId,
          campaign_id: reminder.campaignId,
          reminder_id: reminder.id,
        })),
      ),
      failOrder,
    ]);
  }

  /**
   * Notes a receipt of a message that is none of our reminders, for an address that we do write to.
   * @returns whether it was news
   */
  async takeOf(
    contactKey: string,
    { provider, providerId, status, code, soft }: Omit<Receipt, 'channel' | 'reminder' | 'state'>,
  ): Promise<boolean> {
    const rows = await this.db.query<unknown[]>(
      `insert into receipts (provider, provider_id, status, code, contact_key) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning id`,
      [provider, providerId, status, code ?? null, soft ? contactKey : null],
    );
    return rows.length > 0;
  }

  /** The key that somebody's address has in our rows; null when it is nobody's. */
  async keyOfAddress(lookup: string): Promise<string | null> {
    const [row] = await this.db.query<{ key: string }[]>(
      `select email_key as key from supporters where email_key = any($1) limit 1`,
      [this.keys.contactKeys(lookup)],
    );
    return row?.key ?? null;
  }

  /** Whether an address has had its five bounces in 14 days. Two that come at once are counted one after the other. */
  async bouncesTooOften(contactKey: string): Promise<boolean> {
    await this.db.query(`select pg_advisory_xact_lock(hashtext($1))`, [`soft bounces ${contactKey}`]);
    const [row] = await this.db.query<{ many: boolean }[]>(
      `select count(distinct coalesce(campaign_id || '.' || reminder_id, provider_id)) >= $2 as many from receipts
       where contact_key = $1 and received_at > campaign_now() - make_interval(days => $3)`,
      [contactKey, softBounceLimit.bounces, softBounceLimit.days],
    );
    return row!.many;
  }

  /** Whether so many texts to a phone ended for a reason in so many days. */
  async failsTooOften(
    phoneKey: string,
    reason: FailReason,
    { texts, days }: { texts: number; days: number },
  ): Promise<boolean> {
    await this.db.query(`select pg_advisory_xact_lock(hashtext($1))`, [`texts ${phoneKey}`]);
    const [row] = await this.db.query<{ many: boolean }[]>(
      `select count(*) >= $3 as many from reminders where phone_key = $1 and channel = 'sms' and state = 'failed'
         and reason = $2 and due_at > campaign_now() - make_interval(days => $4)`,
      [phoneKey, reason, texts, days],
    );
    return row!.many;
  }

  /** Whether Twilio says that we and this phone answer each other without end (14107); then it gets no answers for a day. */
  async inReplyLoop(phoneKey: string): Promise<boolean> {
    return this.failsTooOften(phoneKey, 'reply_loop', { texts: 1, days: 1 });
  }

  /**
   * Complaints about a campaign's mail, or texts that carriers filtered, and how much was sent, in the last hours.
   * @param share how much of what was sent is too much: counting ends where it cannot be any more
   */
  async spikeOf(
    campaignId: string,
    kind: 'complaint' | 'filtered',
    { hours, share }: { hours: number; share: number },
  ): Promise<{ bad: number; sent: number }> {
    const [row] = await this.db.query<{ bad: number; sent: number }[]>(
      `with bad as (
         select count(distinct reminder_id)::int as n from receipts
         where campaign_id = $1 and (status = 'complained' or code = '30007')
           and case $2 when 'complaint' then status = 'complained' else code = '30007' end
           and received_at > campaign_now() - make_interval(hours => $3)
       )
       select bad.n as bad, (
         select count(*)::int from (
           select from reminders where campaign_id = $1 and channel = case $2 when 'complaint' then 'email' else 'sms' end
             and state in ('sent', 'failed', 'unknown')
             and coalesce(handed_at, due_at) > (select campaign_now()) - make_interval(hours => $3)
           limit ceil(bad.n / $4::float) + 1) as recent
       ) as sent from bad`,
      [campaignId, kind, hours, share],
    );
    return row!;
  }

  /** Of how many messages somebody said that they arrived, came back, or were not wanted; of each channel that was heard of. */
  heardOf(
    campaignId: string,
  ): Promise<{ channel: Channel; delivered: number; bounced: number; complained: number }[]> {
    return this.db.query(
      `with said as (
         select channel, heard, count(distinct reminder_id)::int as n from receipts
         where campaign_id = $1 and heard is not null group by 1, 2
       )
       select channel, coalesce(max(n) filter (where heard = 'delivered'), 0) as delivered,
         coalesce(max(n) filter (where heard = 'bounced'), 0) as bounced,
         coalesce(max(n) filter (where heard = 'complained'), 0) as complained
       from said group by 1`,
      [campaignId],
    );
  }

  /** A running campaign stops by itself and says why; one that people paused or ended stays as it is. */
  async pause(
    campaignId: string,
    because: 'complaints' | 'filtered',
    figures: { bad: number; sent: number },
  ): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update campaigns set status = 'paused', paused_because = $2, version = version + 1
       where id = $1 and status = 'running' returning id`,
      [campaignId, because],
    );
    if (rows.length === 0) return false;
    await new Audit(this.db).write('system', 'campaign.paused', campaignId, { because, ...figures });
    return true;
  }

  /** A line in the campaign's log about a fault of ours, once a day for each action. @returns whether it was news */
  async note(campaignId: string, action: string, detail: Record<string, unknown>): Promise<boolean> {
    await this.db.query(`select pg_advisory_xact_lock(hashtext($1))`, [`note ${action} ${campaignId}`]);
    const known = await this.db.query<unknown[]>(
      `select from audit where campaign_id = $1 and action = $2 and campaign_at > campaign_now() - interval '1 day' limit 1`,
      [campaignId, action],
    );
    if (known.length > 0) return false;
    await new Audit(this.db).write('system', action, campaignId, detail);
    return true;
  }

  /** Texts that are due wait an hour, for the sender may not send; then the next few find out whether it may. */
  async holdTexts(): Promise<void> {
    await this.db.query(
      `update reminders r set not_before = now() + interval '1 hour'
       from (select campaign_id, id from reminders where channel = 'sms' and state = 'due'
               and due_at <= (select campaign_now()) + interval '1 hour'
               and (not_before is null or not_before < now() + interval '50 minutes')
             for update skip locked) as due
       where r.campaign_id = due.campaign_id and r.id = due.id`,
    );
  }

  /**
   * Webhooks and what soft bounces are counted by go after 30 days, people's texts after 90 (RULES §9), what was typed on
   * the page after signup after its day. Called once an hour.
   */
  async purge(): Promise<void> {
    for (const old of [
      `delete from webhooks where received_at < campaign_now() - interval '30 days'`,
      `update receipts set contact_key = null
       where contact_key is not null and received_at < campaign_now() - interval '30 days'`,
      `delete from tokens where purpose = 'arrival' and ends_at < now()`,
    ])
      await this.db.query(old);
  }
}

/** How grave a reason is; what isn't listed is least. */
const rank = (reason: string) => `coalesce(array_position($2::text[], ${reason}), 99)`;

const take = `
  with said as (
    select * from jsonb_to_recordset($1) as x(place int, provider text, provider_id text, status text, code text, channel text,
      campaign_id uuid, reminder_id bigint, message_id text, state text, reason text, soft boolean)
  ), ours as (
    select s.*, r.supporter_id, r.phone_key, p.email_key
    from said s
    join reminders r on r.campaign_id = s.campaign_id and r.id = s.reminder_id and r.channel = s.channel
    join supporters p on p.id = r.supporter_id
    where r.fence > 0 and (r.provider_id is null or s.message_id is null or r.provider_id = s.message_id)
  ), noted as (
    insert into receipts (provider, provider_id, status, code, campaign_id, reminder_id, contact_key)
    select provider, provider_id, status, code, campaign_id, reminder_id, case when soft then email_key end from ours
    on conflict do nothing returning provider, provider_id, status
  ), held as (
    select r.campaign_id, r.id from reminders r
    where (r.campaign_id, r.id) in (select campaign_id, reminder_id from ours where state is not null)
      and r.state not in ('due', 'skipped')
    order by r.campaign_id, r.id for update
  ), moved as (
    update reminders r set state = w.state, lease_until = null, reason = case w.state when 'failed' then w.reason end,
      provider_id = coalesce(r.provider_id, w.message_id), settled_at = coalesce(r.settled_at, clock_timestamp())
    from (
      select distinct on (o.campaign_id, o.reminder_id) o.campaign_id, o.reminder_id, o.state, o.reason, o.message_id
      from ours o join held h on h.campaign_id = o.campaign_id and h.id = o.reminder_id
      where o.state is not null
      order by o.campaign_id, o.reminder_id, o.state = 'failed' desc, ${rank('o.reason')}
    ) as w
    where r.campaign_id = w.campaign_id and r.id = w.reminder_id and (
      r.state in ('sending', 'unknown')
      or w.state = 'failed' and (r.state = 'sent' or r.state = 'failed' and ${rank('w.reason')} < ${rank('r.reason')}))
  )
  select o.place, o.supporter_id as "supporterId", o.phone_key as "phoneKey", o.email_key as "emailKey",
    exists (select from noted n where n.provider = o.provider and n.provider_id = o.provider_id and n.status = o.status) as news
  from ours o order by o.place`;
