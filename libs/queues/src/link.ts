import { setTimeout as wait } from 'node:timers/promises';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type ConnectionOptions } from 'bullmq';
import { Cluster, Redis } from 'ioredis';

const quietFor = 60_000;
const patience = 2_000;

/** This process's link to its queue. Ended with the application, after everybody who uses it. */
export class QueueLink implements OnApplicationShutdown {
  private readonly log = new Logger(QueueLink.name);
  private readonly redis: Redis | Cluster | undefined;
  private away = false;
  private saidAt = -Infinity;

  constructor(connection: ConnectionOptions) {
    const isRedis = connection instanceof Redis || connection instanceof Cluster;
    this.redis = isRedis ? connection : undefined;
    this.redis?.on('ready', () => this.back());
  }

  /** A Redis that is away cannot be told goodbye. Postgres carries the ledger too: without it nothing is up. */
  isUp(): boolean {
    return this.redis === undefined || this.redis.status === 'ready';
  }

  /** In words, when the queue's backend says nothing for two seconds; what Postgres carries is up when the ledger is. */
  async troubles(): Promise<{ code: 'queue'; detail: string }[]> {
    if (await this.answers()) return [];
    const detail = 'The queue is away. Check the Redis of REDIS_URL; ticks wake the workers meanwhile.';
    return [{ code: 'queue', detail }];
  }

  /** Says that the queue is away; once a minute, however many of its users find out however often. */
  complain(problem: unknown): void {
    if (performance.now() - this.saidAt < quietFor) return;
    this.saidAt = performance.now();
    this.away = true;
    const { code, message } = problem as { code?: string; message?: string };
    const store = this.redis ? 'the Redis of REDIS_URL' : 'the database';
    this.log.warn(
      `The queue is away (${code ?? message ?? 'unknown'}). Nothing is lost: ticks wake the workers meanwhile. Check ${store}`,
    );
  }

  /** Says so once, when it was said to be away. */
  back(): void {
    if (this.away) this.log.warn('The queue is back');
    this.away = false;
  }

  /** Asks only a Redis that is there: a command to another would wait for it. */
  private async answers(): Promise<boolean> {
    if (!this.redis || !this.isUp()) return this.isUp();
    const over = new AbortController();
    const answered = this.redis.ping().then(
      () => true,
      () => false,
    );
    const late = wait(patience, false, { signal: over.signal }).catch(() => false);
    const first = await Promise.race([answered, late]);
    over.abort();
    return first;
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}
