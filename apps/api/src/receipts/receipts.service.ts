import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  isSpike,
  type MailEvent,
  parseEmail,
  readMailEvent,
  readTwilioReceipt,
  type ReminderName,
  type Spike,
  spikeHours,
  spikes,
  twilioLimits,
} from '#domain';
import { isLanguage, pageWords } from '#messages';
import { Campaigns, Consents, Keyring, Notices, type Receipt, Receipts, Reminders, Signups } from '#postgres';
import { ApiMetrics } from '../metrics/api-metrics.js';
import { Problem } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

type Text = { MessageSid: string; MessageStatus: string; ErrorCode?: string | undefined };
type Taken = { event: MailEvent; receipt: Receipt; meaning: ReturnType<typeof readMailEvent> };

const because = { complaint: 'complaints', filtered: 'filtered' } as const;

/** What providers say of a message later: the ledger moves forward, and an address that must not be used is not used again. */
@Injectable()
export class ReceiptsService {
  private readonly log = new Logger(ReceiptsService.name);

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly metrics: ApiMetrics,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  /**
   * Everything that a verified webhook says, in one transaction; the same call again changes nothing.
   * @param event the call's own id or token
   */
  async takeMail(provider: string, body: Buffer, events: MailEvent[], event?: string): Promise<void> {
    await this.db.transaction(async (db) => {
      const kept = await new Receipts(db, this.keys).keep(provider, body, event);
      if (kept === 'reused')
        throw new Problem(
          403,
          'replayed',
          'This signature was used before, for other words. Nothing was taken.',
        );
      if (kept === 'news') await this.takeEvents(db, events);
    });
    for (const { kind } of events) this.metrics.received(provider, kind);
  }

  /** A status callback of Twilio's. */
  async takeText(status: Text, reminder: ReminderName): Promise<void> {
    const { suppress, alert, ...read } = readTwilioReceipt(status.MessageStatus, status.ErrorCode);
    await this.db.transaction(async (db) => {
      const receipts = new Receipts(db, this.keys);
      if (read.reason === 'filtered') await receipts.holdCampaigns([reminder.campaignId]);
      const [ours] = await receipts.take([
        {
          provider: 'twilio',
          providerId: status.MessageSid,
          messageId: status.MessageSid,
          status: status.MessageStatus,
          code: status.ErrorCode,
          channel: 'sms',
          reminder,
          ...read,
        },
      ]);
      if (!ours?.news || !ours.phoneKey || !read.reason) return;
      const limit = twilioLimits[read.reason];
      const tooOften = limit && (await receipts.failsTooOften(ours.phoneKey, read.reason, limit));
      if (suppress ?? tooOften)
        await new Consents(db, this.keys).suppress(
          ours.phoneKey,
          'sms',
          suppress ?? 'bad_number',
          'provider',
        );
      if (read.reason === 'filtered') await this.pauseAtSpike(db, reminder.campaignId, 'filtered');
      if (read.reason === 'policy') await receipts.holdTexts();
      if (alert) await this.alert(db, reminder.campaignId, `texts.${read.reason}`, status.ErrorCode);
    });
    this.metrics.received('twilio', status.MessageStatus);
  }

  private async takeEvents(db: EntityManager, events: MailEvent[]): Promise<void> {
    const receipts = new Receipts(db, this.keys);
    const meant = events.map((event) => ({ event, meaning: readMailEvent(event) }));
    const named: Taken[] = meant.flatMap(({ event, meaning }) => {
      if (!event.reminder) return [];
      const { provider, providerId, kind, enhanced, code, messageId, reminder } = event;
      const { state, reason, soft } = meaning;
      const receipt: Receipt = {
        ...{ provider, providerId, messageId, reminder, state, reason, soft },
        status: kind,
        code: enhanced ?? code,
        channel: 'email',
      };
      return [{ event, receipt, meaning }];
    });
    await receipts.holdCampaigns(
      named
        .filter(({ event }) => event.kind === 'complained')
        .map(({ receipt }) => receipt.reminder.campaignId),
    );
    const ours = await receipts.take(named.map(({ receipt }) => receipt));
    const found = new Set(ours.map(({ place }) => named[place]!.event));
    for (const { place, news, supporterId, emailKey } of ours) {
      if (!news) continue;
      const { event, meaning } = named[place]!;
      const { campaignId } = event.reminder!;
      if (emailKey) await this.suppress(db, emailKey, meaning);
      if (event.kind === 'complained') {
        await this.stopMail(db, supporterId, emailKey);
        await this.pauseAtSpike(db, campaignId, 'complaint');
      }
      if (meaning.alert) await this.alert(db, campaignId, 'mail.policy', event.enhanced);
    }
    for (const { event, meaning } of meant)
      if (!found.has(event) && (meaning.suppress || meaning.soft))
        await this.takeOfAddress(db, event, meaning);
  }

  /** Of a message that is none of ours only the address counts: nobody's reminder moves, nobody's consent ends. */
  private async takeOfAddress(db: EntityManager, event: MailEvent, meaning: Taken['meaning']): Promise<void> {
    const address = parseEmail(event.recipient ?? '');
    if ('problem' in address) return;
    const receipts = new Receipts(db, this.keys);
    const key = await receipts.keyOfAddress(address.lookup);
    if (!key) return;
    const { provider, providerId, kind, enhanced, code } = event;
    const news = await receipts.takeOf(key, {
      ...{ provider, providerId, status: kind, code: enhanced ?? code, soft: meaning.soft },
    });
    if (news) await this.suppress(db, key, meaning);
  }

  private async suppress(
    db: EntityManager,
    emailKey: string,
    { suppress, soft }: Taken['meaning'],
  ): Promise<void> {
    const reason =
      suppress ??
      (soft && (await new Receipts(db, this.keys).bouncesTooOften(emailKey)) ? 'soft_bounces' : undefined);
    if (reason) await new Consents(db, this.keys).suppress(emailKey, 'email', reason, 'provider');
  }

  /** A complaint is an unsubscribe from everything, which no button lifts. */
  private async stopMail(db: EntityManager, supporterId: string, emailKey: string | null): Promise<void> {
    const theirs = await new Signups(db, this.keys).ofSupporter(supporterId);
    for (const { id } of theirs) await new Signups(db, this.keys).hold(id);
    if (emailKey)
      await new Consents(db, this.keys).stop(emailKey, 'email', 'complaint', theirs, {
        wording: 'complaint',
        source: 'provider',
      });
    await new Reminders(db).cancel(theirs, 'email', 'suppressed');
  }

  private async pauseAtSpike(db: EntityManager, campaignId: string, kind: Spike): Promise<void> {
    const receipts = new Receipts(db, this.keys);
    const figures = await receipts.spikeOf(campaignId, kind, {
      hours: spikeHours,
      share: spikes[kind].share,
    });
    if (!isSpike({ kind, ...figures }) || !(await receipts.pause(campaignId, because[kind], figures))) return;
    this.log.error(
      `Campaign ${campaignId} was paused: ${because[kind]}. Its page says why, and its button resumes`,
    );
    const campaign = (await new Campaigns(db).byId(campaignId))!;
    const language = Object.keys(campaign.texts).find(isLanguage) ?? 'en';
    const { title, text } = pageWords(language).paused[because[kind]];
    await new Notices(db, this.keys).tell(campaign, {
      kind: 'paused',
      subject: title,
      text: `${campaign.wordsIn(language).title}: ${text}\n\n${this.settings.PUBLIC_URL}/console/campaigns/${campaignId}`,
    });
  }

  /** A fault of ours, said once a day to organizers and to the log, without a person. */
  private async alert(
    db: EntityManager,
    campaignId: string,
    action: string,
    code: string | undefined,
  ): Promise<void> {
    if (await new Receipts(db, this.keys).note(campaignId, action, { code: code ?? null }))
      this.log.error(
        `Campaign ${campaignId}: ${action} (${code ?? 'no code'}): check the account and its settings`,
      );
  }
}
