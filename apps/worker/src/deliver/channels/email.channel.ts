import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Answer } from '#domain';
import { readSmtpReply } from '#domain';
import type { ComposedEmail } from '#messages';
import type { ClaimedReminder } from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../../settings.js';
import { Dkim } from './dkim.js';
import { type LineError, SmtpLines } from './smtp-lines.js';

const timeOut = 30_000;

/** Email over lines that stay open, signed when there is a key for it. */
@Injectable()
export class EmailChannel implements OnModuleInit, OnApplicationShutdown {
  /** Outlasts connection, greeting and socket time-outs by 30 seconds. */
  readonly leaseSeconds = (3 * timeOut) / 1_000 + 30;
  private readonly lines: SmtpLines;
  private readonly dkim: Dkim | undefined;
  private readonly log = new Logger(EmailChannel.name);

  constructor(@Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings) {
    const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: privateKey } = settings;
    if (domain && selector && privateKey) this.dkim = new Dkim({ domain, selector, privateKey });
    this.lines = new SmtpLines(settings.SMTP_URL, settings.WORKER_CONCURRENCY, timeOut);
  }

  /** Does not wait for a name server: what it says is a warning, never a reason not to send. */
  async onModuleInit(): Promise<void> {
    await this.dkim?.test();
    void this.dkim
      ?.doubts(this.settings.MAIL_FROM)
      .then((doubts) => doubts.forEach((doubt) => this.log.warn(doubt)));
  }

  /**
   * How many hand-overs could begin at once, at most `wanted`.
   * @returns the answer that a hand-over would have had, when none can
   */
  async room(wanted: number): Promise<number | Answer> {
    try {
      return await this.lines.ready(wanted);
    } catch (error) {
      const { code, responseCode } = error as LineError;
      this.log.warn(
        `No connection to the mail server (${code ?? ''} ${responseCode ?? ''}): check SMTP_URL and the server's certificate. Nothing is lost; it is tried again`,
      );
      return answerTo(error as LineError);
    }
  }

  handOver(_: ClaimedReminder, mail: ComposedEmail): Promise<Answer & { providerId?: string }> {
    return this.send(mail);
  }

  async send({ envelope, raw, messageId }: ComposedEmail): Promise<Answer & { providerId?: string }> {
    try {
      await this.lines.send(envelope, (await this.dkim?.sign(raw)) ?? raw);
      return { outcome: 'sent', providerId: messageId };
    } catch (error) {
      return { ...answerTo(error as LineError), providerId: messageId };
    }
  }

  onApplicationShutdown(): void {
    this.lines.close();
  }
}

function answerTo({ responseCode, response, command, code, bodySent = false }: LineError): Answer {
  return readSmtpReply({
    bodyConsumed: bodySent,
    ...(responseCode && { code: responseCode }),
    ...(response && { enhanced: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] }),
    ...(command && { command }),
    // Nodemailer calls a connection that ends after the body by the same name as one that was never made.
    ...(code && !(bodySent && code === 'ECONNECTION') && { network: code }),
  });
}
