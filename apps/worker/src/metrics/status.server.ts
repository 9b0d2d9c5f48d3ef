import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isBearer } from '#boot';
import { Health } from '#postgres';
import { QueueLink } from '#queues';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';
import { WorkerMetrics } from './worker-metrics.js';

type Answer = { status: number; body: object | string };

/** A worker's `/health/live`, `/health/ready` and `/metrics`, as the api has them, on METRICS_PORT of every interface. */
@Injectable()
export class StatusServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server = createServer(({ url, headers }, response) => {
    const path = (url ?? '/').split('?')[0]!;
    this.answer(path, headers).then(
      (answer) => write(response, answer),
      () => response.destroy(),
    );
  });

  constructor(
    private readonly db: DataSource,
    private readonly queue: QueueLink,
    private readonly metrics: WorkerMetrics,
    @Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { METRICS_PORT } = this.settings;
    if (METRICS_PORT) await once(this.server.listen(METRICS_PORT), 'listening');
  }

  onApplicationShutdown(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(path: string, headers: IncomingHttpHeaders): Promise<Answer> {
    if (path === '/health/live') return { status: 200, body: { status: 'ok' } };
    if (path === '/health/ready') return this.ready();
    if (path === '/metrics') return this.figures(headers.authorization);
    return refusal(404, 'unknown', 'There is nothing at this address.');
  }

  private async ready(): Promise<Answer> {
    const health = new Health(this.db);
    const troubles = [...(await health.troubles(process.uptime())), ...(await this.queue.troubles())];
    const [first] = troubles;
    if (!first) return { status: 200, body: { status: 'ok' } };
    const errors = troubles.map(({ code, detail }) => ({ path: code, message: detail }));
    return refusal(503, first.code, first.detail, errors);
  }

  private async figures(authorization: string | undefined): Promise<Answer> {
    const { METRICS_TOKEN } = this.settings;
    if (!METRICS_TOKEN)
      return refusal(404, 'metrics_shut', 'Set METRICS_TOKEN, and send it as a bearer token.');
    if (!isBearer(authorization, METRICS_TOKEN))
      return refusal(401, 'metrics_token', 'Send METRICS_TOKEN as "Authorization: Bearer TOKEN".');
    return { status: 200, body: await this.metrics.registry.metrics() };
  }
}

const refusal = (status: number, code: string, detail: string, errors?: object[]): Answer => ({
  status,
  body: { status, code, detail, ...(errors && { errors }) },
});

function write(response: ServerResponse, { status, body }: Answer): void {
  const figures = typeof body === 'string';
  const type = figures
    ? 'text/plain; version=0.0.4; charset=utf-8'
    : status < 400
      ? 'application/json'
      : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(figures ? body : JSON.stringify(body));
}
