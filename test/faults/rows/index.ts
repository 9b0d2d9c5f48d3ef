import type { Row } from '../trial.js';
import { callbacks } from './callbacks.js';
import { control } from './control.js';
import { doubleLaunch } from './double-launch.js';
import { dropBefore250 } from './drop-before-250.js';
import { killInGap } from './kill-in-gap.js';
import { ledgerModel } from './ledger-model.js';
import { outagePastDeadline } from './outage.js';
import { pgRestart } from './pg-restart.js';
import { poison } from './poison.js';
import { redisCluster, redisLost } from './redis.js';
import { sigkill20 } from './sigkill20.js';
import { sigstop, sigterm } from './signals.js';
import { skewedClock } from './skewed-clock.js';
import { slowProvider } from './slow-provider.js';
import { stampede } from './stampede.js';
import { stopMidwave } from './stop-midwave.js';

/** What can fail, each by its name; the control, which must lose; and the ledger against its model. */
export const rows: Row[] = [
  sigkill20,
  killInGap,
  dropBefore250,
  sigstop,
  sigterm,
  pgRestart,
  redisLost,
  redisCluster,
  stampede,
  doubleLaunch,
  outagePastDeadline,
  stopMidwave,
  poison,
  slowProvider,
  callbacks,
  skewedClock,
  control,
  ledgerModel,
];
