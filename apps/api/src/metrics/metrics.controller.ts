import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isBearer } from '#boot';
import { Access } from '../access/access.js';
import { Problem } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { ApiMetrics } from './api-metrics.js';

@ApiExcludeController()
@Access('monitor')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: ApiMetrics,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async read(@Req() { headers }: FastifyRequest): Promise<string> {
    const { METRICS_TOKEN } = this.settings;
    if (!METRICS_TOKEN)
      throw new Problem(404, 'metrics_shut', 'Set METRICS_TOKEN, and send it as a bearer token.');
    if (!isBearer(headers.authorization, METRICS_TOKEN))
      throw new Problem(401, 'metrics_token', 'Send METRICS_TOKEN as "Authorization: Bearer TOKEN".');
    return this.metrics.registry.metrics();
  }
}
