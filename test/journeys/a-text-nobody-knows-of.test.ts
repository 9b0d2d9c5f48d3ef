import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readSettings } from '#boot';
import { Reminders, type SignupView } from '#postgres';
import { Phones } from '../../apps/sandbox/src/phones/phones.js';
import type { Treatment } from '../../apps/sandbox/src/phones/twilio-api.js';
import { SmsChannel, type TextMessage } from '../../apps/worker/src/deliver/channels/sms.channel.js';
import { DeliverService } from '../../apps/worker/src/deliver/deliver.service.js';
import { Letters } from '../../apps/worker/src/deliver/letters.js';
import { UnknownTextsService } from '../../apps/worker/src/deliver/unknown-texts.service.js';
import { WorkerSettings } from '../../apps/worker/src/settings.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { buildersFor } from '../support/builders.js';
import { setNow } from '../support/clock.js';
import { testKeys, useDatabase } from '../support/use-database.js';

const world = useDatabase();
const { somebodyAgreed, aReminder } = buildersFor(world);
const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'the-account-token-of-the-tests' };
let settings: WorkerSettings;
let worker: INestApplicationContext;
let phones: Phones;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-phones-'));
  phones = new Phones({ pace: 0 });
  settings = readSettings(WorkerSettings, {
    ...testKeys,
    DATABASE_URL: world.url,
    // Nobody listens there: no callback comes.
    PUBLIC_URL: 'http://127.0.0.1:9',
    SMTP_URL: 'smtp://127.0.0.1:9',
    TWILIO_API_URL: await phones.start({ dir: folder, ...account }),
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
    LOG_LEVEL: 'silent',
  });
  await setNow(world.db, new Date('2027-03-02T12:00-05:00'));
});
// A worker for each: what one provider did to another's breaker is not their story.
beforeEach(async () => {
  worker = await NestFactory.createApplicationContext(WorkerModule.with(settings), { logger: false });
  // Its own first look is over when a story begins: whoever asks during it gets its answer, from before.
  await worker.get(UnknownTextsService).run();
});
afterEach(() => worker?.close());
afterAll(async () => {
  await phones?.stop();
  await rm(folder, { recursive: true, force: true });
});

let made = 0;
async function somebodyWithTexts(...keys: string[]): Promise<SignupView> {
  const ana = await somebodyAgreed({ phone: `+1212555${String(3_000 + made++)}` });
  for (const key of keys) await aReminder(ana, { channel: 'sms', kind: 'reply', key });
  return ana;
}

const handOver = ({ campaignId }: SignupView, ...treatments: Treatment[]) => {
  phones.misbehave = () => treatments.shift();
  return worker.get(DeliverService).drain(campaignId, 'sms');
};
/** @param age of the last check */
async function resolve({ campaignId }: SignupView, age = '0'): Promise<void> {
  await world.db.query(
    `update reminders set not_before = null, checked_at = checked_at - $2::interval where campaign_id = $1 and state = 'unknown'`,
    [campaignId, age],
  );
  await worker.get(UnknownTextsService).run();
}
const states = async ({ campaignId }: SignupView) =>
  (
    await world.db.query<{ line: string }[]>(
      `select concat_ws(' ', state, reason, provider_id) as line from reminders where campaign_id = $1 order by id`,
      [campaignId],
    )
  ).map(({ line }) => line);
const sidsTo = async ({ phoneKey }: SignupView) => {
  const [{ phone }] = await world.db.query<[{ phone: string }]>(
    `select phone from supporters where phone_key = $1`,
    [phoneKey],
  );
  const to = world.keys.open('phone', phone);
  return phones.list().flatMap((text) => (text.to === to ? [text.sid] : []));
};

describe('a text that the provider took without an answer', () => {
  it('is found on its list, and never handed over again', async () => {
    const ana = await somebodyWithTexts('help:1');
    await handOver(ana, 'drop_after_accept');
    expect(await states(ana)).toEqual(['unknown ambiguous']);
    await handOver(ana);
    await resolve(ana);
    const [sid] = await sidsTo(ana);
    expect(await states(ana)).toEqual([`sent ${sid}`]);
    await handOver(ana);
    expect(await sidsTo(ana)).toEqual([sid]);
  });

  it('is found when its worker was killed before it wrote the answer down, with what the carrier made of it', async () => {
    const ana = await somebodyWithTexts('help:1');
    const reminders = new Reminders(world.db.manager);
    const [claimed] = (await reminders.claim(ana.campaignId, 'sms', 1, -1)).claimed;
    const words = (await worker.get(Letters).write(claimed!)) as TextMessage;
    phones.misbehave = () => ({ undelivered: 30006 });
    await worker.get(SmsChannel).handOver(claimed!, words);
    await phones.settled();
    await reminders.reclaim();
    await resolve(ana);
    expect(await states(ana)).toEqual([`failed landline ${(await sidsTo(ana))[0]}`]);
  });

  it('is found by the words that it had, though the deadline has moved since', async () => {
    const ana = await somebodyAgreed({ phone: `+1212555${String(3_000 + made++)}` });
    await aReminder(ana, { channel: 'sms', kind: 'last_call' });
    await handOver(ana, 'drop_after_accept');
    expect(await states(ana)).toEqual(['unknown ambiguous']);
    for (const days of [3, 30]) {
      await world.db.query(
        `update campaigns set deadline_at = deadline_at + make_interval(days => $2), round = round + 1, plan = plan + 1 where id = $1`,
        [ana.campaignId, days],
      );
    }
    await resolve(ana);
    expect(await states(ana)).toEqual([`sent ${(await sidsTo(ana))[0]}`]);
  });

  it('counts for one of two in the same words', async () => {
    const ana = await somebodyWithTexts('help:1', 'help:2');
    await handOver(ana, 'drop_after_accept', 'html');
    expect(await states(ana)).toEqual(['unknown ambiguous', 'unknown ambiguous']);
    await resolve(ana);
    const [sid] = await sidsTo(ana);
    expect((await states(ana)).sort()).toEqual([`sent ${sid}`, 'unknown ambiguous']);
  });
});

it('a text that the provider never took has failed after a day, and is never handed over again', async () => {
  const ana = await somebodyWithTexts('help:1');
  await handOver(ana, 'html');
  await resolve(ana);
  expect(await states(ana)).toEqual(['unknown ambiguous']);
  await resolve(ana, '1 day');
  expect(await states(ana)).toEqual(['failed not_found']);
  await handOver(ana);
  expect(await sidsTo(ana)).toEqual([]);
});

it('a text in the same words from before is not taken for it', async () => {
  const ana = await somebodyWithTexts('help:1');
  await handOver(ana, 'drop_after_accept');
  await world.db.query(
    `update reminders set checked_at = checked_at + interval '2 minutes' where campaign_id = $1`,
    [ana.campaignId],
  );
  await resolve(ana);
  expect(await states(ana)).toEqual(['unknown ambiguous']);
});

it('a provider that cannot be asked makes nothing fail', async () => {
  const ana = await somebodyWithTexts('help:1');
  await handOver(ana, 'drop_after_accept');
  await phones.stop();
  await resolve(ana, '1 day');
  expect(await states(ana)).toEqual(['unknown ambiguous']);
});
