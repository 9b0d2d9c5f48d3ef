import { z } from 'zod';

/** What is wrong, as answers say it: in English, and by what pages say it in other languages. */
export const Said = z.object({
  message: z.string(),
  code: z.string().meta({ description: 'A word for programs; the sentence has these values in it' }),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
