import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type DocketDocument, docketZone, parsePasted, readDocument } from '#domain';
import { CampaignClock, Keyring, Limits, type StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { Problem } from '../problems/problem.js';
import { RegulationsGov } from './regulations-gov.js';

const LookUp = z
  .strictObject({
    addressOrId: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .meta({ description: 'Any address of regulations.gov, or the id of a document or of a docket' }),
  })
  .meta({ id: 'DocketLookUp' });

const Found = z
  .object({
    documents: z
      .array(
        z.object({
          documentId: z.string(),
          docketId: z.string().nullable(),
          title: z.string(),
          agency: z.string().nullable(),
          documentType: z.string().nullable(),
          url: z.url().meta({ description: 'The comment form' }),
          opensAt: z.iso.datetime().nullable(),
          deadlineAt: z.iso
            .datetime()
            .nullable()
            .meta({ description: 'The end of the last day, Eastern; null when the agency names none' }),
          deadlineZone: z.string(),
          isOpen: z.boolean().meta({ description: 'By its dates, now' }),
          withdrawn: z.boolean(),
        }),
      )
      .meta({ description: 'One; of a docket, all that had a comment period, the latest first' }),
  })
  .meta({ id: 'DocketDocuments' });

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/dockets')
export class DocketsController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly regulations: RegulationsGov,
  ) {}

  /** Title, agency and dates, as regulations.gov has them now. Nothing is watched or saved. */
  @Post('look-up')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Found })
  async lookUp(
    @Body({ schema: LookUp }) { addressOrId }: z.infer<typeof LookUp>,
    @CurrentStaff() staff: StaffKey,
  ): Promise<z.infer<typeof Found>> {
    const pasted = parsePasted(addressOrId);
    if (!pasted || !('document' in pasted || 'docket' in pasted))
      throw new Problem(
        422,
        'not_a_document',
        'This is no address of regulations.gov and no id. Copy the address of the page where one comments, or an id like BLS-2024-0001-0001.',
        [{ path: 'addressOrId', message: 'must be an address of regulations.gov or the id of a document' }],
      );
    const limit = { name: 'docket_look_ups', of: staff.id, most: 60, seconds: 3_600 };
    if ((await new Limits(this.db.manager, this.keys).take([limit])).full !== null)
      throw new Problem(
        429,
        'look_ups_full',
        'That is enough look-ups for an hour. Enter the comment period’s end by hand, or try again later.',
      );
    const found =
      'document' in pasted
        ? [await this.regulations.document(pasted.document)]
        : await this.regulations.documentsOf(pasted.docket);
    const now = await new CampaignClock(this.db.manager).now();
    const documents = found.flatMap((data) => readDocument(data, now) ?? []);
    const listed = 'document' in pasted ? documents : documents.filter(({ closesAt }) => closesAt !== null);
    if (listed.length === 0) {
      const named = 'document' in pasted ? pasted.document : pasted.docket;
      throw new Problem(
        404,
        'document_unknown',
        `regulations.gov has no document that takes comments under "${named}". Check the id, or enter the comment period’s end by hand.`,
      );
    }
    return { documents: listed.map(answerOf) };
  }
}

const answerOf = ({ opensAt, closesAt, notice: _, objectId: __, ...document }: DocketDocument) => ({
  ...document,
  opensAt: opensAt?.toISOString() ?? null,
  deadlineAt: closesAt?.toISOString() ?? null,
  deadlineZone: docketZone,
});
