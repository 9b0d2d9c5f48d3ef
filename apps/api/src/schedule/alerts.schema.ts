import { z } from 'zod';
import { faults } from '#domain';
import { instant, language, RungTexts } from './campaign.schema.js';

const channel = z.enum(['email', 'sms']);
const audience = z
  .enum(['open', 'updates'])
  .meta({ description: 'Those not done yet, or those who asked for updates; there is no "everyone"' });
const sendAt = instant
  .transform((at) => new Date(at))
  .nullable()
  .meta({ description: 'Null: in a minute, so that it can be withdrawn' });

export const AlertForm = z
  .strictObject({
    name: z.string().trim().min(1).max(80).optional(),
    channels: z.array(channel).min(1).max(2),
    audience,
    sendAt,
    messages: z.record(language, RungTexts),
    version: z.int().optional(),
  })
  .refine(({ messages }) => Object.keys(messages).length > 0, {
    path: ['messages'],
    error: faults.needs_words,
  })
  .meta({ id: 'AlertForm' });
export type AlertForm = z.infer<typeof AlertForm>;

export const AlertAnswer = z.object({ rungId: z.string(), sendAt: z.iso.datetime() }).meta({ id: 'Alert' });
export type AlertAnswer = z.infer<typeof AlertAnswer>;

export const ReachForm = z
  .strictObject({ audience, sendAt, segments: z.int().min(0).max(20).optional() })
  .meta({ id: 'AlertReachForm' });

const counts = z.object({ email: z.int(), sms: z.int() });
export const ReachAnswer = z
  .object({
    sendAt: z.iso.datetime(),
    people: counts.meta({ description: 'Who would get it, on each channel' }),
    tooNew: counts.meta({ description: 'Who agreed less than two hours before it, and would not' }),
    capped: z.int().meta({ description: 'Whose phone has had three texts in the 24 hours before it by now' }),
    near: z
      .array(z.object({ rungId: z.string(), name: z.string(), at: z.iso.datetime() }))
      .meta({ description: 'Other texts within a day of it: three in 24 hours is the most' }),
    cents: z.number().meta({ description: 'What its texts cost, an estimate in US cents' }),
  })
  .meta({ id: 'AlertReach' });
