import { Settings } from '#boot';
import type { z } from 'zod';

/** What the api reads from the environment. */
export const ApiSettings = Settings.pick({
  PORT: true,
  PUBLIC_URL: true,
  DATABASE_URL: true,
  REDIS_URL: true,
  ENCRYPTION_KEYS: true,
  LOOKUP_KEYS: true,
  LOG_LEVEL: true,
}).extend({ TWILIO_AUTH_TOKEN: Settings.shape.TWILIO_AUTH_TOKEN.optional() });
export type ApiSettings = z.infer<typeof ApiSettings>;

export const API_SETTINGS = Symbol('ApiSettings');
