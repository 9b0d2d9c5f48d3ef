import { Body, Controller, Delete, Get, Header, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff, OfCoalition } from '../access/access.js';
import { Id } from '../schedule/campaign.schema.js';
import {
  DashboardAnswer,
  DashboardQuery,
  FunnelAnswer,
  InboxAnswer,
  PeopleAnswer,
  PeopleQuery,
  SeriesAnswer,
  SeriesQuery,
  ToldAnswer,
  ToldForm,
} from './figures.schema.js';
import { FiguresService } from './figures.service.js';
import { PeopleService } from './people.service.js';

const csv = 'text/csv; charset=utf-8';
const OwnSeries = SeriesQuery.omit({ coalitionId: true });

/** What a leader has of one campaign: their coalition and those below it. */
@ApiTags('dashboard')
@ApiBearerAuth()
@Access('leader')
@OfCoalition()
@Controller('api/v1/campaigns/:id/coalitions/:coalitionId')
export class DashboardController {
  constructor(
    private readonly figures: FiguresService,
    private readonly people: PeopleService,
  ) {}

  @Get('dashboard')
  @ApiResponse({ status: 200, standardSchema: DashboardAnswer })
  dashboard(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Query({ schema: DashboardQuery }) { first }: z.infer<typeof DashboardQuery>,
  ) {
    return this.figures.dashboard(id, coalitionId, first);
  }

  @Get('dashboard.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  dashboardFile(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.figures.dashboardFile(id, coalitionId, staff);
  }

  @Get('series')
  @ApiResponse({ status: 200, standardSchema: SeriesAnswer })
  series(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Query({ schema: OwnSeries }) query: z.infer<typeof OwnSeries>,
  ) {
    return this.figures.seriesBelow(id, coalitionId, query);
  }

  @Get('series.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  async seriesFile(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Query({ schema: OwnSeries }) query: z.infer<typeof OwnSeries>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.figures.seriesFile(id, await this.figures.seriesBelow(id, coalitionId, query), staff);
  }

  @Get('funnel')
  @ApiResponse({ status: 200, standardSchema: FunnelAnswer })
  funnel(@Param('id', { schema: Id }) id: string, @Param('coalitionId', { schema: Id }) coalitionId: string) {
    return this.figures.funnelBelow(id, coalitionId);
  }

  @Get('funnel.csv')
  @ApiProduces('text/csv')
  @Header('content-type', csv)
  async funnelFile(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.figures.funnelFile(id, await this.figures.funnelBelow(id, coalitionId), staff);
  }

  /** Who agreed that the leaders of this very coalition see their name; to anybody else it is empty. */
  @Get('people')
  @ApiResponse({ status: 200, standardSchema: PeopleAnswer })
  list(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Query({ schema: PeopleQuery }) query: z.infer<typeof PeopleQuery>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.people.list(id, coalitionId, query, staff);
  }

  /** "They told me that they did it". Once more changes nothing. */
  @Put('people/:signupId/confirmation')
  @ApiResponse({ status: 200, standardSchema: ToldAnswer })
  told(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Param('signupId', { schema: Id }) signupId: string,
    @Body({ schema: ToldForm }) { outcome }: z.infer<typeof ToldForm>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.people.told(id, coalitionId, signupId, outcome, staff);
  }

  /** Only what the caller recorded; the reminders that are still ahead go on. */
  @Delete('people/:signupId/confirmation')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ToldAnswer })
  takeBack(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @Param('signupId', { schema: Id }) signupId: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.people.takeBack(id, coalitionId, signupId, staff);
  }

  /** What people texted that no machine could answer, of those who agreed to be seen here. */
  @Get('texts')
  @ApiResponse({ status: 200, standardSchema: InboxAnswer })
  texts(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.people.texts(id, coalitionId, staff);
  }
}
