import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { NestLog, openLog, readSettings, startOrSay } from '#boot';
import { migrate } from '#postgres';
import { migrateQueues } from '#queues';
import { WorkerSettings } from './settings.js';
import { WorkerModule } from './worker.module.js';

/** What is still with a provider that does not answer is left to its lease after so many milliseconds. */
const patience = 24_000;

// Room for many messages at once: each of them alone is more than Node's own pool gives out.
Buffer.poolSize = 256 * 1_024;

/** `npm run start:worker`: any number of these, on any number of machines. SIGTERM drains. */
await startOrSay(async () => {
  const settings = readSettings(WorkerSettings);
  await migrate(settings.DATABASE_URL);
  await migrateQueues(settings);
  const log = openLog(settings.LOG_LEVEL);
  const starting = NestFactory.createApplicationContext(WorkerModule.with(settings), {
    logger: new NestLog(log),
    abortOnError: false,
  });
  // Before it is up: it may be handing over already by then.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        log.warn('A provider does not answer; what it was handed is settled when its lease ends');
        process.exit(0);
      }, patience).unref();
      void starting.then((worker) => worker.close()).finally(() => process.exit(0));
    });
  }
  await starting;
});
