import { Readable } from 'node:stream';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import type { Answer } from '#domain';
import { readSmtpReply } from '#domain';
import type { ComposedEmail } from '#messages';
import type { ClaimedReminder } from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../../settings.js';

const timeOut = 30_000;

/** Email over pooled SMTP connections. */
@Injectable()
export class EmailChannel implements OnApplicationShutdown {
  /** Outlasts connection, greeting and socket time-outs by 30 seconds. */
  readonly leaseSeconds = (3 * timeOut) / 1_000 + 30;
  private readonly transport: Transporter<SMTPPool.SentMessageInfo, SMTPPool.Options>;

  constructor(@Inject(WORKER_SETTINGS) { SMTP_URL, WORKER_CONCURRENCY }: WorkerSettings) {
    const options: SMTPPool.Options = {
      url: SMTP_URL,
      pool: true,
      maxConnections: WORKER_CONCURRENCY,
      maxMessages: Infinity,
      maxRequeues: 0,
      connectionTimeout: timeOut,
      greetingTimeout: timeOut,
      socketTimeout: timeOut,
      dnsTimeout: timeOut,
    };
    this.transport = createTransport(options);
  }

  async handOver(
    _: ClaimedReminder,
    { envelope, raw, messageId }: ComposedEmail,
  ): Promise<Answer & { providerId?: string }> {
    let bodyConsumed = false;
    const body = Readable.from(
      (function* () {
        bodyConsumed = true;
        yield raw;
      })(),
    );
    try {
      await this.transport.sendMail({ envelope, raw: body });
      return { outcome: 'sent', providerId: messageId };
    } catch (error) {
      return { ...readSmtpReply({ ...replyOf(error), bodyConsumed }), providerId: messageId };
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

function replyOf(error: unknown) {
  const { responseCode, response, command, code } = error as Partial<
    Record<'response' | 'command' | 'code', string>
  > & { responseCode?: number };
  return {
    ...(responseCode && { code: responseCode }),
    ...(response && { enhanced: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] }),
    ...(command && { command }),
    ...(code && { network: code }),
  };
}
