import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { Problem } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { ImportService } from './imports.service.js';
import { largestUpload, Upload, uploadedPart, uploadTooLarge } from './uploads.js';

const Through = z.object({ coalitionId: z.uuid().optional() });
const ImportAnswer = z
  .object({
    id: z.uuid(),
    campaignId: z.uuid(),
    coalitionId: z.uuid(),
    state: z.enum(['running', 'done', 'interrupted']),
    rows: z.int(),
    added: z.int(),
    attested: z.int(),
    known: z.int(),
    refused: z.int(),
    problems: z.array(z.object({ line: z.int(), column: z.string().nullable(), message: z.string() })),
  })
  .meta({ id: 'ImportAnswer' });

@ApiTags('signups')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1')
export class ImportsController {
  constructor(private readonly imports: ImportService) {}

  /**
   * A CSV file of at most 20 MB in UTF-8, as the body or as the part `file` of a form: columns email, phone, name, zip,
   * zone, language, proof_wording, proof_at, proof_source. Answers 200 when all is taken, 202 while it goes on.
   */
  @Post('campaigns/:id/imports')
  @HttpCode(200)
  @RouteConfig({ multipartOptions: uploadedPart })
  @ApiConsumes('text/csv', 'multipart/form-data')
  @ApiBody({
    schema: {
      oneOf: [
        { type: 'string', description: 'text/csv: the file' },
        {
          type: 'object',
          properties: {
            file: { type: 'string', format: 'binary' },
            coalitionId: { type: 'string', format: 'uuid' },
          },
        },
      ],
    },
  })
  @ApiResponse({ status: 200, standardSchema: ImportAnswer })
  @ApiResponse({ status: 202, standardSchema: ImportAnswer })
  async create(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: Through }) { coalitionId }: z.infer<typeof Through>,
    @CurrentStaff() staff: StaffKey,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { file, through } = uploadOf(request.body, coalitionId);
    const answer = await this.imports.take(
      id,
      through,
      await file.bytes(largestUpload, uploadTooLarge),
      staff,
    );
    if (answer.state === 'interrupted') {
      throw new Problem(
        503,
        'import_interrupted',
        `It stopped after ${answer.rows} rows. Send the same file again, and it goes on from there.`,
      );
    }
    if (answer.state === 'running') void reply.status(202);
    return answer;
  }

  /** How far a list is, and what was wrong in which line: line numbers and columns, nothing of what stands there. */
  @Get('imports/:id')
  @ApiResponse({ status: 200, standardSchema: ImportAnswer })
  read(@Param('id', { schema: Id }) id: string) {
    return this.imports.read(id);
  }
}

function uploadOf(body: unknown, asked: string | undefined): { file: Upload; through: string } {
  const form =
    body instanceof Upload ? { file: body } : ((body ?? {}) as { file?: unknown; coalitionId?: unknown });
  const through = z.uuid().safeParse(asked ?? ('coalitionId' in form ? form.coalitionId : undefined));
  if (!(form.file instanceof Upload)) {
    throw new Problem(415, 'file_missing', 'Send the list as text/csv, or as the part "file" of a form.', [
      { path: 'file', message: 'is missing' },
    ]);
  }
  if (!through.success) {
    throw new Problem(400, 'invalid', 'Say through which coalition they join: ?coalitionId=…', [
      { path: 'coalitionId', message: 'must be the id of a coalition' },
    ]);
  }
  return { file: form.file, through: through.data };
}
