import { Processor } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { Deliver, QueueWorker } from '#queues';
import { DeliverService } from './deliver.service.js';

@Processor(Deliver.queue, { concurrency: 8 })
export class DeliverProcessor extends QueueWorker {
  constructor(private readonly deliver: DeliverService) {
    super();
  }

  async process(job: Job): Promise<void> {
    const { campaignId, channel } = Deliver.payload.parse(job.data);
    await this.deliver.drain(campaignId, channel);
  }
}
