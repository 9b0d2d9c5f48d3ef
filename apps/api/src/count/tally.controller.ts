import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Campaigns } from '#postgres';
import { Access } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { TallyService } from './tally.service.js';

@ApiTags('counts')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id')
export class TallyController {
  constructor(
    private readonly db: DataSource,
    private readonly tallies: TallyService,
  ) {}

  @Get('tally')
  async tally(@Param('id', { schema: Id }) id: string) {
    await this.known(id);
    return this.tallies.of(id);
  }

  /** Per kind, rung and channel: planned, sent, skipped and failed by reason, unknown, how fast it goes and how long still. */
  @Get('progress')
  async progress(@Param('id', { schema: Id }) id: string) {
    await this.known(id);
    return { items: await this.tallies.progress(id) };
  }

  private async known(id: string): Promise<void> {
    if (!(await new Campaigns(this.db.manager).byId(id))) throw unknown('campaign');
  }
}
