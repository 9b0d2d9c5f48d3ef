import { randomUUID } from 'node:crypto';
import { getQueueToken } from '@nestjs/bullmq';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Queue } from 'bullmq';
import { useDatabase } from '../../../test/support/use-database.js';
import { Deliver } from './jobs.js';
import { QueuesModule } from './queues.module.js';
import { Wake } from './wake.js';

const world = useDatabase();
let app: TestingModule;
let queue: Queue;

beforeAll(async () => {
  app = await Test.createTestingModule({
    imports: [QueuesModule.with({ DATABASE_URL: world.url })],
  }).compile();
  queue = app.get<Queue>(getQueueToken(Deliver.queue));
});
afterAll(() => app.close());

/** Ends when so many wake-ups are in the queue. */
async function until(jobs: number): Promise<void> {
  while ((await queue.getWaitingCount()) < jobs) await new Promise(setImmediate);
}

it('makes two wake-ups of a hundred for the same work at once, and one for a later asking', async () => {
  const [many, one] = [randomUUID(), randomUUID()];
  for (let n = 0; n < 100; n++) app.get(Wake).deliver({ campaignId: many, channel: 'email' });
  app.get(Wake).deliver({ campaignId: one, channel: 'email' });
  await until(3);
  const names = (await queue.getWaiting()).map(({ data }) => (data as { campaignId: string }).campaignId);
  expect(names.toSorted()).toEqual([many, many, one].toSorted());

  app.get(Wake).deliver({ campaignId: many, channel: 'email' });
  await until(4);
});
