import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { retryDelay } from '#domain';
import { composeEmail } from '#messages';
import { type ClaimedNotice, Keyring, Notices, type SettledNotice } from '#postgres';
import { EmailChannel } from '../deliver/channels/email.channel.js';
import { SmsChannel } from '../deliver/channels/sms.channel.js';
import { Recurring } from '../recurring.js';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';

const atOnce = 5;
/** A text to staff that the carrier cannot deliver within this time has missed its moment. */
const validityPeriod = 3_600;

/** Sends notices to staff. Mail is tried for an hour, at least once, under one Message-ID; a text at most once. */
@Injectable()
export class NotifyService extends Recurring {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly email: EmailChannel,
    private readonly sms: SmsChannel,
    @Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings,
  ) {
    super(2_000, 'Notices wait and will be tried again');
  }

  protected async work(): Promise<void> {
    const notices = new Notices(this.db.manager, this.keys);
    const leaseSeconds = Math.max(this.email.leaseSeconds, this.sms.leaseSeconds);
    while (!this.stopped) {
      const claimed = await notices.claim(atOnce, leaseSeconds);
      if (claimed.length === 0) return;
      await notices.settle(await Promise.all(claimed.map((notice) => this.send(notice))));
    }
  }

  private async send(notice: ClaimedNotice): Promise<SettledNotice> {
    const { id, fence, channel, tries } = notice;
    const { outcome, reason, alert, retryAfterSeconds } =
      channel === 'email'
        ? await this.mail(notice)
        : await this.sms.send({ to: notice.to, body: notice.text }, { validityPeriod });
    if (alert)
      this.log.error(
        `The ${channel} provider refuses a notice (${reason ?? outcome}): check the account and its settings`,
      );
    if (outcome === 'sent' || outcome === 'failed') return { id, fence, outcome, reason };
    if (channel === 'sms' && outcome === 'ambiguous')
      return { id, fence, outcome: 'failed', reason: 'unknown' };
    const retrySeconds = Math.max(retryAfterSeconds ?? 0, retryDelay(tries, Math.random()));
    return { id, fence, outcome: 'later', retrySeconds };
  }

  private async mail({
    id,
    to,
    subject,
    text,
    html,
    createdAt,
  }: ClaimedNotice): ReturnType<EmailChannel['send']> {
    const { MAIL_FROM } = this.settings;
    const envelope = {
      from: { name: 'Drumbeat', address: MAIL_FROM },
      replyTo: MAIL_FROM,
      to,
      messageId: `<notice-${id}@${MAIL_FROM.split('@')[1]}>`,
      listUnsubscribe: false,
      listUnsubscribeUrl: '',
      language: 'en',
      date: createdAt,
    } as const;
    let letter;
    try {
      letter = composeEmail({ subject: subject ?? '', text, html: html ?? '' }, envelope);
    } catch {
      return { outcome: 'failed', reason: 'unrenderable' };
    }
    return this.email.send(letter);
  }
}
