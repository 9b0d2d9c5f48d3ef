export * from './shell.js';
export * from './campaigns.js';
export * from './coalitions.js';
export * from './share.js';
export * from './setup.js';
export * from './campaign.js';
export * from './accounts.js';
export * from './dashboard.js';
