import { z } from 'zod';
import { Said } from '../problems/said.js';
import { Fit } from './rehearsal.schema.js';

const Item = z.object({
  code: z.enum([
    'deadline_past',
    'document_closed',
    'document_withdrawn',
    'no_coalition',
    'no_postal_address',
    'no_reply_to',
    'no_rung',
    'alert_past',
    'too_slow',
    'no_deadline',
    'no_form',
    'no_contact',
    'nobody_told',
    'words',
  ]),
  step: z
    .enum(['document', 'deadline', 'goal', 'coalitions', 'ladder', 'messages'])
    .meta({ description: 'Of the wizard' }),
  path: z.string(),
  message: z.string(),
  fault: Said.optional().meta({ description: 'What is wrong with words' }),
  about: z.string().nullable().meta({ description: 'The name of the coalition or rung' }),
  blocks: z.boolean().meta({ description: 'Whether a launch is refused for it' }),
});

export const ChecklistAnswer = z
  .object({
    ready: z.boolean().meta({ description: 'A draft that nothing is missing from' }),
    items: z.array(Item),
    audience: z
      .object({
        signups: z.int(),
        email: z.int().meta({ description: 'Agreed to email, and not done' }),
        sms: z.int().meta({ description: 'Agreed to texts, and not done' }),
        welcomeOnly: z.int().meta({ description: 'Agreed to nothing yet: the welcome and two nudges' }),
      })
      .meta({ description: 'Who there is now; who unsubscribed or cannot be reached is left out' }),
    texts: z
      .object({
        rungs: z.array(z.object({ rungId: z.string(), segments: z.int() })),
        segmentsEach: z.int().meta({ description: 'Of all texts to one person' }),
        centsPerSegment: z.number(),
        centsEach: z.number(),
        cents: z.number().meta({ description: 'For everybody who agreed to texts by now' }),
      })
      .meta({ description: 'An estimate, in US cents' }),
    fits: z.array(Fit),
  })
  .meta({ id: 'Checklist' });
export type ChecklistAnswer = z.infer<typeof ChecklistAnswer>;
