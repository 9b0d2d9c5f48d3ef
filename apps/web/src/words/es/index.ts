export * from './shell.js';
export * from './campaigns.js';
