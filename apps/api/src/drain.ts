import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** A request that takes longer than this is cut off when the api stops; Fastify gives a hook 10 seconds. */
const patience = 8_000;

/**
 * At a stop the requests under way are answered, then every connection ends: also one that a browser opened ahead and
 * has not used yet, which Node would wait for.
 */
export function drainAtClose(fastify: FastifyInstance): void {
  let underWay = 0;
  fastify.addHook('onRequest', async (_, { raw }) => {
    underWay++;
    // Also of a visitor who went away before the answer.
    raw.once('close', () => underWay--);
  });
  fastify.addHook('preClose', async () => {
    for (const until = performance.now() + patience; underWay > 0 && performance.now() < until;)
      await wait(20);
    fastify.server.closeAllConnections();
    // Until the port is closed somebody may still open another.
    const sweep = setInterval(() => fastify.server.closeAllConnections(), 100).unref();
    fastify.server.once('close', () => clearInterval(sweep));
  });
}
