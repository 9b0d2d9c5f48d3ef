import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readSettings } from '#boot';
import { Mailbox } from '../../apps/sandbox/src/mailbox/mailbox.js';
import { buildersFor } from '../support/builders.js';
import { setNow } from '../support/clock.js';
import { crowd, expandCrowd, resume } from '../support/crowd.js';
import { testKeys, useDatabase } from '../support/use-database.js';
import { WorkerSettings } from '../../apps/worker/src/settings.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';

const world = useDatabase();
const { somebodyAgreed, aReminder } = buildersFor(world);
/** Of each of the two. */
const lines = 4;
let workers: INestApplicationContext[] = [];
let mailbox: Mailbox;
let folder: string;

/** A provider that takes a letter and answers only when it is let go. */
let letGo: () => void;
let held: Promise<number>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-tick-'));
  mailbox = new Mailbox({ misbehave: () => held });
  const settings = readSettings(WorkerSettings, {
    ...testKeys,
    DATABASE_URL: world.url,
    SMTP_URL: await mailbox.start({ dir: folder }),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'a-token-of-the-tests',
    TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
    WORKER_CONCURRENCY: String(lines),
    LOG_LEVEL: 'silent',
  });
  await setNow(world.db, new Date('2027-03-02T12:00-05:00'));
  // Every slot of the tick is somebody else's, and nothing is asked for through the queue.
  await world.db.query(`update tick set slot = 9e15`);
  workers = await Promise.all(
    [1, 2].map(() => NestFactory.createApplicationContext(WorkerModule.with(settings), { logger: false })),
  );
});
beforeEach(() => {
  held = new Promise((resolve) => (letGo = () => resolve(0)));
});
afterEach(async () => {
  letGo();
  while ((await sending()) > 0);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await mailbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

const stateOf = async (signupId: string) => {
  const [row] = await world.db.query<{ state: string }[]>(
    `select state from reminders where signup_id = $1 order by id`,
    [signupId],
  );
  return row!.state;
};

const sending = async () => {
  const [row] = await world.db.query<{ n: number }[]>(
    `select count(*)::int as n from reminders where state = 'sending'`,
  );
  return row!.n;
};

describe('a provider that takes long to answer', () => {
  it('holds up neither the tick nor another campaign', async () => {
    const [ana, ben] = [await somebodyAgreed(), await somebodyAgreed()];
    await aReminder(ana);
    while ((await stateOf(ana.id)) !== 'sending');

    await aReminder(ana, { key: 'another' });
    await aReminder(ben);
    while ((await stateOf(ben.id)) !== 'sending');
    expect(await stateOf(ana.id)).toBe('sending');
  });

  it('has the lines of every worker for one wave', async () => {
    const ready = await crowd({ db: world.db, keys: world.keys, people: 4 * lines });
    await resume(world.db, ready.campaignId);
    await expandCrowd(world.db, ready);
    while ((await sending()) < 2 * lines);
  });
});
