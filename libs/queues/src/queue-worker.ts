import { OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject } from '@nestjs/common';
import { QueueLink } from './link.js';

/** A worker on a queue that may go away: it says so, and neither sending nor stopping waits for it. */
export abstract class QueueWorker extends WorkerHost implements BeforeApplicationShutdown {
  @Inject(QueueLink) private readonly link!: QueueLink;

  @OnWorkerEvent('error')
  say(problem: Error): void {
    this.link.complain(problem);
  }

  /** Finishes the jobs under way; by force when the queue is away, since it holds nothing that the ledger does not. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close(!this.link.isUp());
  }
}
