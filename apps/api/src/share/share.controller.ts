import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Access, OfCoalition } from '../access/access.js';
import { Id } from '../schedule/campaign.schema.js';
import { InLanguage, ShareAnswer } from './share.schema.js';
import { type File, ShareService } from './share.service.js';

/** Everything that a leader passes on. Looking changes nothing, and what is made is kept nowhere. */
@ApiTags('share')
@ApiBearerAuth()
@Access('leader')
@OfCoalition()
@Controller('api/v1/campaigns/:id/coalitions/:coalitionId/share')
export class ShareController {
  constructor(private readonly share: ShareService) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: ShareAnswer })
  read(@Param('id', { schema: Id }) id: string, @Param('coalitionId', { schema: Id }) coalitionId: string) {
    return this.share.read(id, coalitionId);
  }

  @Get('qr.svg')
  @ApiProduces('image/svg+xml')
  @Header('cache-control', 'private, no-cache')
  async qrSvg(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
  ) {
    return download('image/svg+xml', await this.share.qrSvg(id, coalitionId));
  }

  @Get('qr.png')
  @ApiProduces('image/png')
  @Header('cache-control', 'private, no-cache')
  async qrPng(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
  ) {
    return download('image/png', await this.share.qrPng(id, coalitionId));
  }

  /** One page, US Letter. */
  @Get('flyer.pdf')
  @ApiProduces('application/pdf')
  @Header('cache-control', 'private, no-cache')
  async flyer(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Query({ schema: InLanguage }) { language }: z.infer<typeof InLanguage>,
  ) {
    return download('application/pdf', await this.share.flyer(id, coalitionId, language));
  }

  /** The deadline for a calendar. */
  @Get('deadline.ics')
  @ApiProduces('text/calendar')
  @Header('cache-control', 'private, no-cache')
  async calendar(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Query({ schema: InLanguage }) { language }: z.infer<typeof InLanguage>,
  ) {
    return download('text/calendar; charset=utf-8', await this.share.calendar(id, coalitionId, language));
  }
}

const download = (type: string, { name, content }: File) =>
  new StreamableFile(content, {
    type,
    disposition: `attachment; filename="${name}"`,
    length: content.length,
  });
