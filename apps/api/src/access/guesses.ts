import type { FastifyReply } from 'fastify';
import { networkOf } from '#domain';
import type { Limit, Taken } from '#postgres';
import { Problem } from '../problems/problem.js';

const tenMinutes = 600;

/** Wrong keys from one network. */
export const wrongKeys = (ip: string): Limit => ({
  name: 'wrong keys',
  of: networkOf(ip),
  most: 10,
  seconds: tenMinutes,
});

/** Links from one network that lead nowhere: tokens that were guessed, or have ended. */
export const deadLinks = (ip: string): Limit => ({
  name: 'dead links',
  of: networkOf(ip),
  most: 60,
  seconds: tenMinutes,
});

/** @throws Problem 429 with Retry-After when the limit is full */
export function refuseIfFull(reply: FastifyReply, taken: Taken): void {
  if (taken.full === null) return;
  void reply.header('retry-after', taken.retrySeconds);
  throw new Problem(
    429,
    'too_many',
    `Too much that was wrong came from your network. Wait ${Math.ceil(taken.retrySeconds / 60)} minutes and try again.`,
  );
}
