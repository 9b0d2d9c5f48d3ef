import type { OnApplicationShutdown } from '@nestjs/common';
import { type ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';

/** This process's link to its queue. Ended with the application, after everybody who uses it. */
export class QueueLink implements OnApplicationShutdown {
  private readonly redis: Redis | undefined;

  constructor(connection: ConnectionOptions) {
    this.redis = connection instanceof Redis ? connection : undefined;
  }

  /** A Redis that is away cannot be told goodbye. Postgres carries the ledger too: without it nothing is up. */
  isUp(): boolean {
    return this.redis === undefined || this.redis.status === 'ready';
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}
