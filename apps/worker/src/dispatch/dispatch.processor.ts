import { Processor } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { ExpandWave, QueueWorker } from '#queues';
import { DispatchService } from './dispatch.service.js';

@Processor(ExpandWave.queue, { concurrency: 2 })
export class DispatchProcessor extends QueueWorker {
  constructor(private readonly dispatch: DispatchService) {
    super();
  }

  async process(job: Job): Promise<void> {
    await this.dispatch.expand(ExpandWave.payload.parse(job.data).waveId);
  }
}
