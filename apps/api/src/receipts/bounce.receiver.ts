import type { Readable } from 'node:stream';
import type { Socket } from 'node:net';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { isComplaint, type MailEvent, readDsn, type ReminderName } from '#domain';
import { Keyring, verpOf } from '#postgres';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { ReceiptsService } from './receipts.service.js';

const mostBytes = 1024 * 1024;
const socketTimeout = 30_000;
/** However slowly somebody talks. */
const longestVisit = 120_000;

/**
 * Takes bounces (RFC 3464) and complaints (RFC 5965) by SMTP, each at the return path of one reminder's mail, and nothing
 * else: it relays to nobody, and knows no other address.
 */
@Injectable()
export class BounceReceiver implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(BounceReceiver.name);
  private server: SMTPServer | undefined;

  constructor(
    private readonly keys: Keyring,
    private readonly receipts: ReceiptsService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { BOUNCE_SMTP_PORT: port, BOUNCE_DOMAIN: domain } = this.settings;
    if (!port || !domain) return;
    const server = new SMTPServer({
      name: domain,
      banner: 'bounces only',
      size: mostBytes,
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      maxClients: 50,
      socketTimeout,
      closeTimeout: 5_000,
      onRcptTo: ({ address }, { envelope }, answer) => {
        if (!verpOf(this.keys, address, domain))
          return answer(refusal(550, '5.1.1 Bounces of our own mail only'));
        if (envelope.rcptTo.length > 0) return answer(refusal(452, '4.5.3 One recipient at a time'));
        answer();
      },
      onData: (stream, { envelope }, answer) => {
        const reminder = verpOf(this.keys, envelope.rcptTo[0]!.address, domain)!;
        this.take(stream, reminder).then(
          () => answer(),
          (error: Error) => answer(error instanceof Refusal ? error : refusal(451, '4.3.0 Try again later')),
        );
      },
    });
    // A stranger's broken connection is no fault of ours.
    server.on('error', ({ code }: NodeJS.ErrnoException) =>
      this.log.warn(
        `An SMTP visit failed (${code}). A sender tries again; if it goes on, look at who forwards`,
      ),
    );
    server.server.on('connection', (socket: Socket) => {
      const end = setTimeout(() => socket.destroy(), longestVisit).unref();
      socket.once('close', () => clearTimeout(end));
    });
    await new Promise<void>((ready, failed) => {
      server.server.once('error', failed);
      server.listen(port, undefined, () => ready());
    });
    this.server = server;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await new Promise<void>((closed) => (this.server ? this.server.close(closed) : closed()));
  }

  private async take(stream: SMTPServerDataStream, reminder: ReminderName): Promise<void> {
    const raw = await bytesOf(stream);
    if (stream.sizeExceeded) throw refusal(552, '5.3.4 The report is too large');
    const said = await readReport(raw);
    // An answering machine, or words to people: there is nothing in it for us.
    if (!said) return;
    // The same words at two return paths are two reports.
    const [hash] = this.keys.fingerprints(
      `smtp|${reminder.campaignId}.${reminder.id}|${raw.toString('base64')}`,
    );
    const providerId = hash!.toString('base64url');
    await this.receipts.takeMail(
      'smtp',
      raw,
      [{ provider: 'smtp', providerId, reminder, ...said }],
      providerId,
    );
  }
}

class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}
const refusal = (code: number, message: string) => new Refusal(code, message);

/** The whole body is read, and no more of it kept than we take. */
async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= mostBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a report says; null when a message is none. */
async function readReport(raw: Buffer): Promise<Pick<MailEvent, 'kind' | 'enhanced' | 'code'> | null> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });
  const part = (type: string) =>
    mail.attachments.find(({ contentType }) => contentType === type)?.content.toString('utf8');
  const feedback = part('message/feedback-report');
  if (feedback !== undefined) return isComplaint(feedback) ? { kind: 'complained' } : null;
  return readDsn(part('message/delivery-status') ?? part('message/global-delivery-status') ?? '');
}
