import { z } from 'zod';

export const InLanguage = z.object({ language: z.enum(['en', 'es']).default('en') });

const Words = z.object({
  link: z.url(),
  email: z.object({ subject: z.string(), body: z.string() }),
  text: z.string(),
  social: z.string(),
});
export const ShareAnswer = z
  .object({
    /** Where people sign up through this coalition. */
    link: z.url(),
    deadlineAt: z.iso.datetime().nullable(),
    /** Whether the date is over, and nothing should be passed on any more. */
    past: z.boolean(),
    words: z.object({ en: Words, es: Words }),
    /** Addresses of files, beside this one. */
    files: z.object({
      qrSvg: z.string(),
      qrPng: z.string(),
      flyer: z.object({ en: z.string(), es: z.string() }),
      /** Null while there is no date. */
      calendar: z.object({ en: z.string(), es: z.string() }).nullable(),
    }),
  })
  .meta({ id: 'ShareKit' });
export type ShareAnswer = z.infer<typeof ShareAnswer>;
