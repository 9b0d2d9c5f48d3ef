import { z } from 'zod';
import { Said } from '../problems/said.js';

const channel = z.enum(['email', 'sms']);

/** One message as it is being written: `body` is Markdown in an email, plain in a text, both with Liquid. */
export const WordsForm = z
  .strictObject({
    channel,
    language: z.enum(['en', 'es'], { error: 'must be en or es' }),
    /** A follow-up's mail has another layout. */
    kind: z.enum(['rung', 'follow_up']).default('rung'),
    subject: z.string().max(1_000).optional(),
    body: z.string().min(1).max(40_000),
    straighten: z.boolean().optional(),
    /** Left out: the campaign's. */
    avoidWords: z.array(z.string().trim().min(1).max(40)).max(100).optional(),
  })
  .refine(({ channel, subject }) => (channel === 'email') === (subject !== undefined), {
    path: ['subject'],
    error: 'must be given with an email, and only there',
  })
  .refine(({ channel, straighten }) => channel === 'sms' || straighten === undefined, {
    path: ['straighten'],
    error: 'must be left out of an email: only in a text do curly quotes cost',
  })
  .refine(({ channel, kind }) => channel === 'email' || kind === 'rung', {
    path: ['kind'],
    error: 'must be rung in a text: follow-ups go by email only',
  })
  .meta({ id: 'WordsForm' });
export type WordsForm = z.infer<typeof WordsForm>;

const Remark = z.object({
  part: z.enum(['subject', 'body']),
  line: z
    .int()
    .meta({ description: 'From 1, in the part as it was sent; in a straightened text as it came back' }),
  column: z.int(),
  ...Said.shape,
});

export const WordsAnswer = z
  .object({
    channel,
    body: z.string().meta({ description: 'To be saved: as it was sent, or straightened' }),
    problems: z.array(Remark).meta({ description: 'Saving refuses these' }),
    warnings: z.array(Remark).meta({ description: 'Saving takes these' }),
    subject: z.string().nullable().meta({ description: 'From here on: what a made-up person would get' }),
    text: z
      .string()
      .nullable()
      .meta({ description: 'Null when it cannot be filled in. Of a text: the longest that people get' }),
    html: z.string().nullable(),
    encoding: z.enum(['GSM-7', 'UCS-2']).nullable().meta({ description: 'This and what follows: of a text' }),
    segments: z.int().nullable(),
    characters: z
      .int()
      .nullable()
      .meta({ description: 'As carriers count: €, [ and the like are two in GSM-7' }),
    costCents: z.number().nullable().meta({ description: 'Of one text, in US cents' }),
  })
  .meta({ id: 'Words' });
export type WordsAnswer = z.infer<typeof WordsAnswer>;
