import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { readSettings } from '#boot';
import { Mailbox } from '../../apps/sandbox/src/mailbox/mailbox.js';
import { WorkerSettings } from '../../apps/worker/src/settings.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { crowd, expandCrowd } from '../support/crowd.js';
import { testKeys, useDatabase } from '../support/use-database.js';

const stops: (() => Promise<unknown>)[] = [];
// Before the next line's: what stands on the database stops before it goes.
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});
const world = useDatabase();
const people = 30;
let mailbox: Mailbox;
/** Its own connection: it may write when nobody else may. */
let admin: pg.Client;
const said: string[] = [];
const say = (words: unknown) => void said.push(String(words));

beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-trouble-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  mailbox = new Mailbox();
  stops.push(() => mailbox.stop());
  const settings = readSettings(WorkerSettings, {
    ...testKeys,
    DATABASE_URL: world.url,
    SMTP_URL: await mailbox.start({ dir: folder }),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'a-token-of-the-tests',
    TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
    WORKER_CONCURRENCY: '4',
  });
  const worker = await NestFactory.createApplicationContext(WorkerModule.with(settings), {
    logger: { log: () => undefined, warn: say, error: say },
  });
  stops.push(() => worker.close());
  admin = new pg.Client(world.url);
  await admin.connect();
  stops.push(() => admin.end());
});

/** Ends when it is so. */
async function until(is: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await is())) await new Promise(setImmediate);
}
const states = async (campaignId: string) => {
  const { rows } = await admin.query<{ state: string; n: number }>(
    `select state, count(*)::int as n from reminders where campaign_id = $1 group by 1`,
    [campaignId],
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};
const allSent = (campaignId: string) => async () => (await states(campaignId)).sent === people;

/** People whose reminders are due as soon as their campaign goes on. */
async function aCrowd(): Promise<string> {
  const paused = await crowd({ db: world.db, keys: world.keys, people });
  await expandCrowd(world.db, paused);
  before = mailbox.list().length;
  said.length = 0;
  return paused.campaignId;
}
const goOn = (campaignId: string) =>
  admin.query(`update campaigns set status = 'running' where id = $1`, [campaignId]);

let before = 0;
const letters = () => mailbox.list().length - before;

/** For everybody but the administrator, from now on. */
async function onlyReads(yes: boolean): Promise<void> {
  const name = new URL(world.url).pathname.slice(1);
  await admin.query(`alter database ${name} set default_transaction_read_only = ${yes ? 'on' : 'off'}`);
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

it('that only reads loses nobody and writes to nobody twice, and the log says where to look', async () => {
  const campaignId = await aCrowd();
  await onlyReads(true);
  await goOn(campaignId);
  await until(() => said.some((words) => /25006.*check the database/.test(words)));
  expect(await states(campaignId)).toEqual({ due: people });

  await onlyReads(false);
  await until(allSent(campaignId));
  expect(letters()).toBe(people);
}, 60_000);

it('whose disk is full takes the results once there is room, and nobody is written to twice', async () => {
  const campaignId = await aCrowd();
  await admin.query(`
    create function disk_is_full() returns trigger language plpgsql as $$
    begin
      raise exception 'could not extend file' using errcode = 'disk_full';
    end $$;
    create trigger disk_is_full before insert on attempts for each row execute function disk_is_full()`);
  await goOn(campaignId);
  await until(() => letters() > 0);
  expect((await states(campaignId)).sent).toBeUndefined();

  await admin.query(`drop trigger disk_is_full on attempts`);
  await until(allSent(campaignId));
  expect(letters()).toBe(people);
}, 60_000);
