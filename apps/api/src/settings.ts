import { bounceSettings, postmarkSettings, Settings, wholeOrNone } from '#boot';
import type { z } from 'zod';

/** What the api reads from the environment. */
export const ApiSettings = Settings.pick({
  PORT: true,
  PUBLIC_URL: true,
  DATABASE_URL: true,
  REDIS_URL: true,
  ENCRYPTION_KEYS: true,
  LOOKUP_KEYS: true,
  TRUST_PROXY: true,
  SIGNUPS_PER_IP_10_MINUTES: true,
  SIGNUPS_PER_IP_A_DAY: true,
  SMS_QUESTIONS_A_DAY: true,
  SMS_QUESTIONS_A_DAY_PER_COALITION: true,
  SMS_QUESTIONS_A_DAY_PER_PREFIX: true,
  SMS_QUESTIONS_AN_HOUR_TO_NEIGHBOURS: true,
  SMS_NUMBER: true,
  EMAIL_PER_SECOND: true,
  SMS_SEGMENTS_PER_SECOND: true,
  SMS_CENTS_PER_SEGMENT: true,
  REGULATIONS_GOV_URL: true,
  REGULATIONS_GOV_API_KEY: true,
  FEDERAL_REGISTER_URL: true,
  SES_TOPIC_ARN: true,
  SENDGRID_WEBHOOK_KEY: true,
  MAILGUN_SIGNING_KEY: true,
  POSTMARK_HOOK_USER: true,
  POSTMARK_HOOK_PASSWORD: true,
  BOUNCE_SMTP_PORT: true,
  BOUNCE_DOMAIN: true,
  METRICS_TOKEN: true,
  LOG_LEVEL: true,
})
  .extend({ TWILIO_AUTH_TOKEN: Settings.shape.TWILIO_AUTH_TOKEN.optional() })
  .superRefine(wholeOrNone(postmarkSettings), { when: () => true })
  .superRefine(wholeOrNone(bounceSettings), { when: () => true });
export type ApiSettings = z.infer<typeof ApiSettings>;

export const API_SETTINGS = Symbol('ApiSettings');
