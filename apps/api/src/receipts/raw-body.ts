import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** Webhooks whose signature is over the bytes as they were sent. */
const hooks = ['/hooks/ses', '/hooks/sendgrid', '/hooks/mailgun', '/hooks/postmark'];
const raw = 'application/vnd.drumbeat.raw';
/** SendGrid gathers events up to 768 kB. */
const bodyLimit = 1024 * 1024;

/** Leaves the bodies of these routes as bytes, whatever type they are said to have (SNS sends JSON as text/plain). */
export function keepRaw(fastify: FastifyInstance): void {
  const isHook = (url: string | undefined) => hooks.includes(url ?? '');
  const options = { parseAs: 'buffer', bodyLimit } as const;
  fastify.addContentTypeParser<Buffer>(raw, options, async (request: FastifyRequest, body: Buffer) => {
    if (!isHook(request.routeOptions.url))
      throw new Problem(415, 'media_type', 'Send JSON or an ordinary form.');
    return body;
  });
  fastify.addHook('onRequest', async (request) => {
    if (isHook(request.routeOptions.url)) request.raw.headers['content-type'] = raw;
  });
}
