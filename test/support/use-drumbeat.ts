import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { readSettings, Settings } from '#boot';
import { Accounts, CampaignClock, type Figures, Keyring, Tallies, type Tally } from '#postgres';
import { post } from '../../apps/sandbox/src/phones/webhook.js';
import { type Sandbox, startSandbox } from '../../apps/sandbox/src/sandbox.js';
import { secretsIn } from '../../apps/sandbox/src/secrets.js';
import { setNow } from './clock.js';
import { freePort } from './free-port.js';
import { startRedis, type TestRedis } from './redis.js';
import { useDatabase } from './use-database.js';

/** What a page or the API answered. */
export type Answer<Json = unknown> = { status: number; text: string; json: Json; headers: Headers };

/** A message as the sandbox's mailbox and phones hold it; `at` is the campaign's clock. */
export type Message = {
  id: string;
  channel: 'email' | 'sms';
  to: string;
  at: string;
  subject?: string;
  text: string;
  headers?: Record<string, string>;
};

/** What somebody types on a signup page; the defaults are the docket's sample and the city of Portland. */
export type SignUp = {
  campaign?: string;
  coalition?: string;
  email?: string;
  phone?: string;
  name?: string;
  showName?: 'on';
  zip?: string;
  language?: 'en' | 'es';
};

export type Campaign = { id: string; slug: string; status: string };

type Link = 'yes' | 'done' | 'stop' | 'guide' | 'me';

/** Monday, 9:00 in Portland; the sample campaigns end on Thursday of the week after, 8:59:59 pm there. */
export const monday = new Date('2027-03-01T09:00-08:00');

/** Five working days from `monday`: on Tuesday, Wednesday and Thursday at noon, a follow-up on Saturday. */
export const workingWeek = {
  deadlineAt: '2027-03-05T17:00:00-08:00',
  deadlineZone: 'America/Los_Angeles',
  ladder: [
    { id: 'tuesday', daysBefore: 3, at: '12:00', channels: ['email', 'sms'] },
    { id: 'wednesday', daysBefore: 2, at: '12:00', channels: ['email', 'sms'] },
    { id: 'thursday', daysBefore: 1, at: '12:00', channels: ['email', 'sms'] },
    { id: 'after', daysAfter: 1, at: '12:00', channels: ['email'] },
  ],
};

/** When messages came, by the wall in Portland: `Mon 1 09:00`. */
export function walls(messages: { at: string }[]): string[] {
  const part = (at: string, options: Intl.DateTimeFormatOptions) =>
    new Date(at).toLocaleString('en-GB', { timeZone: 'America/Los_Angeles', ...options });
  return messages.map(({ at }) =>
    [
      part(at, { weekday: 'short' }),
      part(at, { day: 'numeric' }),
      part(at, { hour: '2-digit', minute: '2-digit' }),
    ].join(' '),
  );
}

/** Which backend the project that Jest is running is about. */
declare const wokenThrough: 'postgres' | 'redis';

/**
 * Everything in this process, on a database and a port of the file's own: api, worker, mailbox and phones, with the
 * sample campaigns launched at `monday`. Call it at the top of a file or a `describe`.
 * @param redis wakes the workers through a Redis of the file's own instead of Postgres; some journeys run both ways
 * @param host `localhost` where passkeys are used, which need a name
 * @param env more settings, or others
 */
export function useDrumbeat({
  redis = wokenThrough === 'redis',
  host = '127.0.0.1',
  env = {},
}: { redis?: boolean; host?: string; env?: Record<string, string> } = {}): Drumbeat {
  const drumbeat = new Drumbeat();
  // Hooks run in the order of these lines: what stands on the database stops before the database goes.
  afterAll(() => drumbeat.stop(), 60_000);
  const database = useDatabase();
  beforeAll(() => drumbeat.start(database, redis, host, env), 60_000);
  return drumbeat;
}

export class Drumbeat {
  db!: DataSource;
  redis: TestRedis | undefined;
  url = '';
  key = '';
  private sandbox: Sandbox | undefined;
  private folder = '';
  private launched = 0;
  private readonly lines: string[] = [];

  async start(
    database: { url: string; db: DataSource },
    redis: boolean,
    host: string,
    more: Record<string, string> = {},
  ): Promise<void> {
    this.db = database.db;
    this.folder = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-'));
    await setNow(this.db, monday);
    if (redis) this.redis = await startRedis();
    const port = await freePort();
    const env = {
      DATABASE_URL: database.url,
      DATA_DIR: this.folder,
      PORT: String(port),
      PUBLIC_URL: `http://${host}:${port}`,
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      REDIS_URL: this.redis?.url,
      ...more,
    };
    this.sandbox = await startSandbox(
      env,
      () => undefined,
      more['LOG_LEVEL'] ? { write: (line) => this.lines.push(line) } : undefined,
    );
    this.url = this.sandbox.url;
    this.key = this.sandbox.apiKey;
  }

  /** The running application and its mailbox, for a look behind the pages. */
  get parts(): Pick<Sandbox, 'api' | 'mailbox' | 'signInUrl'> {
    return this.sandbox!;
  }

  /** What was logged so far, a line of JSON each, when `env` has a LOG_LEVEL. */
  get log(): string {
    return this.lines.join('');
  }

  /** Opens what is sealed, derives links, as the application does. */
  get keys(): Keyring {
    const { ENCRYPTION_KEYS, LOOKUP_KEYS } = readSettings(
      Settings.pick({ ENCRYPTION_KEYS: true, LOOKUP_KEYS: true }),
      secretsIn(this.folder),
    );
    return new Keyring(ENCRYPTION_KEYS, LOOKUP_KEYS);
  }

  async stop(): Promise<void> {
    await this.sandbox?.stop();
    await this.redis?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Sets the clock back to Monday morning, for a test with a campaign of its own. */
  backToMonday(): Promise<void> {
    return setNow(this.db, monday);
  }

  /** Through the API, as an organizer would. @param more replaces parts of `workingWeek` or of the form */
  async launch(more: Record<string, unknown> = {}): Promise<Campaign> {
    const campaign = await this.draft(more);
    await this.turn(campaign, 'launch');
    return campaign;
  }

  async draft(more: Record<string, unknown> = {}): Promise<Campaign> {
    const slug = `week-${++this.launched}`;
    const form = {
      slug,
      kind: 'custom',
      title: `Write to the board ${this.launched}`,
      coalitionIds: await this.coalitionIds(),
      ...workingWeek,
      ...more,
    };
    return (await this.api<Campaign>('POST', '/api/v1/campaigns', form)).json;
  }

  turn({ id }: { id: string }, verb: 'launch' | 'pause' | 'resume' | 'close'): Promise<Answer<Campaign>> {
    return this.api('POST', `/api/v1/campaigns/${id}/${verb}`);
  }

  /** Every coalition of the samples, by its slug. */
  async coalitions(): Promise<Record<string, string>> {
    const rows = await this.db.query<{ slug: string; id: string }[]>(`select slug, id from coalitions`);
    return Object.fromEntries(rows.map(({ slug, id }) => [slug, id]));
  }

  private async coalitionIds(): Promise<string[]> {
    return Object.values(await this.coalitions());
  }

  /** As the API lists it. */
  async campaign(slug = 'soc-docket'): Promise<Campaign> {
    const { items } = (await this.api<{ items: Campaign[] }>('GET', '/api/v1/campaigns')).json;
    return items.find((campaign) => campaign.slug === slug)!;
  }

  /** Posts the signup page's form. A phone ticks the box for texts. */
  signUp({
    campaign = 'soc-docket',
    coalition = 'many-hands-portland',
    zip = '97201',
    language = 'en',
    ...typed
  }: SignUp): Promise<Answer> {
    const form = { zip, language, ...typed, ...(typed.phone && { smsConsent: 'yes' }) };
    return this.press(`${this.url}/c/${campaign}/${coalition}`, form);
  }

  /** Signs up and agrees to every channel that was given, as soon as it is asked. */
  async join(typed: SignUp): Promise<void> {
    const { email, phone } = typed;
    const had = phone ? (await this.textsTo(phone)).length : 0;
    await this.signUp(typed);
    if (email) await this.press(this.linkIn(await this.lastMail(email), 'yes'));
    if (phone) {
      await this.textsTo(phone, had + 1);
      await this.text(phone, 'YES');
    }
  }

  /** Mail to an address, oldest first. @param atLeast waits until so many have come */
  mailTo(address: string, atLeast = 0): Promise<Message[]> {
    return this.messagesTo(address, 'email', atLeast);
  }

  async lastMail(address: string, atLeast = 1): Promise<Message> {
    return (await this.mailTo(address, atLeast)).at(-1)!;
  }

  /** Texts to a phone (E.164), oldest first. @param atLeast waits until so many have come */
  textsTo(phone: string, atLeast = 0): Promise<Message[]> {
    return this.messagesTo(phone, 'sms', atLeast);
  }

  /** @throws Error when the message has no such link */
  linkIn({ subject, text }: Message, page: Link): string {
    const link = new RegExp(`${this.url}/${page}/[\\w-]{22}\\b`).exec(text)?.[0];
    if (!link) throw new Error(`"${subject ?? text}" has no link to /${page}.`);
    return link;
  }

  linksIn({ text, headers }: Message): string[] {
    const everything = `${text}\n${headers?.['List-Unsubscribe'] ?? ''}`;
    return [...new Set(everything.match(new RegExp(`${this.url}/\\w+/[\\w-]{22}\\b`, 'g')))];
  }

  /** A button: POSTs a form, and follows nothing. */
  press(url: string, fields: Record<string, string> = {}): Promise<Answer> {
    return this.ask(url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  visit(url: string, method: 'GET' | 'HEAD' = 'GET'): Promise<Answer> {
    return this.ask(url, { method });
  }

  /** With the sandbox's key, which is an administrator's. */
  api<Json = unknown>(method: string, route: string, body?: unknown): Promise<Answer<Json>> {
    return this.ask<Json>(this.url + route, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** A supporter texts us, through the phones and their signed webhook. */
  async text(from: string, body: string): Promise<void> {
    const answer = await this.api('POST', '/sandbox/texts', { from, body });
    if (answer.status !== 200) throw new Error(`The text was not taken: ${answer.text}`);
  }

  /** Twilio's own call, signed: an inbound text, or with `?r=` what became of one of ours. */
  twilio(hook: string, form: Record<string, string>): ReturnType<typeof post> {
    return post(`${this.url}/hooks/twilio/${hook}`, form, secretsIn(this.folder).TWILIO_AUTH_TOKEN);
  }

  /** Moves the clock; everything due until then has been handed over when it answers. */
  async clock(to: Date | string): Promise<string> {
    const moment = to instanceof Date ? to.toISOString() : to;
    const answer = await this.api<{ now: string }>('POST', '/sandbox/clock', { to: moment });
    if (answer.status !== 200) throw new Error(`The clock did not move: ${answer.text}`);
    return answer.json.now;
  }

  /** A second goes by, and with it everything that is due. */
  async settle(): Promise<void> {
    const now = await new CampaignClock(this.db.manager).now();
    await this.clock(new Date(now.getTime() + 1_000));
  }

  /** The cookie of an administrator who pressed the button of the sandbox's own address. */
  async signIn(): Promise<{ name: string; value: string; url: string }> {
    const { headers } = await this.press(this.sandbox!.signInUrl);
    return this.cookieIn(headers);
  }

  /** The cookie of a leader who accepted an invitation. */
  async signInAsLeader(coalitionId: string): Promise<{ name: string; value: string; url: string }> {
    const address = `leader-${++this.launched}@staff.example`;
    const { token } = await new Accounts(this.db.manager, this.keys).invite(
      { email: { address, lookup: address }, role: 'leader', coalitionId, language: 'en' },
      'command:test',
    );
    const { headers } = await fetch(`${this.url}/api/v1/invitation/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ name: 'Lee', language: 'en' }),
    });
    return this.cookieIn(headers);
  }

  /** Mails an invitation, as an administrator would. @returns its link */
  async invite(email: string, role: 'organizer' | 'leader', coalitionId?: string): Promise<string> {
    await this.api('POST', '/api/v1/invitations', { email, role, coalitionId });
    return /http\S+\/console\/\S+/.exec((await this.lastMail(email)).text)![0];
  }

  private cookieIn(headers: Headers): { name: string; value: string; url: string } {
    const [name, value] = headers.get('set-cookie')!.split(';')[0]!.split('=');
    return { name: name!, value: value!, url: this.url };
  }

  /** The campaign's figures in total, straight from the rows. */
  async figures({ id }: { id: string }): Promise<Figures> {
    return (await new Tallies(this.db.manager).of(id)).total;
  }

  /** All figures as the API gives them; they may be two seconds old. */
  async tally(campaign: { id: string }): Promise<Tally> {
    return (await this.api<Tally>('GET', `/api/v1/campaigns/${campaign.id}/tally`)).json;
  }

  /** Waits until the API's figures are these; the figures that it saw last otherwise. */
  async tallyBecomes(campaign: { id: string }, total: Partial<Figures>): Promise<Tally> {
    return until(
      () => this.tally(campaign),
      (tally) => Object.entries(total).every(([name, n]) => tally.total[name as keyof Figures] === n),
      6_000,
    );
  }

  /** The leader's page of a coalition, as organizers are given its link. */
  async leaderPage({ id }: { id: string }, coalition: string): Promise<string> {
    const coalitionId = (await this.coalitions())[coalition];
    const link = `/api/v1/campaigns/${id}/coalitions/${coalitionId}/leader-link`;
    return (await this.api<{ url: string }>('GET', link)).json.url;
  }

  /** How reminders of a campaign ended: `kind key channel: state (reason)`, sorted. */
  async ledgerOf(campaign: { id: string }, kinds = ['rung', 'follow_up', 'last_call']): Promise<string[]> {
    const rows = await this.db.query<{ line: string }[]>(
      `select split_part(key, '#', 1) || ' ' || channel || ': ' || state || coalesce(' (' || reason || ')', '') as line
       from reminders where campaign_id = $1 and kind = any($2) order by due_at, channel, id`,
      [campaign.id, kinds],
    );
    return rows.map(({ line }) => line);
  }

  private async messagesTo(to: string, channel: 'email' | 'sms', atLeast: number): Promise<Message[]> {
    const found = await until(
      async () => {
        const { items } = (await this.api<{ items: Message[] }>('GET', '/sandbox/messages')).json;
        return items.filter((message) => message.channel === channel && message.to === to);
      },
      ({ length }) => length >= atLeast,
    );
    if (found.length < atLeast)
      throw new Error(`${to} got ${found.length} by ${channel}, not ${atLeast}: ${JSON.stringify(found)}`);
    return found;
  }

  private async ask<Json>(url: string, init: RequestInit): Promise<Answer<Json>> {
    const answer = await fetch(url, { redirect: 'manual', ...init });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      text,
      json: (isJson ? JSON.parse(text) : undefined) as Json,
      headers: answer.headers,
    };
  }
}

/** Looks again and again until it is so, or the patience is over; answers what was seen last. */
export async function until<Seen>(
  look: () => Promise<Seen>,
  isSo: (seen: Seen) => boolean,
  patience = 10_000,
  rest = 50,
): Promise<Seen> {
  for (const end = performance.now() + patience; ; await wait(rest)) {
    const seen = await look();
    if (isSo(seen) || performance.now() > end) return seen;
  }
}
