import { findRedis, inCi } from './parts.js';

// The journeys again, woken through a Redis; skipped, each by its name, on a machine that has none, and never in CI.
if (!findRedis()) {
  if (inCi)
    throw new Error('Journeys on Redis need redis-server, and in CI they are never skipped: install it.');
  globalThis.it = it.skip;
}
