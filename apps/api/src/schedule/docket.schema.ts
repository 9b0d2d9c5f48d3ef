import { z } from 'zod';

const date = z.iso.date();
const source = z.enum(['regulations_gov', 'federal_register']);
const NoticeOf = z.object({ number: z.string(), title: z.string(), url: z.string().nullable() });

const Proposal = z.object({
  id: z.uuid(),
  kind: z.enum(['opening', 'extension', 'correction', 'conflict', 'withdrawn']),
  kept: date.nullable().meta({ description: 'The campaign’s own date then, Eastern' }),
  closesOn: z.array(date).meta({ description: 'What may be applied' }),
  regulationsOn: date.nullable(),
  registerOn: z.array(date),
  agreed: z.boolean().meta({ description: 'Both sources say so, for certain' }),
  notice: NoticeOf.nullable(),
  state: z.enum(['open', 'applied', 'dismissed', 'superseded']),
  madeAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
});

const Candidate = z.object({
  number: z.string(),
  title: z.string(),
  agency: z.string().nullable(),
  documentId: z.string().nullable(),
  publishedOn: date.nullable(),
  closesOn: z.array(date),
  url: z.string().nullable(),
});

export const DocketAnswer = z
  .object({
    watched: z.boolean(),
    documentId: z.string().nullable(),
    docketId: z.string().nullable(),
    now: z.iso
      .datetime()
      .meta({ description: 'By the campaign’s clock, as all moments here but `restsUntil`' }),
    nextAt: z.iso.datetime().nullable().meta({ description: 'When they are asked again' }),
    finding: z
      .enum(['unknown', 'agree', 'closed', 'withdrawn', 'opening', 'extension', 'correction', 'conflict'])
      .nullable()
      .meta({ description: 'What both say together' }),
    sources: z.array(
      z.object({
        source,
        askedAt: z.iso.datetime().nullable(),
        title: z.string().nullable(),
        closesOn: z.array(date).meta({ description: 'Empty: it names no date' }),
        withdrawn: z.boolean(),
        notice: NoticeOf.nullable(),
        health: z.enum(['fine', 'trouble', 'resting']),
        restsUntil: z.iso.datetime().nullable(),
      }),
    ),
    sharedKey: z.boolean().meta({ description: 'Nobody has set a key, so that little may be asked' }),
    byItself: z.boolean(),
    search: z.object({ agency: z.string(), words: z.string() }).nullable(),
    proposals: z.array(Proposal).meta({ description: 'The newest first' }),
    candidates: z.array(Candidate),
  })
  .meta({ id: 'Docket' });
export type DocketAnswer = z.infer<typeof DocketAnswer>;

const words = (most: number) => z.string().trim().min(2).max(most);
export const DocketForm = z
  .strictObject({
    byItself: z.boolean().meta({ description: 'An extension that both sources agree on moves the deadline' }),
    search: z
      .strictObject({ agency: words(120), words: words(200) })
      .nullable()
      .meta({ description: 'What a campaign that waits for its document looks for in the Federal Register' }),
  })
  .partial()
  .meta({ id: 'DocketForm' });
export type DocketForm = z.infer<typeof DocketForm>;

export const ApplyForm = z
  .strictObject({
    closesOn: date.optional().meta({ description: 'Which of several dates; of one it may be left out' }),
    version: z.int().optional(),
  })
  .meta({ id: 'ApplyProposal' });
export type ApplyForm = z.infer<typeof ApplyForm>;

export const noticeNumber = z.string().regex(/^[\w-]{4,30}$/, 'must be a number like 2027-01234');
