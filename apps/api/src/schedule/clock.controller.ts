import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CampaignClock } from '#postgres';
import { Access } from '../access/access.js';

const Clock = z.object({ now: z.iso.datetime() }).meta({ id: 'Clock' });

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('leader')
@Controller('api/v1/clock')
export class ClockController {
  constructor(private readonly db: DataSource) {}

  /** What time campaigns go by. The sandbox moves it. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: Clock })
  async read() {
    return { now: (await new CampaignClock(this.db.manager).now()).toISOString() };
  }
}
