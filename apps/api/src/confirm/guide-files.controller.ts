import {
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExcludeController,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { GuideFiles, type StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { Upload } from '../signup/uploads.js';
import { fileTooLarge, largestFile } from './guide-file.js';
import { FileName, GuideFileAnswer, GuideFileList } from './guide-files.schema.js';
import { GuideFilesService } from './guide-files.service.js';

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/files')
export class GuideFilesController {
  constructor(private readonly files: GuideFilesService) {}

  /** What people can file with their comment; the guide offers it. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: GuideFileList })
  async list(@Param('id', { schema: Id }) id: string) {
    return { items: await this.files.list(id), nextCursor: null };
  }

  /** A PDF, Word document, text, JPEG or PNG of at most 10 MB as the body, by its content; three of them. Pictures lose what they tell of their camera. */
  @Post()
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 201, standardSchema: GuideFileAnswer })
  async add(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: FileName }) { name }: z.infer<typeof FileName>,
    @Req() request: FastifyRequest,
    @CurrentStaff() staff: StaffKey,
  ) {
    if (!(request.body instanceof Upload))
      throw new Problem(415, 'file_type', 'Send the file itself as the body, as application/octet-stream.');
    return this.files.add(id, name, await request.body.bytes(largestFile, fileTooLarge), staff);
  }

  /** The guide offers it no more; until another one is taken off it can be put back. */
  @Delete(':fileId')
  @ApiResponse({ status: 200, standardSchema: GuideFileAnswer })
  takeOff(
    @Param('id', { schema: Id }) id: string,
    @Param('fileId', { schema: Id }) fileId: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.files.takeOff(id, fileId, staff);
  }

  @Post(':fileId/restore')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: GuideFileAnswer })
  putBack(
    @Param('id', { schema: Id }) id: string,
    @Param('fileId', { schema: Id }) fileId: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.files.putBack(id, fileId, staff);
  }
}

/** For anybody, saved and never shown by the browser itself. */
@ApiExcludeController()
@Access('public')
@Controller('files/:campaign')
export class FileController {
  constructor(private readonly db: DataSource) {}

  @Get(':file')
  @Header('cache-control', 'public, max-age=300')
  async read(
    @Param('campaign', { schema: z.string() }) campaign: string,
    @Param('file', { schema: Id }) id: string,
  ): Promise<StreamableFile> {
    const file = await new GuideFiles(this.db.manager).content(campaign, id);
    if (!file) throw unknown('file');
    return new StreamableFile(file.content, { type: file.type, disposition: savedAs(file.name) });
  }
}

/** RFC 6266: the name in ASCII for what is old, in UTF-8 for what is not. */
const savedAs = (name: string) =>
  `attachment; filename="${name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(
      /["\\]/g,
      '',
    )}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
