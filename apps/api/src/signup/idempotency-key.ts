import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** The request's Idempotency-Key, if it has one. Not cut to length: two keys that begin alike are two keys. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Problem(
    400,
    'idempotency_key',
    'This Idempotency-Key cannot be kept. Send a UUID, for example.',
    [{ path: 'Idempotency-Key', message: 'must be 1–200 visible ASCII characters' }],
  );
});
