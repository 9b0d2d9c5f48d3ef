import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Access } from '../access/access.js';
import { Problem } from '../problems/problem.js';

@Controller('health')
@Access('public')
export class HealthController {
  constructor(private readonly db: DataSource) {}

  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** Ready when the database answers and its schema is this build's. */
  @Get('ready')
  async ready() {
    const behind = await this.db.showMigrations().catch(() => {
      throw new Problem(503, 'database', 'The database does not answer. Check DATABASE_URL and the server.');
    });
    if (behind)
      throw new Problem(
        503,
        'schema',
        'The schema is behind this build. Restart an api process: it brings the schema up to date.',
      );
    return { status: 'ok' };
  }
}
