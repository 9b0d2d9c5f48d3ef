export { type Aim, type Deadline, DeadlineRefused, Deadlines } from './deadlines.js';
export { PersonalPlans, windowsOf } from './personal-plans.js';
export { type Effect, ReplanService, type RungEffect } from './replan.service.js';
