import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff, OfCoalition } from '../access/access.js';
import { Problem } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { Upload } from '../signup/uploads.js';
import {
  CoalitionAnswer,
  CoalitionForm,
  CoalitionList,
  CoalitionPatch,
  MergeAnswer,
  MergeForm,
  MergeInto,
} from './coalition.schema.js';
import { CoalitionsService } from './coalitions.service.js';
import { largestImage, tooLarge } from './logo.js';

const OfVersion = z.object({ version: z.coerce.number().int().positive() });

@ApiTags('coalitions')
@ApiBearerAuth()
@Controller('api/v1/coalitions')
export class CoalitionsController {
  constructor(private readonly coalitions: CoalitionsService) {}

  /** The whole tree; for a leader their own coalition and those below it. */
  @Get()
  @Access('leader')
  @ApiResponse({ status: 200, standardSchema: CoalitionList })
  async list(@CurrentStaff() staff: StaffKey) {
    return { items: await this.coalitions.list(staff), nextCursor: null };
  }

  @Post()
  @Access('organizer')
  @ApiResponse({ status: 201, standardSchema: CoalitionAnswer })
  create(@Body({ schema: CoalitionForm }) form: CoalitionForm, @CurrentStaff() staff: StaffKey) {
    return this.coalitions.create(form, staff);
  }

  @Get(':coalitionId')
  @Access('leader')
  @OfCoalition()
  @ApiResponse({ status: 200, standardSchema: CoalitionAnswer })
  read(@Param('coalitionId', { schema: Id }) id: string) {
    return this.coalitions.read(id);
  }

  /** Answers 409 when somebody saved since `version`, and says what. */
  @Patch(':coalitionId')
  @Access('leader')
  @OfCoalition()
  @ApiResponse({ status: 200, standardSchema: CoalitionAnswer })
  patch(
    @Param('coalitionId', { schema: Id }) id: string,
    @Body({ schema: CoalitionPatch }) form: CoalitionPatch,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.coalitions.patch(id, form, staff);
  }

  /** A PNG, JPEG or WebP of at most 2 MB as the body. It is drawn anew; `PATCH` with `logo` takes it off or puts the last one back. */
  @Put(':coalitionId/logo')
  @Access('leader')
  @OfCoalition()
  @ApiConsumes('image/png', 'image/jpeg', 'image/webp')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, standardSchema: CoalitionAnswer })
  async setLogo(
    @Param('coalitionId', { schema: Id }) id: string,
    @Query({ schema: OfVersion }) { version }: z.infer<typeof OfVersion>,
    @Req() request: FastifyRequest,
    @CurrentStaff() staff: StaffKey,
  ) {
    if (!(request.body instanceof Upload))
      throw new Problem(
        415,
        'image_type',
        'Send the picture itself as the body, as image/png, image/jpeg or image/webp.',
      );
    return this.coalitions.setLogo(id, version, await request.body.bytes(largestImage, tooLarge), staff);
  }

  /** What would follow if this coalition became part of another. */
  @Get(':coalitionId/merge')
  @Access('organizer')
  @ApiResponse({ status: 200, standardSchema: MergeAnswer })
  previewMerge(
    @Param('coalitionId', { schema: Id }) id: string,
    @Query({ schema: MergeInto }) { into }: z.infer<typeof MergeInto>,
  ) {
    return this.coalitions.previewMerge(id, into);
  }

  /** This coalition becomes part of the other; that cannot be undone. Pressed twice it happens once. */
  @Post(':coalitionId/merge')
  @HttpCode(200)
  @Access('organizer')
  @ApiResponse({ status: 200, standardSchema: MergeAnswer })
  merge(
    @Param('coalitionId', { schema: Id }) id: string,
    @Body({ schema: MergeForm }) { into }: z.infer<typeof MergeForm>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.coalitions.merge(id, into, staff);
  }
}
