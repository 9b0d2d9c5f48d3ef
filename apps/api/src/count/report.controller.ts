import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { Id } from '../schedule/campaign.schema.js';
import { InLanguage } from '../share/share.schema.js';
import { ReportService } from './report.service.js';

/** A campaign told to somebody outside. Who takes a file is in the audit log. */
@ApiTags('counts')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id')
export class ReportController {
  constructor(private readonly reports: ReportService) {}

  @Get('report.pdf')
  @ApiProduces('application/pdf')
  @Header('cache-control', 'private, no-cache')
  async pdf(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: InLanguage }) { language }: z.infer<typeof InLanguage>,
    @CurrentStaff() staff: StaffKey,
  ) {
    const { name, content } = await this.reports.pdf(id, language, staff);
    return new StreamableFile(content, {
      type: 'application/pdf',
      disposition: `attachment; filename="${name}"`,
      length: content.length,
    });
  }

  @Get('report.csv')
  @ApiProduces('text/csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  csv(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: InLanguage }) { language }: z.infer<typeof InLanguage>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.reports.csv(id, language, staff);
  }
}
