import { Inject, Injectable } from '@nestjs/common';
import twilio from 'twilio';
import { type Answer, readTwilioAnswer, validityOf } from '#domain';
import type { ClaimedReminder } from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../../settings.js';

const timeOut = 15_000;

export type TextMessage = { to: string; body: string };

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
      return { outcome: 'sent', providerId: message.sid };
    } catch (error) {
      const { status, code } = error as { status?: number; code?: number | string };
      return readTwilioAnswer({
        ...(typeof status === 'number' && { status }),
        ...(typeof code === 'number' ? { code } : typeof code === 'string' && { network: code }),
      });
    }
  }
}
