import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { NestLog, openLog, readSettings, startOrSay } from '#boot';
import { WorkerSettings } from './settings.js';
import { WorkerModule } from './worker.module.js';

/** `npm run start:worker`: any number of these, on any number of machines. SIGTERM drains. */
await startOrSay(async () => {
  const settings = readSettings(WorkerSettings);
  const worker = await NestFactory.createApplicationContext(WorkerModule.with(settings), {
    logger: new NestLog(openLog(settings.LOG_LEVEL)),
    abortOnError: false,
  });
  worker.enableShutdownHooks();
});
