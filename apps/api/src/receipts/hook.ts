import { createHash, timingSafeEqual } from 'node:crypto';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** A signed call that is older is refused. SendGrid tries for 24 hours, with the first try's own time; doubled calls are taken once. */
const freshFor = 25 * 3_600_000;
/** Clocks differ. */
const aheadBy = 10 * 60_000;

/** The request and the bytes that its signature is over. */
export function callOf(context: ExecutionContext): { request: FastifyRequest; body: Buffer } {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { request, body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0) };
}

export const notSetUp = (provider: string, variables: string) =>
  new Problem(404, 'not_set_up', `This hook is not set up. Set ${variables} to take what ${provider} says.`);

export const refused = (why: string) => new Problem(403, 'signature', why);

/** @throws Problem 403 when a signed moment is too old, ahead of us, or none */
export function checkFresh(moment: Date, now = new Date()): void {
  const age = now.getTime() - moment.getTime();
  if (!(age <= freshFor && age >= -aheadBy))
    throw new Problem(
      403,
      'stale',
      'The signature is of another day. Check the clocks, or send the event again.',
    );
}

/** In a time that says nothing about either, their lengths included. */
export function sameSecret(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

/** @throws Problem with this status when the bytes are no JSON */
export function jsonOf(body: Buffer, status: 400 | 403): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw status === 403
      ? refused('The body is not JSON, so it carries no signature.')
      : new Problem(400, 'bad_request', 'The body is not JSON. Send events as the provider documents them.');
  }
}
