import type { Server } from 'node:http';
import { Journal } from '../journal.js';
import type { NewMessage } from './new-message.js';
import { isNumber, TwilioError } from './new-message.js';
import { newSid, type Status, type TextMessage } from './text-message.js';
import { listen, twilioApi, type Treatment } from './twilio-api.js';
import { messagesIn, post, type Answer } from './webhook.js';

export type Misbehave = (message: NewMessage) => Treatment | Promise<Treatment>;

export interface PhonesOptions {
  misbehave?: Misbehave;
  /** milliseconds from accepted to sent, and from sent to delivered; 100 when left out */
  pace?: number;
  /** how many texts are kept, newest first; 5,000 when left out */
  keep?: number;
  /**
   * As Twilio's Advanced Opt-Out: STOP, START and HELP arrive with `OptOutType`, and a number that said STOP gets no more
   * (21610). Off when left out.
   */
  optOut?: boolean;
}

export interface PhonesStart {
  /** 0 or undefined: a free one */
  port?: number;
  /** where texts are kept over restarts */
  dir: string;
  accountSid: string;
  authToken: string;
  /** the number that texts come from when a messaging service sends them */
  number?: string;
  /** where inbound texts go; `deliverTo` may say so later */
  inboundUrl?: string;
  /** the campaign's clock; the real one when left out */
  now?: () => Date | Promise<Date>;
}

/** One line of the phones' own log: a text accepted or refused, a status, a webhook call. */
export interface PhoneEvent {
  /** ISO, real clock */
  loggedAt: string;
  what: 'accepted' | 'refused' | 'status' | 'callback' | 'inbound';
  sid?: string;
  to?: string;
  status?: string | number;
  code?: number;
}

const optOutWords: Record<string, string[]> = {
  STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  START: ['START', 'UNSTOP', 'YES'],
  HELP: ['HELP', 'INFO'],
};

/** The supporters' phones and the Twilio between: its Messages API and its webhooks over real HTTP, on 127.0.0.1 only. */
export class Phones {
  /** For tests: changes how the next messages are treated. */
  misbehave: Misbehave | undefined;

  private readonly pace: number;
  private readonly keep: number;
  private readonly optOut: boolean;
  private settings: PhonesStart | undefined;
  private kept = new Map<string, TextMessage>();
  private optedOut = new Set<string>();
  private events: PhoneEvent[] = [];
  private journal: Journal<TextMessage> | undefined;
  private log: Journal<PhoneEvent> | undefined;
  private server: Server | undefined;
  private underWay = new Set<Promise<unknown>>();
  private timers = new Set<() => void>();

  constructor(options: PhonesOptions = {}) {
    this.misbehave = options.misbehave;
    this.pace = options.pace ?? 100;
    this.keep = options.keep ?? 5_000;
    this.optOut = options.optOut ?? false;
  }

  /**
   * Reads what an earlier run kept in `dir`, listens, and goes on with texts that weren't delivered yet.
   * @returns the URL for TWILIO_API_URL: `http://127.0.0.1:PORT`
   * @throws Error when the port is taken or the folder cannot be written
   */
  async start(settings: PhonesStart): Promise<string> {
    this.settings = settings;
    this.journal = new Journal<TextMessage>(settings.dir, 'texts', 5_000);
    this.log = new Journal<PhoneEvent>(settings.dir, 'phones', 10_000);
    for (const text of this.journal.open()) this.remember(text);
    this.events = this.log.open();
    this.server = twilioApi({
      accountSid: settings.accountSid,
      authToken: settings.authToken,
      list: () => this.list(),
      find: (sid) => this.find(sid),
      treat: (message) => this.treat(message),
      accept: (message, treatment) => this.accept(message, treatment),
      redact: (sid) => this.update(sid, { body: '' }),
    });
    const port = await listen(this.server, settings.port ?? 0);
    for (const { sid, status } of this.list())
      if (/accepted|queued|sent/.test(status)) this.track(this.carry(sid));
    return `http://127.0.0.1:${port}`;
  }

  /** Stops listening and carrying; a text on its way goes on at the next start. */
  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    for (const wake of this.timers) wake();
    if (server) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
    await Promise.allSettled(this.underWay);
    this.journal?.close();
    this.log?.close();
  }

  /** Says where inbound texts go from now on. */
  deliverTo(inboundUrl: string): void {
    if (this.settings) this.settings = { ...this.settings, inboundUrl };
  }

  /** What is kept, in and out, oldest first. */
  list(): TextMessage[] {
    return [...this.kept.values()];
  }

  find(sid: string): TextMessage | undefined {
    return this.kept.get(sid);
  }

  /** The log of what happened, oldest first. */
  happened(): readonly PhoneEvent[] {
    return this.events;
  }

  /**
   * A supporter texts us: goes to the inbound webhook, signed; a TwiML answer's messages come back to the phone.
   * @param from E.164
   * @param to our number; the one that last texted this phone when left out
   * @returns the text's sid and what the webhook answered (status 0: it could not be reached)
   * @throws Error when the phones aren't started, nobody said where inbound texts go, or a part is not as it should be
   */
  async text(from: string, body: string, to?: string): Promise<{ sid: string; answer: Answer }> {
    const { accountSid, authToken, inboundUrl } = this.started();
    if (!inboundUrl)
      throw new Error('The phones have nowhere to deliver a text: start them with inboundUrl.');
    if (!isNumber(from)) throw new Error(`"${from}" is not a phone number: write it like +15551234567.`);
    if (!body || body.length > 1600)
      throw new Error(`A text has 1 to 1600 characters; this has ${body.length}.`);
    const last = this.list().findLast((text) => text.to === from && text.from !== null);
    const sender = to ?? last?.from ?? this.number();
    const text = await this.keepNew({
      direction: 'inbound',
      from,
      to: sender,
      body,
      status: 'received',
      messagingServiceSid: last?.messagingServiceSid ?? null,
      statusCallback: null,
    });
    const type = this.optOutType(body);
    if (type === 'STOP') this.optedOut.add(from);
    if (type === 'START') this.optedOut.delete(from);
    const answer = await post(
      inboundUrl,
      {
        ToCountry: 'US',
        SmsMessageSid: text.sid,
        NumMedia: '0',
        SmsSid: text.sid,
        SmsStatus: 'received',
        Body: body,
        FromCountry: 'US',
        To: sender,
        ...(text.messagingServiceSid ? { MessagingServiceSid: text.messagingServiceSid } : {}),
        NumSegments: '1',
        MessageSid: text.sid,
        AccountSid: accountSid,
        From: from,
        ApiVersion: '2010-04-01',
        ...(type ? { OptOutType: type } : {}),
      },
      authToken,
    );
    this.note({ what: 'inbound', sid: text.sid, to: sender, status: answer.status });
    if (answer.status === 200) {
      for (const reply of messagesIn(answer.body)) {
        const { sid } = await this.keepNew({
          direction: 'outbound-reply',
          from: sender,
          to: from,
          body: reply,
          status: 'queued',
          messagingServiceSid: text.messagingServiceSid,
          statusCallback: null,
        });
        this.track(this.carry(sid));
      }
    }
    return { sid: text.sid, answer };
  }

  /** Waits until every accepted text has come to its end and every callback was answered. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  private async treat(message: NewMessage): Promise<Treatment> {
    const treatment: Treatment = this.optedOut.has(message.to)
      ? { status: 400, code: 21610, message: 'Attempt to send to unsubscribed recipient' }
      : await this.misbehave?.(message);
    if (typeof treatment === 'object' && 'status' in treatment) {
      this.note({ what: 'refused', to: message.to, status: treatment.status, code: treatment.code });
    }
    return treatment;
  }

  private async accept(message: NewMessage, treatment: Treatment): Promise<TextMessage> {
    const { to, body, from, messagingServiceSid, statusCallback } = message;
    const status = messagingServiceSid ? 'accepted' : 'queued';
    const text = await this.keepNew({
      ...{ direction: 'outbound-api' as const, from, to, body, status },
      ...{ messagingServiceSid, statusCallback },
    });
    this.note({ what: 'accepted', sid: text.sid, to });
    const failure =
      typeof treatment === 'object' && 'undelivered' in treatment ? treatment.undelivered : undefined;
    this.track(this.carry(text.sid, failure));
    return text;
  }

  /** Takes a text from where it is to its end: queued, sent, delivered (or undelivered), a callback at each. */
  private async carry(sid: string, failure?: number): Promise<void> {
    const steps: Status[] = ['queued', 'sent', failure ? 'undelivered' : 'delivered'];
    const reached = steps.indexOf(this.find(sid)?.status ?? 'accepted');
    for (const status of steps.slice(Math.max(reached, 0))) {
      if (status === 'queued' || this.find(sid)?.status !== status) {
        if (status !== 'queued') await this.wait(this.pace);
        if (!this.server || !this.find(sid)) return;
        const text = this.update(sid, {
          status,
          from: this.find(sid)?.from ?? this.number(),
          ...(status === 'sent' ? { sentAt: new Date().toISOString() } : {}),
          ...(status === 'undelivered' ? { errorCode: failure ?? null } : {}),
        });
        this.note({ what: 'status', sid, status });
        await this.callBack(text);
      }
    }
  }

  private async callBack(text: TextMessage): Promise<void> {
    if (!text.statusCallback) return;
    const { accountSid, authToken } = this.started();
    const form = {
      ApiVersion: '2010-04-01',
      MessageStatus: text.status,
      SmsSid: text.sid,
      SmsStatus: text.status,
      To: text.to,
      From: text.from ?? '',
      MessageSid: text.sid,
      AccountSid: accountSid,
      ...(text.messagingServiceSid ? { MessagingServiceSid: text.messagingServiceSid } : {}),
      ...(text.errorCode ? { ErrorCode: String(text.errorCode) } : {}),
    };
    const { status } = await post(text.statusCallback, form, authToken);
    this.note({ what: 'callback', sid: text.sid, status });
  }

  private async keepNew(
    some: Omit<TextMessage, 'sid' | 'errorCode' | 'at' | 'createdAt' | 'sentAt' | 'updatedAt'>,
  ): Promise<TextMessage> {
    const at = (await (this.started().now?.() ?? new Date())).toISOString();
    const createdAt = new Date().toISOString();
    const text = {
      ...some,
      sid: newSid(),
      errorCode: null,
      at,
      createdAt,
      sentAt: null,
      updatedAt: createdAt,
    };
    this.journal?.append(text);
    this.remember(text);
    return text;
  }

  private update(sid: string, change: Partial<TextMessage>): TextMessage {
    const text = this.find(sid);
    if (!text) throw new TwilioError(404, 20404, `The message ${sid} was not found`);
    const changed = { ...text, ...change, updatedAt: new Date().toISOString() };
    this.journal?.append(changed);
    this.remember(changed);
    return changed;
  }

  private remember(text: TextMessage): void {
    this.kept.set(text.sid, text);
    for (const sid of this.kept.keys()) {
      if (this.kept.size <= this.keep) break;
      this.kept.delete(sid);
    }
  }

  private note(event: Omit<PhoneEvent, 'loggedAt'>): void {
    const logged = { loggedAt: new Date().toISOString(), ...event };
    this.log?.append(logged);
    this.events.push(logged);
    if (this.events.length > 100_000) this.events.splice(0, 10_000);
  }

  private track(work: Promise<unknown>): void {
    const done = work.finally(() => this.underWay.delete(done));
    this.underWay.add(done);
    done.catch(() => undefined);
  }

  private async wait(ms: number): Promise<void> {
    if (!this.server) return; // stopping
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.timers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.timers.add(wake);
    });
  }

  private optOutType(body: string): string | undefined {
    if (!this.optOut) return undefined;
    const word = body.trim().toUpperCase();
    return Object.keys(optOutWords).find((type) => optOutWords[type]?.includes(word));
  }

  private number(): string {
    return this.started().number ?? '+15005550006';
  }

  private started(): PhonesStart {
    if (!this.settings) throw new Error('The phones are not started: call start() first.');
    return this.settings;
  }
}
