import { Inject, Injectable } from '@nestjs/common';
import twilio from 'twilio';
import { type Answer, type FailReason, readTwilioAnswer, readTwilioReceipt, validityOf } from '#domain';
import type { ClaimedReminder } from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../../settings.js';

const timeOut = 15_000;

/** Our database's clock and the provider's may be so far apart. */
const skew = 60_000;

export type TextMessage = { to: string; body: string };
/** A text that the provider has taken; `failed` when it says already that it came to nothing. */
export type ListedText = { sid: string; failed?: FailReason | undefined };

/** Texts through Twilio's Messages API. No text lingers at the carrier past its reminder's expiry. */
@Injectable()
export class SmsChannel {
  /** Outlasts the request's time-out by 30 seconds. */
  readonly leaseSeconds = timeOut / 1_000 + 30;
  private readonly client: ReturnType<typeof twilio>;

  constructor(@Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings) {
    this.client = twilio(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, {
      timeout: timeOut,
      autoRetry: false,
    });
    this.client.api.baseUrl = settings.TWILIO_API_URL;
  }

  /** Requests need no connection that stands before. */
  room(wanted: number): Promise<number> {
    return Promise.resolve(wanted);
  }

  async handOver(reminder: ClaimedReminder, message: TextMessage): Promise<Answer & { providerId?: string }> {
    return this.send(message, {
      statusCallback: `${this.settings.PUBLIC_URL}/hooks/twilio/status?r=${reminder.campaignId}.${reminder.id}`,
      validityPeriod: validityOf(reminder) ?? 1,
    });
  }

  /** @param options `validityPeriod` in seconds; without a `statusCallback` nobody hears what becomes of it */
  async send(
    { to, body }: TextMessage,
    options: { validityPeriod: number; statusCallback?: string },
  ): Promise<Answer & { providerId?: string }> {
    try {
      const message = await this.client.messages.create({
        to,
        body,
        messagingServiceSid: this.settings.TWILIO_MESSAGING_SERVICE_SID,
        ...options,
      });
      // An answer that names no message, whatever its status, may be anybody's.
      return /^(SM|MM)[0-9a-f]{32}$/i.test(message.sid ?? '')
        ? { outcome: 'sent', providerId: message.sid }
        : { outcome: 'ambiguous' };
    } catch (error) {
      const { status, code } = error as { status?: number; code?: number | string };
      return readTwilioAnswer({
        ...(typeof status === 'number' && { status }),
        ...(typeof code === 'number' ? { code } : typeof code === 'string' && { network: code }),
      });
    }
  }

  /**
   * The texts with these words that the provider took for this phone, oldest first.
   * @throws Error when the provider cannot be asked
   */
  async listed({ to, body }: TextMessage, since: Date): Promise<ListedText[]> {
    const after = new Date(since.getTime() - skew);
    const texts = await this.client.messages.list({ to, dateSentAfter: after, limit: 1_000 });
    return texts
      .filter((text) => text.direction === 'outbound-api' && text.body === body && text.dateCreated >= after)
      .sort((one, other) => one.dateCreated.getTime() - other.dateCreated.getTime())
      .map(({ sid, status, errorCode }) => ({
        sid,
        failed: readTwilioReceipt(status, errorCode ? String(errorCode) : undefined).reason,
      }));
  }
}
