import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Campaigns, Keyring } from '#postgres';
import { Access } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

const LeaderLink = z.object({ url: z.url() }).meta({ id: 'LeaderLink' });

/** For a leader without an account: the link to a page with their coalition's figures. Whoever has it sees them. */
@ApiTags('dashboard')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/coalitions/:coalitionId/leader-link')
export class LeaderLinkController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: LeaderLink })
  async read(
    @Param('id', { schema: Id }) id: string,
    @Param('coalitionId', { schema: Id }) coalitionId: string,
  ) {
    const key = (await new Campaigns(this.db.manager).leaderKeysOf(id)).get(coalitionId);
    if (!key) throw unknown('coalition');
    return {
      url: `${this.settings.PUBLIC_URL}/leader/${this.keys.token(key, `${id}/${coalitionId}`, 'leader')}`,
    };
  }
}
