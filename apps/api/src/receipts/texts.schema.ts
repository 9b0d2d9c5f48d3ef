import { z } from 'zod';

export const TextsQuery = z.strictObject({
  show: z.enum(['all', 'unread', 'urgent']).optional(),
  coalitionId: z.uuid().optional().meta({ description: 'Only of people who joined through it' }),
  q: z.string().trim().max(100).optional().meta({ description: 'Only texts with these words in them' }),
  cursor: z
    .string()
    .regex(/^[01]\.\d{1,18}$/, 'must be the cursor of an answer')
    .optional(),
});
export type TextsQuery = z.infer<typeof TextsQuery>;

export const TextId = z.string().regex(/^\d{1,18}$/, 'must be the id of a text');

export const TextsAnswer = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        at: z.iso.datetime(),
        meaning: z.string(),
        crisis: z.boolean(),
        body: z.string(),
        phone: z.string().meta({ description: 'Masked, but of words of crisis' }),
        media: z.int().meta({ description: 'How many pictures or files came with it' }),
        name: z.string().nullable().meta({ description: 'Of who agreed to be seen' }),
        coalitionId: z.uuid().nullable(),
        answered: z.boolean(),
        readAt: z.iso.datetime().nullable(),
      }),
    ),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'A page of a search may be short and still go on' }),
  })
  .meta({ id: 'Texts' });
export type TextsAnswer = z.infer<typeof TextsAnswer>;

export const UnreadAnswer = z.object({ unread: z.int() }).meta({ id: 'UnreadTexts' });
