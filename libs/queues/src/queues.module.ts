import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { chooseBackend, type QueueSettings } from './backend.js';
import { Deliver, ExpandWave } from './jobs.js';
import { QueueLink } from './link.js';
import { Wake } from './wake.js';

const queues = [...new Set([ExpandWave.queue, Deliver.queue])];

/** BullMQ, which only wakes: what is due is read from the ledger. */
@Module({})
export class QueuesModule {
  static with(settings: QueueSettings): DynamicModule {
    const connection = chooseBackend(settings);
    return {
      module: QueuesModule,
      global: true,
      imports: [
        BullModule.forRoot({ connection }),
        // Braces keep all keys of a queue in one slot of a Redis Cluster.
        BullModule.registerQueue(
          ...queues.map((name) => ({ name, ...(settings.REDIS_URL && { prefix: `{drumbeat-${name}}` }) })),
        ),
      ],
      providers: [Wake, { provide: QueueLink, useValue: new QueueLink(connection) }],
      exports: [Wake, QueueLink, BullModule],
    };
  }
}
