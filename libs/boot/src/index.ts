export { NestLog, openLog } from './log.js';
export { isBearer, openMetrics } from './metrics.js';
export {
  BadSettings,
  bounceSettings,
  dkimSettings,
  type Key,
  postmarkSettings,
  readSettings,
  Settings,
  wholeOrNone,
} from './settings.js';
export { startOrSay } from './start.js';
