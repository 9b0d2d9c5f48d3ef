import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { readSettings, Settings } from '#boot';
import { dataSourceOptions, Keyring, migrate } from '#postgres';
import { migrateQueues } from '#queues';
import { type Postgres, startPostgres } from '../../apps/sandbox/embedded-postgres.mjs';
import { freePort } from '../support/free-port.js';
import { crowd, type Crowd } from '../support/crowd.js';
import { built, type Sink, startSink } from '../support/outside/start.js';
import type { SinkRules } from '../support/outside/sink.js';
import { insertBare } from './ledger.js';
import { scaled } from './row.js';

/** SMTP connections of a worker and of every control. */
export const connections = Number(process.env['BENCH_CONNECTIONS'] ?? 50);

export const secrets = {
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 'encrypt').toString('base64')}`,
  LOOKUP_KEYS: `l1:${Buffer.alloc(32, 'lookup').toString('base64')}`,
};
const { ENCRYPTION_KEYS, LOOKUP_KEYS } = readSettings(
  Settings.pick({ ENCRYPTION_KEYS: true, LOOKUP_KEYS: true }),
  secrets,
);
export const keys = new Keyring(ENCRYPTION_KEYS, LOOKUP_KEYS);

/** What every worker and api of a measurement is started with. Nothing paces it unless a row says so. */
const environment = {
  PUBLIC_URL: 'https://drumbeat.example',
  MAIL_FROM: 'reminders@drumbeat.example',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'the-token-of-the-bench',
  TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
  EMAIL_PER_SECOND: '100000',
  WORKER_CONCURRENCY: String(connections),
  LOG_LEVEL: 'error',
  ...secrets,
};

/** A folder for CPU profiles of what is measured, for whoever tunes them. */
const profiles = process.env['BENCH_PROF'];
const profiled = profiles ? ['--import', built('test/bench/profile.js')] : [];

export type Database = { readonly name: string; readonly url: string; readonly db: DataSource };
export type Program = { readonly pid: number; stop(): Promise<void> };

/** Where rows are measured: one Postgres, as durable as in production, and the parts that a row asks for. */
export class Stage {
  private readonly programs = new Set<ChildProcess>();
  private readonly databases = new Map<string, Database>();
  /** Messages a second that the whole pipeline took in this run, once it was measured. */
  ceiling: number | undefined;
  private made = 0;
  private seeded: Promise<{ template: string; crowd: Crowd }> | undefined;
  private filled: Promise<{ database: Database; crowd: Crowd; seconds: number }> | undefined;

  private constructor(
    readonly postgres: Postgres,
    readonly folder: string,
    readonly say: (line: string) => void,
  ) {}

  static async open(say: (line: string) => void): Promise<Stage> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-bench-'));
    await chmod(folder, 0o755); // under root Postgres runs as another user, who must get in
    const postgres = await startPostgres({
      dataDir: path.join(folder, 'postgres'),
      // Else a checkpoint falls into one side's round and not into the other's.
      settings: { max_wal_size: '4GB', checkpoint_timeout: '1h' },
    });
    const stage = new Stage(postgres, folder, say);
    process.on('exit', () => stage.endPrograms());
    await stage.onServer((server) => server.query('create database blank'));
    await migrate(stage.urlOf('blank'));
    await migrateQueues({ DATABASE_URL: stage.urlOf('blank') });
    return stage;
  }

  async close(): Promise<void> {
    this.endPrograms();
    for (const { db } of this.databases.values()) if (db.isInitialized) await db.destroy();
    await this.postgres.remove();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What a row that failed has left running would slow the next one down. */
  endPrograms(): void {
    for (const child of this.programs) child.kill('SIGKILL');
  }

  /** A million people in 2,000 coalitions, whose wave is due in a paused campaign: a template to clone from. */
  million(): Promise<{ template: string; crowd: Crowd }> {
    this.seeded ??= this.seed(scaled(1_000_000));
    return this.seeded;
  }

  private async seed(people: number): Promise<{ template: string; crowd: Crowd }> {
    this.say(`signing up ${people.toLocaleString('en')} people …`);
    const database = await this.database();
    const seeded = await crowd({ db: database.db, keys, people, coalitions: 2_000 });
    await database.db.query(`vacuum analyze`);
    await this.leave(database.name);
    return { template: database.name, crowd: seeded };
  }

  /** A clone in which every reminder of the million is due, made by one bare statement, and how long that took. */
  backlog(): Promise<{ database: Database; crowd: Crowd; seconds: number }> {
    this.filled ??= this.fill();
    return this.filled;
  }

  private async fill(): Promise<{ database: Database; crowd: Crowd; seconds: number }> {
    const { template, crowd } = await this.million();
    const database = await this.database(template);
    this.say('a bare INSERT … SELECT of a reminder each …');
    const started = performance.now();
    await insertBare(database, crowd);
    return { database, crowd, seconds: (performance.now() - started) / 1_000 };
  }

  /** Waits until a sink takes nothing any more. */
  async still(sink: Sink): Promise<void> {
    for (let before = -1; ; await wait(500)) {
      const { answered } = await sink.count();
      if (answered === before) return;
      before = answered;
    }
  }

  /** A database of its own, cloned from another that nobody is connected to. */
  async database(template = 'blank'): Promise<Database> {
    const name = `bench_${++this.made}`;
    await this.leave(template);
    await this.onServer((server) =>
      server.query(`create database ${name} template ${template} strategy file_copy`),
    );
    const url = this.urlOf(name);
    const database = { name, url, db: await new DataSource(dataSourceOptions(url, 8)).initialize() };
    this.databases.set(name, database);
    return database;
  }

  /** Ends our connections to it, so that it can be cloned. */
  async leave(name: string): Promise<void> {
    const open = this.databases.get(name);
    if (open?.db.isInitialized) await open.db.destroy();
  }

  async drop({ name }: Database): Promise<void> {
    await this.leave(name);
    this.databases.delete(name);
    await this.onServer((server) => server.query(`drop database ${name} with (force)`));
  }

  sink(rules: Partial<SinkRules> = {}): Promise<Sink> {
    return startSink({ logFile: path.join(this.folder, `sink-${++this.made}.jsonl`), rules });
  }

  /** A worker of ours, up and idle: it has taken a tick. */
  async worker(
    { url, db }: Database,
    sink: Sink,
    env: Record<string, string> = {},
    node: string[] = [],
  ): Promise<Program> {
    const [started] = await db.query<{ at: Date }[]>(`select clock_timestamp() as at`);
    const worker = this.program(
      'apps/worker/src/main.js',
      { DATABASE_URL: url, SMTP_URL: sink.url, ...env },
      node,
    );
    for (;;) {
      const [tick] = await db.query<{ ticked: boolean }[]>(`select taken_at > $1 as ticked from tick`, [
        started!.at,
      ]);
      if (tick!.ticked) break;
      if (worker.child.exitCode !== null) throw new Error(`The worker ended with ${worker.child.exitCode}.`);
      await wait(50);
    }
    await wait(500);
    return worker;
  }

  /** The api, listening. */
  async api({ url }: Database, env: Record<string, string> = {}): Promise<Program & { url: string }> {
    const port = await freePort();
    const api = this.program('apps/api/src/main.js', {
      DATABASE_URL: url,
      PORT: String(port),
      SIGNUPS_PER_IP_10_MINUTES: '1000000',
      SIGNUPS_PER_IP_A_DAY: '1000000',
      ...env,
    });
    const at = `http://127.0.0.1:${port}`;
    await this.listening(`${at}/health/ready`, api.child);
    return { ...api, url: at };
  }

  /** Waits until a program answers there, whatever it says. */
  async listening(url: string, child: ChildProcess): Promise<void> {
    while (
      !(await fetch(url).then(
        () => true,
        () => false,
      ))
    ) {
      if (child.exitCode !== null) throw new Error(`The program ended with ${child.exitCode}.`);
      await wait(50);
    }
  }

  program(file: string, env: Record<string, string>, node: string[] = []): Program & { child: ChildProcess } {
    const child = spawn(process.execPath, [...profiled, ...node, built(file)], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { PATH: process.env['PATH'], BENCH_PROF: profiles, ...environment, ...env },
    });
    this.programs.add(child);
    const exit = once(child, 'exit').then(() => this.programs.delete(child));
    const stop = async () => {
      child.kill('SIGTERM');
      await exit;
    };
    return { child, pid: child.pid!, stop };
  }

  /** A control: a program of the bench that prints one line of JSON when it is over. */
  async control<Answer>(name: string, given: object): Promise<Answer> {
    const child = spawn(process.execPath, [built(`test/bench/controls/${name}.js`)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] },
    });
    child.stdin.end(JSON.stringify(given));
    this.programs.add(child);
    let said = '';
    child.stdout.on('data', (words: Buffer) => (said += words.toString()));
    const [code] = (await once(child, 'close')) as [number];
    this.programs.delete(child);
    if (code !== 0) throw new Error(`The control ${name} ended with ${code}.`);
    return JSON.parse(said) as Answer;
  }

  async onServer<Answer>(work: (server: pg.Client) => Promise<Answer>): Promise<Answer> {
    const server = new pg.Client(this.postgres.url);
    await server.connect();
    try {
      return await work(server);
    } finally {
      await server.end();
    }
  }

  private urlOf(name: string): string {
    const url = new URL(this.postgres.url);
    url.pathname = `/${name}`;
    return url.href;
  }
}
