import type { FastifyRequest } from 'fastify';
import type { Proof } from '#postgres';

/** Where and how a yes or a no was given, for the consent's record: never in a log, sealed in the database. */
export function proofOf(request: FastifyRequest, source: Proof['source']): Omit<Proof, 'wording'> {
  return {
    source,
    ip: request.ip,
    agent: request.headers['user-agent']?.slice(0, 400),
    means: { page: request.routeOptions.url },
  };
}
