import type { Row } from '../row.js';
import { apiUnderSend } from './api-under-send.js';
import { claimAfter2m, claimBacklog } from './claims.js';
import { expandInsert } from './expand-insert.js';
import { fairness } from './fairness.js';
import { liveFigures } from './live-figures.js';
import { memory } from './memory.js';
import { pipelineDkimR0 } from './pipeline-dkim-r0.js';
import { pipelinePerJob } from './pipeline-per-job.js';
import { pipelineR0 } from './pipeline-r0.js';
import { punctuality } from './punctuality.js';
import { signupInsert } from './signup-insert.js';
import { tally } from './tally.js';
import { twoWorkers } from './two-workers.js';
import { wakePgRedis } from './wake-pg-redis.js';

/** In the order of the table. */
export const rows: Row[] = [
  pipelineR0,
  pipelineDkimR0,
  pipelinePerJob,
  wakePgRedis,
  twoWorkers,
  expandInsert,
  claimBacklog,
  claimAfter2m,
  memory,
  fairness,
  signupInsert,
  tally,
  liveFigures,
  apiUnderSend,
  punctuality,
];
