import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  commentedOn,
  documentIn,
  documentsIn,
  FederalRegister,
  noticeIn,
  RegulationsGov,
  SourceTrouble,
} from '#dockets';
import { deadlineOf, type DocketDocument, docketZone, type Notice, parsePasted } from '#domain';
import { CampaignClock, Keyring, Limits, type StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { bad, Problem } from '../problems/problem.js';
import { sayTrouble } from './source-problem.js';

/** Seconds that an answer may be old while somebody looks around. */
const fresh = 600;

const LookUp = z
  .strictObject({
    addressOrId: z.string().trim().min(1).max(500).meta({
      description:
        'Any address of regulations.gov or federalregister.gov; or the id of a document, a docket or a comment, or the number of a notice',
    }),
  })
  .meta({ id: 'DocketLookUp' });

const Found = z
  .object({
    recognised: z
      .enum(['document', 'docket', 'comment', 'notice'])
      .meta({ description: 'What was pasted; the documents are what it leads to' }),
    documents: z
      .array(
        z.object({
          documentId: z.string().nullable().meta({ description: 'Null: only the Federal Register knows it' }),
          docketId: z.string().nullable(),
          title: z.string(),
          agency: z.string().nullable(),
          documentType: z.string().nullable(),
          url: z.url().meta({ description: 'The comment form' }),
          notice: z.string().nullable().meta({ description: 'Its number in the Federal Register' }),
          opensAt: z.iso.datetime().nullable(),
          deadlineAt: z.iso
            .datetime()
            .nullable()
            .meta({ description: 'The end of the last day, Eastern; null when the agency names none' }),
          deadlineZone: z.string(),
          isOpen: z.boolean().meta({ description: 'By its dates, now' }),
          isOver: z
            .boolean()
            .meta({ description: 'Its last day has passed; no campaign can be launched for it' }),
          withdrawn: z.boolean(),
        }),
      )
      .meta({ description: 'One; of a docket, all that had a comment period, the latest first' }),
  })
  .meta({ id: 'DocketDocuments' });
type Found = z.infer<typeof Found>;
type FoundDocument = Found['documents'][number];

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/dockets')
export class DocketsController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly regulations: RegulationsGov,
    private readonly register: FederalRegister,
  ) {}

  /** Title, agency and dates, as the two sources have them now, of whatever was pasted. */
  @Post('look-up')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Found })
  async lookUp(
    @Body({ schema: LookUp }) { addressOrId }: z.infer<typeof LookUp>,
    @CurrentStaff() staff: StaffKey,
  ): Promise<Found> {
    const pasted = parsePasted(addressOrId);
    if (!pasted) throw notADocument;
    if ('elsewhere' in pasted) throw anotherSite(pasted.elsewhere);
    const limit = { name: 'docket_look_ups', of: staff.id, most: 60, seconds: 3_600 };
    if ((await new Limits(this.db.manager, this.keys).take([limit])).full !== null)
      throw new Problem(
        429,
        'look_ups_full',
        'That is enough look-ups for an hour. Enter the comment period’s end by hand, or try again later.',
      );
    const now = await new CampaignClock(this.db.manager).now();
    try {
      if ('docket' in pasted) return await this.ofDocket(pasted.docket, now);
      if ('notice' in pasted) return await this.ofNotice(pasted.notice, now);
      if ('comment' in pasted) return await this.ofComment(pasted.comment, now);
      const document = await this.document(pasted.document, now);
      if (document) return { recognised: 'document', documents: [document] };
      // A comment's id looks like a document's.
      return await this.ofComment(pasted.document, now);
    } catch (error) {
      return sayTrouble(error);
    }
  }

  private async ofDocket(id: string, now: Date): Promise<Found> {
    const read = documentsIn(await this.regulations.documentsOf(id, fresh), now);
    if (read.length === 0) throw unknownDocument(id);
    const documents = read.filter(({ closesAt }) => closesAt !== null).map((found) => answerOf(found, now));
    if (documents.length === 0)
      throw new Problem(
        404,
        'no_comment_period',
        `No document of docket "${id}" has had a comment period. Enter its end by hand when the agency names one.`,
      );
    return { recognised: 'docket', documents };
  }

  private async ofNotice(number: string, now: Date): Promise<Found> {
    const notice = noticeIn(await this.register.notice(number, fresh));
    if (!notice) throw unknownDocument(number);
    const there = notice.documentId && (await this.document(notice.documentId, now).catch(quietly));
    return { recognised: 'notice', documents: [there || ofRegister(notice, now)] };
  }

  private async ofComment(id: string, now: Date): Promise<Found> {
    const on = commentedOn(await this.regulations.comment(id, fresh));
    const document = on && (await this.document(on, now));
    if (!document) throw unknownDocument(id);
    return { recognised: 'comment', documents: [document] };
  }

  private async document(id: string, now: Date): Promise<FoundDocument | null> {
    const found = documentIn(await this.regulations.document(id, fresh), now);
    return found && answerOf(found, now);
  }
}

const notADocument = new Problem(
  422,
  'not_a_document',
  'This is no address of regulations.gov and no id. Copy the address of the page where one comments, or an id like BLS-2024-0001-0001.',
  [bad('addressOrId', 'docket')],
);
const anotherSite = (host: string) =>
  new Problem(
    422,
    'another_site',
    `This is an address at ${host}. We look documents up at regulations.gov and federalregister.gov; a form that is elsewhere goes into "Address of the form".`,
    [{ path: 'addressOrId', message: 'must be an address of regulations.gov or federalregister.gov' }],
  );
const unknownDocument = (id: string) =>
  new Problem(
    404,
    'document_unknown',
    `There is no document that takes comments under "${id}". Check the id, or enter the comment period’s end by hand.`,
  );

/** The other source says enough without it. */
const quietly = (error: unknown) => {
  if (error instanceof SourceTrouble) return null;
  throw error;
};

const answerOf = (
  { opensAt, closesAt, objectId: _, ...document }: DocketDocument,
  now: Date,
): FoundDocument => ({
  ...document,
  opensAt: opensAt?.toISOString() ?? null,
  deadlineAt: closesAt?.toISOString() ?? null,
  deadlineZone: docketZone,
  isOver: closesAt !== null && closesAt < now,
});

/** What only the Federal Register says; of several dates none, for only a person can tell which is ours. */
function ofRegister(notice: Notice, now: Date): FoundDocument {
  const [date, another] = notice.closesOn;
  const closesAt = date && !another ? deadlineOf(date) : null;
  return {
    documentId: notice.documentId,
    docketId: notice.docketIds[0] ?? null,
    title: notice.title,
    agency: notice.agencies.at(-1) ?? null,
    documentType: 'Notice',
    url: notice.commentUrl ?? notice.url ?? `https://www.federalregister.gov/d/${notice.number}`,
    notice: notice.number,
    opensAt: null,
    deadlineAt: closesAt?.toISOString() ?? null,
    deadlineZone: docketZone,
    isOpen: closesAt !== null && closesAt > now,
    isOver: closesAt !== null && closesAt < now,
    withdrawn: false,
  };
}
