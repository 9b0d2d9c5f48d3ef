export { migrateQueues, type QueueSettings } from './backend.js';
export { Deliver, ExpandWave, type JobDefinition } from './jobs.js';
export { QueueLink } from './link.js';
export { QueueWorker } from './queue-worker.js';
export { QueuesModule } from './queues.module.js';
export { Wake } from './wake.js';
