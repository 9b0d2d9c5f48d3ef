import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { Id } from '../schedule/campaign.schema.js';
import {
  DeliverabilityAnswer,
  FunnelAnswer,
  SeriesAnswer,
  SeriesQuery,
  SideBySideAnswer,
  SideBySideQuery,
} from './figures.schema.js';
import { FiguresService } from './figures.service.js';

const OfCoalitionQuery = z.object({ coalitionId: z.uuid().optional() });
const csv = 'text/csv; charset=utf-8';

/** A campaign's figures for charts, each as JSON and as CSV. Who takes a file is in the audit log. */
@ApiTags('counts')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  /** How signups and confirmations grew, by the campaign's clock. */
  @Get('series')
  @ApiResponse({ status: 200, standardSchema: SeriesAnswer })
  series(@Param('id', { schema: Id }) id: string, @Query({ schema: SeriesQuery }) query: SeriesQuery) {
    return this.figures.series(id, query);
  }

  @Get('series.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  async seriesFile(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SeriesQuery }) query: SeriesQuery,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.figures.seriesFile(id, await this.figures.series(id, query), staff);
  }

  /** What was done each day towards the goal, and how many it takes on the days ahead. */
  @Get('road.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  roadFile(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SeriesQuery }) query: SeriesQuery,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.figures.roadFile(id, query, staff);
  }

  /** How many came how far. A stage is not part of the one before: who never opted in may have gone to the form. */
  @Get('funnel')
  @ApiResponse({ status: 200, standardSchema: FunnelAnswer })
  funnel(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: OfCoalitionQuery }) { coalitionId }: z.infer<typeof OfCoalitionQuery>,
  ) {
    return this.figures.funnel(id, coalitionId);
  }

  @Get('funnel.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  async funnelFile(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: OfCoalitionQuery }) { coalitionId }: z.infer<typeof OfCoalitionQuery>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.figures.funnelFile(id, await this.figures.funnel(id, coalitionId), staff);
  }

  /** Coalitions beside each other by rate or by number, twenty a page, found by name. */
  @Get('side-by-side')
  @ApiResponse({ status: 200, standardSchema: SideBySideAnswer })
  sideBySide(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: SideBySideQuery }) query: SideBySideQuery,
  ) {
    return this.figures.sideBySide(id, query);
  }

  /** What became of the messages, by channel. */
  @Get('deliverability')
  @ApiResponse({ status: 200, standardSchema: DeliverabilityAnswer })
  deliverability(@Param('id', { schema: Id }) id: string) {
    return this.figures.deliverability(id);
  }

  @Get('deliverability.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  deliverabilityFile(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey) {
    return this.figures.deliverabilityFile(id, staff);
  }

  @Get('tally.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  tallyFile(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey) {
    return this.figures.tallyFile(id, staff);
  }
}
