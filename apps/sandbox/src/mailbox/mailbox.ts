import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Journal } from '../journal.js';
import { readLetter, readSubject, type Letter } from './letter.js';

/** A message that was accepted. */
export interface KeptMail {
  id: string;
  /** the campaign's clock when it came */
  at: Date;
  /** the real clock when it came */
  arrivedAt: Date;
  envelope: Envelope;
  raw: Buffer;
}

export interface Envelope {
  from: string;
  /** one address or more, as in RCPT TO */
  to: string[];
  bytes: number;
}

/** One line of the log of arrivals: everything whose body was received, whatever it was answered. */
export interface Arrival {
  /** ISO, real clock */
  arrivedAt: string;
  from: string;
  to: string[];
  bytes: number;
  /** undefined when the message has none */
  messageId: string | undefined;
  /** the SMTP code, or `dropped`: the connection was cut before any */
  answer: number | 'dropped';
}

/**
 * How to treat a message whose body has come in. undefined accepts it; a code (4xx, 5xx) refuses it; `drop_before_250`
 * cuts the connection without keeping it; a number accepts it after so many milliseconds.
 */
export type Misbehave = (envelope: Envelope) => Misbehaviour | Promise<Misbehaviour>;
export type Misbehaviour = undefined | number | 'drop_before_250' | { code: number; message: string };

export interface MailboxOptions {
  /** the campaign's clock; the real one when left out */
  now?: () => Date | Promise<Date>;
  misbehave?: Misbehave;
  /** how many messages are kept, newest first; 5,000 when left out */
  keep?: number;
}

interface Line {
  id: string;
  at: string;
  arrivedAt: string;
  envelope: Envelope;
  raw: string;
}

/** The sandbox's SMTP server, on 127.0.0.1 only: it takes every message and hands none on. */
export class Mailbox {
  /** For tests: changes how the next messages are treated. */
  misbehave: Misbehave | undefined;

  private readonly now: () => Date | Promise<Date>;
  private readonly keep: number;
  private kept = new Map<string, KeptMail>();
  private letters = new Map<string, Promise<Letter>>();
  private subjects = new Map<string, Promise<string>>();
  private arrivals: Arrival[] = [];
  private listeners = new Set<(mail: KeptMail) => void>();
  private journal: Journal<Line> | undefined;
  private log: Journal<Arrival> | undefined;
  private server: SMTPServer | undefined;

  constructor(options: MailboxOptions = {}) {
    this.now = options.now ?? (() => new Date());
    this.misbehave = options.misbehave;
    this.keep = options.keep ?? 5_000;
  }

  /**
   * Reads what an earlier run kept in `dir` and listens.
   * @returns the URL for SMTP_URL: `smtp://127.0.0.1:PORT`
   * @throws Error when the port is taken or the folder cannot be written
   */
  async start({ port = 0, dir }: { port?: number; dir: string }): Promise<string> {
    this.journal = new Journal<Line>(dir, 'mail');
    this.log = new Journal<Arrival>(dir, 'arrivals', 10_000);
    for (const line of this.journal.open()) this.remember(fromLine(line));
    this.arrivals = this.log.open();

    const server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      size: 25_000_000,
      closeTimeout: 1_000,
      onData: (stream, session, done) => {
        this.take(stream, session).then((refusal) => done(refusal), done);
      },
    });
    server.on('error', () => undefined); // a client's broken connection is the client's to report
    const listening = server.server;
    listening.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    this.server = server;
    return `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
    this.journal?.close();
    this.log?.close();
  }

  /** What is kept, oldest first. */
  list(): KeptMail[] {
    return [...this.kept.values()];
  }

  find(id: string): KeptMail | undefined {
    return this.kept.get(id);
  }

  /** The message as its reader sees it; parsed once. undefined when nothing of that id is kept. */
  read(id: string): Promise<Letter | undefined> {
    return parsed(this.kept, this.letters, id, readLetter);
  }

  /** Its subject; cheaper than `read`. */
  subject(id: string): Promise<string | undefined> {
    return parsed(this.kept, this.subjects, id, readSubject);
  }

  /** Everything whose body was received, refused and dropped ones too, oldest first. */
  arrived(): readonly Arrival[] {
    return this.arrivals;
  }

  /** Calls back for each message kept from now on. @returns a function that ends that */
  onArrival(listener: (mail: KeptMail) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) return refusal(552, 'The message is larger than 25 MB.');
    const raw = Buffer.concat(chunks);
    const { mailFrom, rcptTo } = session.envelope;
    const envelope = {
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map(({ address }) => address),
      bytes: raw.length,
    };

    const asked = await this.misbehave?.(envelope);
    if (asked === 'drop_before_250') {
      this.note(envelope, raw, 'dropped');
      this.cut(session);
      return undefined;
    }
    if (typeof asked === 'object') {
      this.note(envelope, raw, asked.code);
      return refusal(asked.code, asked.message);
    }
    if (asked) await new Promise((resolve) => setTimeout(resolve, asked));

    const mail: KeptMail = { id: randomUUID(), at: await this.now(), arrivedAt: new Date(), envelope, raw };
    this.journal?.append(toLine(mail));
    this.remember(mail);
    this.note(envelope, raw, 250);
    for (const listener of this.listeners) listener(mail);
    return undefined;
  }

  private remember(mail: KeptMail): void {
    this.kept.set(mail.id, mail);
    for (const id of this.kept.keys()) {
      if (this.kept.size <= this.keep) break;
      for (const map of [this.kept, this.letters, this.subjects]) map.delete(id);
    }
  }

  private note(envelope: Envelope, raw: Buffer, answer: Arrival['answer']): void {
    const head = raw.toString('latin1', 0, 16_384);
    const messageId = /^message-id:\s*(<[^>]*>)/im.exec(head)?.[1];
    const arrival = { arrivedAt: new Date().toISOString(), ...envelope, messageId, answer };
    this.log?.append(arrival);
    this.arrivals.push(arrival);
    if (this.arrivals.length > 100_000) this.arrivals.splice(0, 10_000);
  }

  /** smtp-server shows a session, not its socket; the connection that holds it does. */
  private cut(session: SMTPServerSession): void {
    const connections = this.server?.connections as unknown as Set<{
      session: SMTPServerSession;
      _socket: { destroy(): void };
    }>;
    for (const connection of connections)
      if (connection.session.id === session.id) connection._socket.destroy();
  }
}

async function parsed<T>(
  kept: Map<string, KeptMail>,
  done: Map<string, Promise<T>>,
  id: string,
  parse: (raw: Buffer) => Promise<T>,
): Promise<T | undefined> {
  const mail = kept.get(id);
  if (!mail) return undefined;
  const known = done.get(id);
  if (known) return known;
  const fresh = parse(mail.raw);
  done.set(id, fresh);
  return fresh;
}

function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

function toLine({ id, at, arrivedAt, envelope, raw }: KeptMail): Line {
  return {
    id,
    at: at.toISOString(),
    arrivedAt: arrivedAt.toISOString(),
    envelope,
    raw: raw.toString('base64'),
  };
}

function fromLine({ id, at, arrivedAt, envelope, raw }: Line): KeptMail {
  return { id, at: new Date(at), arrivedAt: new Date(arrivedAt), envelope, raw: Buffer.from(raw, 'base64') };
}
