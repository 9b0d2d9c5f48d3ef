import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { readSettings, Settings } from '#boot';
import { Keyring, migrate } from '#postgres';
import { migrateQueues } from '#queues';
import { type Postgres, startPostgres } from '../../apps/sandbox/embedded-postgres.mjs';
import { freePort } from '../support/free-port.js';
import { type Carrier, type Sink, startCarrier, startSink } from '../support/outside/start.js';
import type { CarrierRules } from '../support/outside/carrier.js';
import type { SinkRules } from '../support/outside/sink.js';
import { type Judged, judge } from './check.js';
import { type Crowd, type CrowdOptions, seedCrowd } from './people.js';
import { type Process, start } from './processes.js';

export const account = {
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'the-account-token-of-the-faults',
};

export type WorldOptions = {
  /** Where the logs are kept. */
  folder: string;
  /** Of the server: `{ track_commit_timestamp: 'on' }`. */
  postgres?: Record<string, string | number>;
  /** A cluster that a power cut would not hurt either. */
  durable?: boolean;
  sink?: Partial<SinkRules>;
  carrier?: Partial<CarrierRules>;
  /** Of every process. */
  env?: Record<string, string>;
  /** Leave the database empty. */
  empty?: boolean;
};

/** Hand-overs that a worker may have in flight on a channel: its open connections. */
export const connections = 10;

/** A Postgres and two providers of the row's own, and processes of the product between them. */
export class World {
  readonly workers: Process[] = [];
  readonly crowds: Crowd[] = [];
  readonly env: Record<string, string>;
  private readonly others: Process[] = [];
  private started = 0;

  private constructor(
    readonly options: WorldOptions,
    readonly postgres: Postgres,
    readonly db: pg.Pool,
    readonly keys: Keyring,
    public sink: Sink,
    public carrier: Carrier,
    readonly publicPort: number,
    keySettings: Record<string, string>,
  ) {
    this.env = {
      ...keySettings,
      DATABASE_URL: postgres.url,
      SMTP_URL: sink.url,
      MAIL_FROM: 'reminders@drumbeat.example',
      PUBLIC_URL: `http://127.0.0.1:${publicPort}`,
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
      TWILIO_API_URL: carrier.url,
      WORKER_CONCURRENCY: String(connections),
      // Faults are to meet a wave in full flight.
      EMAIL_PER_SECOND: '100000',
      SMS_SEGMENTS_PER_SECOND: '100000',
      LOG_LEVEL: 'info',
      ...options.env,
    };
  }

  static async open(options: WorldOptions): Promise<World> {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-faults-'));
    await chmod(dataDir, 0o755);
    const postgres = await startPostgres({
      dataDir,
      durable: options.durable ?? false,
      settings: { max_connections: 600, ...options.postgres },
    });
    const db = new pg.Pool({ connectionString: postgres.url, max: 4 });
    db.on('error', () => undefined);
    if (!options.empty) {
      await migrate(postgres.url);
      await migrateQueues({ DATABASE_URL: postgres.url });
    }
    const keySettings = {
      ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      LOOKUP_KEYS: `l1:${randomBytes(32).toString('base64')}`,
    };
    const { ENCRYPTION_KEYS, LOOKUP_KEYS } = readSettings(
      Settings.pick({ ENCRYPTION_KEYS: true, LOOKUP_KEYS: true }),
      keySettings,
    );
    const [sink, carrier] = await Promise.all([
      startSink({ logFile: path.join(options.folder, 'letters.jsonl'), rules: options.sink ?? {} }),
      startCarrier({
        ...account,
        logFile: path.join(options.folder, 'texts.jsonl'),
        rules: options.carrier ?? {},
      }),
    ]);
    const keys = new Keyring(ENCRYPTION_KEYS, LOOKUP_KEYS);
    return new World(options, postgres, db, keys, sink, carrier, await freePort(), keySettings);
  }

  get people() {
    return this.crowds.flatMap(({ people }) => people);
  }

  async crowd(options: CrowdOptions): Promise<Crowd> {
    const crowd = await seedCrowd(this.db, this.keys, options);
    this.crowds.push(crowd);
    return crowd;
  }

  /** @param env more settings of this worker; `skewMs` puts its clock ahead, or behind */
  worker({ env = {}, skewMs }: { env?: Record<string, string>; skewMs?: number } = {}): Process {
    const name = `worker-${++this.started}`;
    const log = path.join(this.options.folder, `${name}.log`);
    const database = new URL(this.postgres.url);
    database.searchParams.set('application_name', name);
    const skewed = skewMs === undefined ? {} : { SKEW_MS: String(skewMs) };
    const worker = start(
      'apps/worker/src/main.js',
      log,
      { ...this.env, DATABASE_URL: database.href, ...skewed, ...env },
      skewMs === undefined ? {} : { preload: 'test/faults/skew.js' },
    );
    this.workers.push(worker);
    return worker;
  }

  /** Waits until every worker has found the database and one of them has ticked since. */
  async awake(seconds = 120): Promise<boolean> {
    const workers = this.workers.filter(({ isUp }) => isUp).length;
    const slots = async () =>
      Number((await this.db.query<{ slot: string }>(`select slot from tick`)).rows[0]!.slot);
    let upAt = Infinity;
    return this.until(
      async () => {
        const { rows } = await this.db.query<{ n: number }>(
          `select count(distinct application_name)::int as n from pg_stat_activity where application_name like 'worker-%'`,
        );
        if (rows[0]!.n >= workers) upAt = Math.min(upAt, await slots());
        return (await slots()) > upAt + 1;
      },
      seconds,
      200,
    );
  }

  /** A program of the row's own, with the settings of a worker. */
  program(name: string, env: Record<string, string> = {}): Process {
    const log = path.join(this.options.folder, `${path.basename(name, '.js')}-${++this.started}.log`);
    const process = start(name, log, { ...this.env, ...env });
    this.others.push(process);
    return process;
  }

  /** An api process, ready or not. @param port of PUBLIC_URL by default */
  api(port = this.publicPort): Process & { url: string } {
    const log = path.join(this.options.folder, `api-${++this.started}.log`);
    const process = start('apps/api/src/main.js', log, { ...this.env, PORT: String(port) });
    this.others.push(process);
    return Object.assign(process, { url: `http://127.0.0.1:${port}` });
  }

  async ready(url: string, seconds = 60): Promise<boolean> {
    return this.until(
      async () => (await fetch(`${url}/health/ready`).catch(() => null))?.ok ?? false,
      seconds,
      200,
    );
  }

  /** Puts the campaign's clock to a wall's time in New York on Wednesday, 3 March 2027; it goes on from there. */
  async clock(at: string): Promise<void> {
    await this.clockTo(new Date(`2027-03-03T${at}-05:00`));
  }

  async clockTo(moment: Date): Promise<void> {
    await this.db.query(`update campaign_clock set ahead = $1::timestamptz - now()`, [moment]);
  }

  /** How many messages the providers have taken. */
  async taken(): Promise<number> {
    const [letters, texts] = await Promise.all([this.sink.count(), this.carrier.count()]);
    return letters.messages + texts.messages;
  }

  /** Waits until the providers have taken so many. */
  async takenAtLeast(many: number, seconds = 240): Promise<boolean> {
    return this.until(async () => (await this.taken()) >= many, seconds, 20);
  }

  /** Waits until both providers hold answers back and nobody hands over more. @returns how many they hold */
  async handsFull(seconds = 180): Promise<{ letters: number; texts: number }> {
    let before = { letters: 0, texts: 0 };
    await this.until(
      async () => {
        const [letters, texts] = [(await this.sink.count()).held, (await this.carrier.count()).held];
        const same = letters === before.letters && texts === before.texts;
        before = { letters, texts };
        return same && letters > 0 && texts > 0;
      },
      seconds,
      1_500,
    );
    return before;
  }

  /** Reminders in these states. */
  async count(...states: string[]): Promise<number> {
    const { rows } = await this.db.query<{ n: number }>(
      `select count(*)::int as n from reminders where state = any($1)`,
      [states],
    );
    return rows[0]!.n;
  }

  /** Waits until nothing is due or in flight; texts of which nobody knows are waited for, too. */
  async settled(seconds: number, { unknown = true } = {}): Promise<boolean> {
    const open = ['due', 'sending', ...(unknown ? ['unknown'] : [])];
    return this.until(
      async () => {
        const { rows } = await this.db.query<{ open: number; unborn: number }>(
          `select (select count(*)::int from reminders where state = any($1)) as open,
             (select count(*)::int from campaigns c where c.status in ('running', 'ended')
                and not exists (select from waves w where w.campaign_id = c.id and w.expanded_from is not null)) as unborn`,
          [open],
        );
        return rows[0]!.open === 0 && rows[0]!.unborn === 0;
      },
      seconds,
      250,
    );
  }

  /** @returns whether it came true in so many seconds; a database or provider that is away counts as "not yet" */
  async until(test: () => Promise<boolean>, seconds: number, pauseMs = 50): Promise<boolean> {
    for (const end = performance.now() + seconds * 1_000; performance.now() < end; await wait(pauseMs)) {
      if (await test().catch(() => false)) return true;
    }
    return false;
  }

  /** Waits until nothing is due, and what is in flight has stayed the same for a second. */
  async onlyTheDeadHold(seconds = 60): Promise<boolean> {
    let before = -1;
    return this.until(
      async () => {
        const [due, held] = [await this.count('due'), await this.count('sending')];
        const same = due === 0 && held === before;
        before = held;
        return same;
      },
      seconds,
      1_000,
    );
  }

  /** As if the lease of everything that a killed worker held had run out; for runs that cannot wait two minutes. */
  async leasesRunOut(before: Date): Promise<void> {
    await this.db.query(
      `update reminders set lease_until = clock_timestamp() - interval '1 second' where state = 'sending' and checked_at < $1`,
      [before],
    );
  }

  /** As if a day had gone by since texts of unknown outcome were checked: it is counted by the real clock. */
  async aDayLater(): Promise<void> {
    await this.db.query(
      `update reminders set checked_at = checked_at - interval '25 hours', not_before = null where state = 'unknown'`,
    );
  }

  async judge(people = this.people): Promise<Judged> {
    await Promise.all([this.sink.lines(), this.carrier.lines()]);
    return judge(this.postgres.url, people, {
      sinkLog: this.sink.logFile,
      carrierLog: this.carrier.logFile,
      ledgerFile: path.join(this.options.folder, 'ledger.jsonl'),
    });
  }

  /** Everything in every table of ours as one sum each: two that are equal mean that nothing was written. */
  async sums(): Promise<string> {
    const { rows } = await this.db.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'
         and table_type = 'BASE TABLE' and table_name !~ '_\\d+$' and table_name not in ('limits', 'tick') order by 1`,
    );
    const sums: string[] = [];
    for (const { name } of rows) {
      const { rows: sum } = await this.db.query<{ sum: string }>(
        `select coalesce(md5(string_agg(t::text, '|' order by t::text)), '-') as sum from "${name}" t`,
      );
      sums.push(`${name} ${sum[0]!.sum}`);
    }
    return sums.join('\n');
  }

  /** Ends everything; a worker gets its time to drain. */
  async close(): Promise<void> {
    const processes = [...this.workers, ...this.others].filter(({ isUp }) => isUp);
    for (const process of processes) {
      process.kill('SIGCONT');
      process.kill('SIGTERM');
    }
    const late = setTimeout(() => processes.forEach((process) => process.kill('SIGKILL')), 15_000);
    await Promise.all(processes.map(({ ended }) => ended));
    clearTimeout(late);
    await this.db.end();
    await Promise.all([this.sink.stop(), this.carrier.stop(), this.postgres.remove()]);
  }
}

/** A key of an organizer for the API. */
export async function aKey({ db }: World): Promise<string> {
  const key = `db_${randomBytes(24).toString('base64url')}`;
  await db.query(`insert into api_keys (name, hash, role) values ('faults', $1, 'organizer')`, [
    createHash('sha256').update(key).digest(),
  ]);
  return key;
}

/** An empty folder for what a row leaves behind. */
export async function freshFolder(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}
