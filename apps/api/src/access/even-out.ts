import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Answers that must not tell by their time whether a contact is known. */
const evened: readonly string[] = [
  '/c/:campaign/:coalition',
  '/c/:campaign/:coalition/next',
  '/welcome/:token/done',
  '/welcome/:token/form',
  '/api/v1/sign-in',
];

const earliest = 200;
const step = 50;

/** When an answer may leave that was ready after so long, in milliseconds: one of few moments, whatever the work was. */
export const leavesAt = (ready: number): number =>
  earliest + Math.max(0, Math.ceil((ready - earliest) / step)) * step;

/** A stranger could measure the work that a known contact makes; so the answer waits, and nobody else's with it. */
export function evenOut(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async ({ method, routeOptions }, reply) => {
    if (method !== 'POST' || !evened.includes(routeOptions.url ?? '')) return;
    const ready = reply.elapsedTime;
    await wait(leavesAt(ready) - ready);
  });
}
