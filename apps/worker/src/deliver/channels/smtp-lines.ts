import type { Readable, Writable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** An idle line is closed before most servers would. */
const idleFor = 20_000;

type Line = { connection: SMTPConnection; closes?: NodeJS.Timeout };

/** The server's answer to one message, or what went wrong before there was one. */
export type LineError = Error &
  Partial<Record<'response' | 'command' | 'code', string>> & {
    responseCode?: number;
    /** Whether the body was being sent: without an answer it may have been accepted. */
    bodySent?: boolean;
  };

/**
 * Open connections to the mail server. A line is counted as free only once it has been greeted and signed in, so that a
 * hand-over never begins by waiting for one.
 */
export class SmtpLines {
  private readonly free: Line[] = [];
  private readonly options: ConstructorParameters<typeof SMTPConnection>[0];
  private readonly auth: { user: string; pass: string } | undefined;
  private open = 0;
  private closed = false;

  /**
   * @param most lines at once
   * @param timeOut milliseconds for each of connecting, the greeting and an answer
   */
  constructor(
    url: string,
    private readonly most: number,
    timeOut: number,
  ) {
    const { auth, ...options } = parseConnectionUrl(url);
    if (auth?.user) this.auth = { user: auth.user, pass: auth.pass ?? '' };
    this.options = {
      ...(options as ConstructorParameters<typeof SMTPConnection>[0]),
      connectionTimeout: timeOut,
      greetingTimeout: timeOut,
      socketTimeout: timeOut,
      dnsTimeout: timeOut,
    };
  }

  /**
   * Opens lines until `wanted` are free or all are in use, and waits until one is free.
   * @returns how many are free, at most `wanted`
   * @throws LineError when none could be opened
   */
  async ready(wanted: number): Promise<number> {
    const missing = Math.min(wanted - this.free.length, this.most - this.open);
    const dials = Array.from({ length: Math.max(0, missing) }, () => this.dial());
    if (this.free.length === 0 && dials.length > 0) {
      await Promise.any(dials).catch(({ errors }: AggregateError) => {
        throw errors[0] as LineError;
      });
    }
    // The others go on; who cannot be opened is missed at the next look.
    void Promise.allSettled(dials);
    return Math.min(wanted, this.free.length);
  }

  /**
   * Hands a message over on a free line; with none free, opens one.
   * @param raw with CRLF line ends
   * @throws LineError
   */
  async send(envelope: { from: string; to: string }, raw: Buffer): Promise<void> {
    if (this.free.length === 0) await this.dial();
    const line = this.free.pop()!;
    clearTimeout(line.closes);
    const body = new Body(raw);
    try {
      await new Promise<void>((resolve, reject) => {
        line.connection.send({ ...envelope }, body as unknown as Readable, (error) =>
          error ? reject(error) : resolve(),
        );
      });
      this.release(line);
    } catch (error) {
      const refused = Object.assign(error as Error, { bodySent: body.begun }) as LineError;
      const { responseCode } = refused;
      if (responseCode && responseCode !== 421 && !line.connection.destroyed) await this.reset(line);
      else line.connection.close();
      throw refused;
    }
  }

  close(): void {
    this.closed = true;
    for (const { connection, closes } of this.free.splice(0)) {
      clearTimeout(closes);
      connection.quit();
    }
  }

  private async dial(): Promise<void> {
    this.open++;
    const connection = new SMTPConnection(this.options);
    const line: Line = { connection };
    connection.once('end', () => this.drop(line));
    await new Promise<void>((resolve, reject) => {
      // Stays: an idle line that the server ends tells it here too.
      connection.on('error', reject);
      connection.once('end', () =>
        reject(Object.assign(new Error('The line ended'), { code: 'ECONNECTION' })),
      );
      connection.connect(() => {
        if (!this.auth || !connection.allowsAuth) return resolve();
        connection.login(this.auth, (error) => (error ? reject(error) : resolve()));
      });
    }).catch((error: unknown) => {
      connection.close();
      throw error;
    });
    this.release(line);
  }

  /** After a refusal the session is as new. */
  private reset(line: Line): Promise<void> {
    return new Promise((resolve) => {
      line.connection.once('end', () => resolve());
      line.connection.reset((error) => {
        if (error) line.connection.close();
        else this.release(line);
        resolve();
      });
    });
  }

  private release(line: Line): void {
    if (this.closed) {
      line.connection.quit();
      return;
    }
    if (line.connection.destroyed) return;
    line.closes = setTimeout(() => {
      this.free.splice(this.free.indexOf(line), 1);
      line.connection.quit();
    }, idleFor);
    line.closes.unref();
    this.free.push(line);
  }

  private drop(line: Line): void {
    this.open--;
    clearTimeout(line.closes);
    const at = this.free.indexOf(line);
    if (at >= 0) this.free.splice(at, 1);
  }
}

/** As much of a stream as nodemailer asks of one: it is piped when the server is ready for it, and so known to have been begun. */
class Body {
  begun = false;

  constructor(private readonly raw: Buffer) {}

  pipe(to: Writable): Writable {
    this.begun = true;
    return to.end(this.raw);
  }
}
