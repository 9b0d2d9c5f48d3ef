import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { z } from 'zod';
import { Deliver, ExpandWave, type JobDefinition } from './jobs.js';
import { QueueLink } from './link.js';

/** Shortens the wait for work that the ledger holds already. A lost wake-up costs at most a tick. */
@Injectable()
export class Wake {
  private readonly queues: Record<string, Queue>;
  /** Whether another is to follow. */
  private readonly onTheirWay = new Map<string, boolean>();

  constructor(
    @InjectQueue(ExpandWave.queue) dispatch: Queue,
    @InjectQueue(Deliver.queue) deliver: Queue,
    private readonly link: QueueLink,
  ) {
    this.queues = { [ExpandWave.queue]: dispatch, [Deliver.queue]: deliver };
    for (const queue of Object.values(this.queues)) queue.on('error', (problem) => link.complain(problem));
  }

  deliver(payload: z.infer<typeof Deliver.payload>): void {
    this.add(Deliver, payload);
  }

  expand(payload: z.infer<typeof ExpandWave.payload>): void {
    this.add(ExpandWave, payload);
  }

  /** One that is asked for while the same is on its way follows it, however often it is asked for. */
  private add<Payload extends z.ZodType>(job: JobDefinition<Payload>, payload: z.infer<Payload>): void {
    const name = `${job.name} ${JSON.stringify(payload)}`;
    const isOnItsWay = this.onTheirWay.has(name);
    this.onTheirWay.set(name, isOnItsWay);
    if (isOnItsWay) return;
    this.queues[job.queue]!.add(job.name, payload, job.options)
      .then(
        () => this.link.back(),
        (problem: unknown) => this.link.complain(problem),
      )
      .finally(() => {
        const again = this.onTheirWay.get(name);
        this.onTheirWay.delete(name);
        if (again) this.add(job, payload);
      });
  }
}
