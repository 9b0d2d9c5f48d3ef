import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile, chmod, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import pg from 'pg';
import { startPostgres, type Postgres } from './embedded-postgres.mjs';

const file = fileURLToPath(new URL('./embedded-postgres.mjs', import.meta.url));
let dataDir: string;
let running: Postgres | undefined;

jest.setTimeout(60_000);
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'postgres-'));
  await chmod(dataDir, 0o755);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

const start = async () => (running = await startPostgres({ dataDir, durable: false }));

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process starts the server, makes a table and waits; the caller kills it. */
async function startedByAnother() {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(file)});
    const { pid, url } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
    console.log(JSON.stringify({ pid, url }));
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(said.toString()) as { pid: number; url: string }) };
}

it('starts, answers, stops, and keeps its rows, in UTC and UTF8', async () => {
  const first = await start();
  await query(first.url, `create table word (it text); insert into word values ('señal')`);
  expect(
    await query(
      first.url,
      `select current_setting('timezone') zone, current_setting('server_encoding') code, it from word`,
    ),
  ).toEqual([{ zone: 'UTC', code: 'UTF8', it: 'señal' }]);
  await first.stop();
  await first.stop();
  await expect(query(first.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

  const second = await start();
  expect(await query(second.url, 'select it from word')).toEqual([{ it: 'señal' }]);
});

it('lets nobody in without the password, which only its owner can read', async () => {
  const { url, dataDir: home } = await start();
  await expect(query(url.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/);
  expect((await stat(path.join(home, 'cluster', 'drumbeat.password'))).mode & 0o777).toBe(0o600);
});

it('goes on where a killed run stopped', async () => {
  const other = await startedByAnother();
  await query(other.url, `create table word (it text); insert into word values ('kept')`);
  other.child.kill('SIGKILL');
  await once(other.child, 'exit');

  const mine = await start();
  expect(mine.pid).not.toBe(other.pid);
  expect(await query(mine.url, 'select it from word')).toEqual([{ it: 'kept' }]);
});

it('goes on when the postmaster was killed too', async () => {
  const other = await startedByAnother();
  await query(other.url, `create table word (it text); insert into word values ('kept')`);
  process.kill(other.pid, 'SIGKILL');
  other.child.kill('SIGKILL');
  await once(other.child, 'exit');

  expect(await query((await start()).url, 'select it from word')).toEqual([{ it: 'kept' }]);
});

it('leaves a living run alone and says whose it is', async () => {
  const other = await startedByAnother();
  try {
    await expect(start()).rejects.toThrow(`Process ${other.child.pid} already runs the database`);
  } finally {
    other.child.kill('SIGKILL');
    await once(other.child, 'exit');
  }
  await start();
});

it('takes a stranger for a stranger who has the number of a dead postmaster', async () => {
  await (await start()).stop();
  await writeFile(path.join(dataDir, 'cluster', 'postmaster.pid'), `${process.ppid}\n${dataDir}/cluster\n`);
  const { url } = await start();
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

it('starts over when the first start was killed half-way', async () => {
  await mkdir(path.join(dataDir, '.making-1'));
  await writeFile(path.join(dataDir, '.making-1', 'PG_VERSION'), '18\n');
  await start();
});

it('comes back on the same port after a crash', async () => {
  const server = await start();
  const { url, port } = server;
  await query(url, `create table word (it text); insert into word values ('kept')`);
  await server.restart('immediate');
  expect(await query(url, 'select it from word')).toEqual([{ it: 'kept' }]);
  expect(running?.port).toBe(port);
});

it('refuses the cluster of another major version, in a sentence', async () => {
  await (await start()).stop();
  const version = path.join(dataDir, 'cluster', 'PG_VERSION');
  const ours = (await readFile(version, 'utf8')).trim();
  await writeFile(version, '12\n');
  await expect(start()).rejects.toThrow(`was made by Postgres 12 and this is Postgres ${ours}`);
});

it('refuses a folder that is no database of ours, in a sentence', async () => {
  await mkdir(path.join(dataDir, 'cluster'));
  await writeFile(path.join(dataDir, 'cluster', 'letter.txt'), 'Dear Ana');
  await expect(start()).rejects.toThrow("isn't a whole database of ours");
});

it('refuses a folder that cannot be written, in a sentence', async () => {
  const notAFolder = path.join(dataDir, 'file');
  await writeFile(notAFolder, '');
  await expect(startPostgres({ dataDir: path.join(notAFolder, 'below') })).rejects.toThrow(
    /^Cannot write to .*DATA_DIR/,
  );
});

it('says that its port is taken', async () => {
  const { port } = await start();
  const elsewhere = path.join(dataDir, 'another');
  await expect(startPostgres({ dataDir: elsewhere, port, durable: false })).rejects.toThrow(`Port ${port}`);
});
