export { NestLog, openLog } from './log.js';
export { BadSettings, type Key, readSettings, Settings } from './settings.js';
export { startOrSay } from './start.js';
