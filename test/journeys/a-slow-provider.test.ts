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
import { testKeys, useDatabase } from '../support/use-database.js';
import { WorkerSettings } from '../../apps/worker/src/settings.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { TickService } from '../../apps/worker/src/dispatch/tick.service.js';

const world = useDatabase();
const { somebodyAgreed, aReminder } = buildersFor(world);
let worker: INestApplicationContext;
let mailbox: Mailbox;
let folder: string;

/** A provider that takes a letter and answers only when it is let go. */
let letGo: () => void;
const held = new Promise<number>((resolve) => (letGo = () => resolve(0)));

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
    LOG_LEVEL: 'silent',
  });
  await setNow(world.db, new Date('2027-03-02T12:00-05:00'));
  worker = await NestFactory.createApplicationContext(WorkerModule.with(settings), { logger: false });
});
afterAll(async () => {
  letGo();
  await worker?.close();
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

describe('a provider that takes long to answer', () => {
  it('holds up neither the tick nor another campaign', async () => {
    const [ana, ben] = [await somebodyAgreed(), await somebodyAgreed()];
    const tick = worker.get(TickService);
    await aReminder(ana);
    await tick.beat([`deliver ${ana.campaignId} email`]);
    while ((await stateOf(ana.id)) !== 'sending');

    await aReminder(ana, { key: 'another' });
    await aReminder(ben);
    expect(await tick.beat([`deliver ${ana.campaignId} email`, `deliver ${ben.campaignId} email`])).toContain(
      `deliver ${ben.campaignId} email`,
    );
    while ((await stateOf(ben.id)) !== 'sending');
    expect(await stateOf(ana.id)).toBe('sending');
    letGo();
  });
});
