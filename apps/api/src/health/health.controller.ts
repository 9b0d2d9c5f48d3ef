import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Health } from '#postgres';
import { QueueLink } from '#queues';
import { Access } from '../access/access.js';
import { Problem } from '../problems/problem.js';

@Controller('health')
@Access('public')
export class HealthController {
  constructor(
    private readonly db: DataSource,
    private readonly queue: QueueLink,
  ) {}

  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** Ready when database, schema, queue and tick are; else it names each that is not, and says what to do. */
  @Get('ready')
  async ready() {
    const health = new Health(this.db);
    const troubles = [...(await health.troubles(process.uptime())), ...(await this.queue.troubles())];
    const [first] = troubles;
    if (first)
      throw new Problem(
        503,
        first.code,
        first.detail,
        troubles.map(({ code, detail }) => ({ path: code, message: detail })),
      );
    return { status: 'ok' };
  }
}
