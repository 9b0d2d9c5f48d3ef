import type { JobsOptions } from 'bullmq';
import { z } from 'zod';

export type JobDefinition<Payload extends z.ZodType> = {
  queue: string;
  name: string;
  payload: Payload;
  options: JobsOptions;
};

/** A job is declared once: its queue, what it carries (ids, never people) and how it is retried. */
const defineJob = <Payload extends z.ZodType>(definition: JobDefinition<Payload>) => definition;

const soon = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: 100,
};

/** A wave's moment has come: make its reminders. */
export const ExpandWave = defineJob({
  queue: 'dispatch',
  name: 'expand-wave',
  payload: z.strictObject({ waveId: z.string().regex(/^\d+$/) }),
  options: soon,
});

/** A campaign has something due on a channel: hand it over until nothing is left. */
export const Deliver = defineJob({
  queue: 'deliver',
  name: 'deliver',
  payload: z.strictObject({ campaignId: z.uuid(), channel: z.enum(['email', 'sms']) }),
  options: soon,
});
