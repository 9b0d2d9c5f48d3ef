import { z } from 'zod';

export const FileName = z.object({
  name: z
    .string()
    .min(1)
    .max(300)
    .meta({ description: 'As people see it; its ending follows from its content' }),
});

export const GuideFileAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string().meta({ description: 'A media type, by its content' }),
    bytes: z.int(),
    url: z.string().meta({ description: 'A path that anybody may follow' }),
  })
  .meta({ id: 'GuideFile' });
export type GuideFileAnswer = z.infer<typeof GuideFileAnswer>;

export const GuideFileList = z
  .object({ items: z.array(GuideFileAnswer), nextCursor: z.null() })
  .meta({ id: 'GuideFileList' });
