import { z } from 'zod';
import { mostDays } from '#domain';

const message = z
  .strictObject({
    /** Liquid, one line. */
    subject: z.string().trim().min(1).max(120).optional(),
    /** Markdown with Liquid. */
    email: z.string().trim().min(1).max(20_000).optional(),
    /** Text with Liquid. */
    sms: z.string().trim().min(1).max(1_600).optional(),
  })
  .refine(({ subject, email }) => (subject === undefined) === (email === undefined), {
    error: 'a subject and an email together',
  });
export type KitMessage = z.infer<typeof message>;

/** One rung of a kit's ladder: when, on which channels, and its words; where there are none, the product has its own. */
export function rungSchema<Key extends z.ZodEnum>(language: Key) {
  return z
    .strictObject({
      id: z.string().regex(/^[\w-]{1,60}$/, '1–60 letters, digits, "-" or "_"'),
      name: z.string().trim().min(1).max(80),
      daysBefore: z.int().min(0).max(mostDays).optional(),
      hoursBefore: z
        .int()
        .min(0)
        .max(mostDays * 24)
        .optional(),
      daysAfter: z.int().min(0).max(mostDays).optional(),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '"HH:mm"')
        .optional(),
      channels: z.array(z.enum(['email', 'sms'])).min(1),
      messages: z.partialRecord(language, message),
    })
    .superRefine((rung, context) => {
      const fail = (path: string[], words: string) =>
        context.addIssue({ code: 'custom', path, message: words });
      const { daysBefore, hoursBefore, daysAfter, at } = rung;
      const moments = [daysBefore, hoursBefore, daysAfter].filter((moment) => moment !== undefined);
      if (moments.length !== 1) fail([], 'one of daysBefore, hoursBefore, daysAfter');
      if ((hoursBefore === undefined) !== (at !== undefined))
        fail(['at'], 'a time "HH:mm" with daysBefore and daysAfter, none with hoursBefore');
      if (new Set(rung.channels).size !== rung.channels.length) fail(['channels'], 'each channel once');
      if (daysAfter !== undefined && rung.channels.includes('sms'))
        fail(['channels'], 'a follow-up is email only');
      for (const [language, words] of Object.entries(rung.messages) as [string, KitMessage][]) {
        if (words.email !== undefined && !rung.channels.includes('email'))
          fail(['messages', language, 'email'], 'an email only when the rung is on email');
        if (words.sms !== undefined && !rung.channels.includes('sms'))
          fail(['messages', language, 'sms'], 'a text only when the rung is on sms');
      }
    });
}
