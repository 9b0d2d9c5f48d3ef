import { dkimSettings, Settings, wholeOrNone } from '#boot';
import type { z } from 'zod';

/** What a worker reads from the environment. */
export const WorkerSettings = Settings.pick({
  PUBLIC_URL: true,
  DATABASE_URL: true,
  REDIS_URL: true,
  SMTP_URL: true,
  MAIL_FROM: true,
  BOUNCE_DOMAIN: true,
  DKIM_DOMAIN: true,
  DKIM_SELECTOR: true,
  DKIM_PRIVATE_KEY: true,
  TWILIO_ACCOUNT_SID: true,
  TWILIO_AUTH_TOKEN: true,
  TWILIO_MESSAGING_SERVICE_SID: true,
  TWILIO_API_URL: true,
  REGULATIONS_GOV_URL: true,
  REGULATIONS_GOV_API_KEY: true,
  FEDERAL_REGISTER_URL: true,
  ENCRYPTION_KEYS: true,
  LOOKUP_KEYS: true,
  WORKER_CONCURRENCY: true,
  EMAIL_PER_SECOND: true,
  EMAIL_PER_DAY: true,
  SMS_SEGMENTS_PER_SECOND: true,
  SMS_SEGMENTS_PER_DAY: true,
  METRICS_PORT: true,
  METRICS_TOKEN: true,
  LOG_LEVEL: true,
}).superRefine(wholeOrNone(dkimSettings), { when: () => true });
export type WorkerSettings = z.infer<typeof WorkerSettings>;

export const WORKER_SETTINGS = Symbol('WorkerSettings');
