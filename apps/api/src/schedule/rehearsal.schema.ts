import { z } from 'zod';
import { faults, isZone, parsePhone, parseZip, states } from '#domain';

const channels = ['email', 'sms'] as const;
const moment = z.iso.datetime({ offset: true, error: faults.moment }).transform((text) => new Date(text));
/** A field of a form that was left empty is not given. */
const given = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** A sample person: where, in which language, on which channels, and since when. */
export const SamplePerson = z
  .strictObject({
    zip: given(z.string().refine((zip) => !('problem' in parseZip(zip)), { error: faults.zip })),
    zone: given(z.string().refine(isZone, { error: faults.zone })),
    state: given(z.enum(states, { error: `must be a US state or territory, one of ${states.join(', ')}` })),
    phone: given(
      z.string().refine((phone) => 'phone' in parsePhone(phone), {
        error: faults.phone,
      }),
    ),
    language: given(z.enum(['en', 'es'], { error: 'must be en or es' })),
    channels: given(
      z
        .union([z.string(), z.array(z.string())])
        .transform((value) => (Array.isArray(value) ? value : value.split(',')).map((name) => name.trim()))
        .pipe(z.array(z.enum(channels, { error: 'must be email, sms or both' })).min(1)),
    ),
    signedUpAt: given(moment),
    emailSince: given(moment),
    smsSince: given(moment),
    name: given(z.string().max(80)),
    coalitionId: given(z.uuid({ error: 'must be the id of a coalition' })),
  })
  .meta({ id: 'SamplePerson' });
export type SamplePerson = z.infer<typeof SamplePerson>;

const Item = z.object({
  rungId: z.string().meta({ description: 'A rung of the ladder, or "last_call"' }),
  channel: z.enum(channels),
  plannedAt: z.iso.datetime(),
  at: z.iso.datetime().nullable(),
  skipped: z.string().nullable(),
  local: z.string().nullable(),
  eastern: z.string().nullable(),
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  segments: z.int().nullable(),
  costCents: z.number().nullable().meta({ description: 'What this text costs, in US cents' }),
});
/** Whether a rung ends in time on a channel, for everybody who could be written to now. */
export const Fit = z.object({
  rungId: z.string(),
  channel: z.enum(channels),
  people: z.int(),
  segments: z.int().meta({ description: 'Of each message; 1 for an email' }),
  seconds: z.int().meta({ description: 'people × segments ÷ what the provider takes in a second' }),
  fits: z.boolean(),
  at: z.iso
    .datetime()
    .meta({ description: 'This and what follows: of the wave with the least time to spare' }),
  startsAt: z.iso.datetime().meta({ description: 'When it has to start to end in time' }),
  endsAt: z.iso.datetime().nullable().meta({ description: 'Null when it does not end in time' }),
  expiresAt: z.iso.datetime(),
});

export const RehearsalAnswer = z
  .object({
    zone: z.string(),
    smsWindow: z.string(),
    language: z.enum(['en', 'es']),
    items: z.array(Item),
    fits: z.array(Fit).meta({ description: 'Only what is ahead of somebody' }),
  })
  .meta({ id: 'Rehearsal' });
export type RehearsalAnswer = z.infer<typeof RehearsalAnswer>;

/** Where an organizer wants the rehearsal: a mailbox, a phone or both. */
export const Recipients = z
  .object({
    email: given(z.email({ error: faults.email })),
    phone: given(
      z.string().refine((phone) => 'phone' in parsePhone(phone), {
        error: faults.phone,
      }),
    ),
  })
  .refine(({ email, phone }) => email !== undefined || phone !== undefined, {
    path: ['email'],
    error: faults.email_or_phone,
  });
export type Recipients = z.infer<typeof Recipients>;
