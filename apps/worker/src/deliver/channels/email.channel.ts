import { Readable } from 'node:stream';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import type { Answer } from '#domain';
import { readSmtpReply } from '#domain';
import type { ComposedEmail } from '#messages';
import type { ClaimedReminder } from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../../settings.js';
import { Dkim } from './dkim.js';

const timeOut = 30_000;

/** Email over pooled SMTP connections, signed when there is a key for it. */
@Injectable()
export class EmailChannel implements OnModuleInit, OnApplicationShutdown {
  /** Outlasts connection, greeting and socket time-outs by 30 seconds. */
  readonly leaseSeconds = (3 * timeOut) / 1_000 + 30;
  private readonly transport: Transporter<SMTPPool.SentMessageInfo, SMTPPool.Options>;

  private readonly dkim: Dkim | undefined;
  private readonly log = new Logger(EmailChannel.name);

  constructor(@Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings) {
    const { SMTP_URL, WORKER_CONCURRENCY } = settings;
    const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: privateKey } = settings;
    if (domain && selector && privateKey) this.dkim = new Dkim({ domain, selector, privateKey });
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

  /** Does not wait for a name server: what it says is a warning, never a reason not to send. */
  async onModuleInit(): Promise<void> {
    await this.dkim?.test();
    void this.dkim
      ?.doubts(this.settings.MAIL_FROM)
      .then((doubts) => doubts.forEach((doubt) => this.log.warn(doubt)));
  }

  handOver(_: ClaimedReminder, mail: ComposedEmail): Promise<Answer & { providerId?: string }> {
    return this.send(mail);
  }

  async send({ envelope, raw, messageId }: ComposedEmail): Promise<Answer & { providerId?: string }> {
    let bodyConsumed = false;
    try {
      // Before anything is sent: a transport that signs reads the body while nothing has left yet.
      const signed = (await this.dkim?.sign(raw)) ?? raw;
      const body = Readable.from(
        (function* () {
          bodyConsumed = true;
          yield signed;
        })(),
      );
      await this.transport.sendMail({ envelope, raw: body });
      return { outcome: 'sent', providerId: messageId };
    } catch (error) {
      const { network, ...reply } = replyOf(error);
      // Nodemailer calls a connection that ends after the body by the same name as one that was never made.
      const never = network && !(bodyConsumed && network === 'ECONNECTION') ? { network } : {};
      return { ...readSmtpReply({ ...reply, ...never, bodyConsumed }), providerId: messageId };
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
