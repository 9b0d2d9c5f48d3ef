import type { EntityManager } from 'typeorm';
import type { Channel } from '#domain';
import type { Campaign } from './entities/campaign.js';
import type { Keyring } from './keyring.js';

export type NoticeKind = 'rehearsal' | 'crisis' | 'paused' | 'sign_in' | 'invitation' | 'docket';

/** A message to staff. A mail has a subject; `html` is for mail that shows what supporters would get. */
export type Notice = {
  kind: NoticeKind;
  campaignId: string | null;
  channel: Channel;
  to: string;
  subject?: string | undefined;
  text: string;
  html?: string | undefined;
};

export type ClaimedNotice = Omit<Notice, 'kind' | 'campaignId'> & {
  id: string;
  fence: number;
  tries: number;
  createdAt: Date;
};

export type SettledNotice = {
  id: string;
  fence: number;
  outcome: 'sent' | 'failed' | 'later';
  reason?: string | undefined;
  retrySeconds?: number | undefined;
};

/** Nothing that staff must know now is of use after so long. */
const triedForHours = 1;
const keptForDays = 7;

/** Messages to staff (RULES §4, last item): rehearsals, crisis words, a campaign that paused by itself, links to sign in. Real clock. */
export class Notices {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** Sent within seconds of the commit, by whichever worker looks first. */
  async add(notices: Notice[]): Promise<void> {
    await this.db.query(
      `insert into notices (kind, campaign_id, channel, contact, body)
       select kind, campaign_id, channel, contact, body
       from jsonb_to_recordset($1) as x(kind text, campaign_id uuid, channel channel, contact sealed, body sealed)`,
      [
        JSON.stringify(
          notices.map(({ kind, campaignId, channel, to, subject, text, html }) => ({
            kind,
            campaign_id: campaignId,
            channel,
            contact: this.keys.seal(contactOf(channel), to),
            body: this.keys.seal('notice', JSON.stringify({ subject, text, html })),
          })),
        ),
      ],
    );
  }

  /** Mails everybody whom the campaign names in `notify`, or else where its root coalitions are written to. */
  async tell(
    campaign: Pick<Campaign, 'id' | 'notify'>,
    notice: { kind: NoticeKind; subject: string; text: string },
  ): Promise<void> {
    const named = openNotify(this.keys, campaign.notify);
    const addresses = named.length > 0 ? named : await this.rootAddresses(campaign.id);
    await this.add(
      addresses.map((to) => ({ ...notice, campaignId: campaign.id, channel: 'email' as const, to })),
    );
  }

  /**
   * Takes what is due. Mail whose lease ran out is due again; a text then may have been sent, and is never sent again.
   * @param leaseSeconds longer than every time-out of a hand-over together
   */
  async claim(limit: number, leaseSeconds: number): Promise<ClaimedNotice[]> {
    await this.db.query(
      `update notices set state = 'failed', reason = case state when 'due' then 'too_late' else 'unknown' end,
         lease_until = null, ended_at = clock_timestamp()
       where state = 'due' and created_at < now() - make_interval(hours => $1)
         or state = 'sending' and lease_until < clock_timestamp() and channel = 'sms'`,
      [triedForHours],
    );
    const [rows] = await this.db.query<
      [(Pick<ClaimedNotice, 'id' | 'fence' | 'tries' | 'channel' | 'createdAt'> & Sealed)[], number]
    >(
      `update notices n set state = 'sending', fence = fence + 1, tries = tries + 1,
         lease_until = clock_timestamp() + make_interval(secs => $2)
       from (
         select id from notices
         where state = 'due' and not_before <= now()
           or state = 'sending' and lease_until < clock_timestamp() and channel = 'email'
         order by id limit $1 for update skip locked
       ) as due
       where n.id = due.id
       returning n.id, fence, tries, channel, contact, body, created_at as "createdAt"`,
      [limit, leaseSeconds],
    );
    return rows.map(({ contact, body, ...row }) => ({
      ...row,
      to: this.keys.open(contactOf(row.channel), contact),
      ...(JSON.parse(this.keys.open('notice', body)) as Pick<Notice, 'subject' | 'text' | 'html'>),
    }));
  }

  /** Records what became of each; a result whose fence is stale is refused. */
  async settle(results: SettledNotice[]): Promise<void> {
    await this.db.query(
      `update notices n set
         state = case x.outcome when 'later' then 'due' else x.outcome end,
         reason = case x.outcome when 'failed' then coalesce(x.reason, 'refused') end,
         not_before = now() + make_interval(secs => coalesce(x."retrySeconds", 0)),
         lease_until = null,
         ended_at = case x.outcome when 'later' then null else clock_timestamp() end
       from jsonb_to_recordset($1) as x(id bigint, fence int, outcome text, reason text, "retrySeconds" float8)
       where n.id = x.id and n.fence = x.fence and n.state = 'sending'`,
      [JSON.stringify(results)],
    );
  }

  /** Seven days after it ended nothing of a notice is kept. */
  async purge(): Promise<void> {
    await this.db.query(`delete from notices where ended_at < now() - make_interval(days => $1)`, [
      keptForDays,
    ]);
  }

  /** Of the campaign's coalitions those that have none of its others above them. */
  private async rootAddresses(campaignId: string): Promise<string[]> {
    const rows = await this.db.query<{ replyTo: string }[]>(
      `with recursive members as (
         select c.id, c.parent_id, c.reply_to from campaign_coalitions m join coalitions c on c.id = m.coalition_id
         where m.campaign_id = $1
       ), above as (
         select id as member, parent_id as id from members
         union select above.member, c.parent_id from above join coalitions c on c.id = above.id
       )
       select distinct reply_to as "replyTo" from members m
       where not exists (select from above a join members o on o.id = a.id where a.member = m.id)`,
      [campaignId],
    );
    return rows.map(({ replyTo }) => replyTo);
  }
}

type Sealed = { contact: string; body: string };

const contactOf = (channel: Channel) => (channel === 'email' ? 'email' : 'phone');

/** What `campaigns.notify` holds, of the addresses that an organizer typed. */
export const sealNotify = (keys: Keyring, addresses: string[]): string[] =>
  addresses.map((address) => keys.seal('email', address));

export const openNotify = (keys: Keyring, sealed: string[]): string[] =>
  sealed.map((address) => keys.open('email', address));
