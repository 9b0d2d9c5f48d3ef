export * from './languages.js';
export * from './messages.js';
export * from './pages.js';
export * from './report.js';
export * from './share.js';
export * from './wordings.js';
export type { Messages } from './en/messages.js';
export * from './workshop.js';
