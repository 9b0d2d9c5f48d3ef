import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { readSettings, Settings } from '#boot';
import { dataSourceOptions, Keyring, migrate } from '#postgres';
import { migrateQueues } from '#queues';

const template = 'drumbeat_template';

/** The keys that every test writes with, as the environment would give them. */
export const testKeys = {
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 'encrypt').toString('base64')}`,
  LOOKUP_KEYS: `l1:${Buffer.alloc(32, 'lookup').toString('base64')}`,
};

export type TestDatabase = { readonly url: string; readonly db: DataSource; readonly keys: Keyring };

/**
 * A database of the test file's own, with our schema and the queue's, cloned from a template that the first file of
 * a run makes. Call it at the top of a file or a `describe`; read its parts inside tests and hooks.
 * @param connections the size of `db`'s pool
 */
export function useDatabase({ connections = 5 } = {}): TestDatabase {
  let open: { name: string; url: string; db: DataSource } | undefined;
  const { ENCRYPTION_KEYS, LOOKUP_KEYS } = readSettings(
    Settings.pick({ ENCRYPTION_KEYS: true, LOOKUP_KEYS: true }),
    testKeys,
  );
  const keys = new Keyring(ENCRYPTION_KEYS, LOOKUP_KEYS);

  beforeAll(async () => {
    const name = `test_${randomBytes(6).toString('hex')}`;
    const url = urlOf(name);
    await clone(name);
    open = { name, url, db: await new DataSource(dataSourceOptions(url, connections)).initialize() };
  }, 60_000);

  afterAll(async () => {
    if (!open) return;
    if (open.db.isInitialized) await open.db.destroy();
    await onServer((server) => server.query(`drop database ${open!.name} with (force)`));
  });

  const opened = () => {
    if (!open) throw new Error('The database is there inside tests and hooks, not while the file is read.');
    return open;
  };
  return {
    get url() {
      return opened().url;
    },
    get db() {
      return opened().db;
    },
    keys,
  };
}

/** Several files start at once: one makes the template, the others wait for it. */
async function clone(name: string): Promise<void> {
  await onServer(async (server) => {
    await server.query(`select pg_advisory_lock(hashtext('${template}'))`);
    const { rowCount } = await server.query(`select from pg_database where datname = $1`, [template]);
    if (rowCount === 0) await makeTemplate(server);
    await server.query(`create database ${name} template ${template}`);
  });
}

/** Made under another name first, so that a template is whole or not there. */
async function makeTemplate(server: pg.Client): Promise<void> {
  const unfinished = `${template}_unfinished`;
  await server.query(`drop database if exists ${unfinished} with (force)`);
  await server.query(`create database ${unfinished}`);
  await migrate(urlOf(unfinished));
  await migrateQueues({ DATABASE_URL: urlOf(unfinished) });
  await server.query(`alter database ${unfinished} rename to ${template}`);
}

async function onServer(work: (server: pg.Client) => Promise<unknown>): Promise<void> {
  const server = new pg.Client(serverUrl());
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env['DRUMBEAT_TEST_POSTGRES'];
  if (!url) throw new Error('No test server: name the file *.db.test.ts, or put it under test/journeys.');
  return url;
}
