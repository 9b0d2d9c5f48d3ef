import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * What a page asks for again and again is sent only when it has changed (RFC 9110, 13.1.2). A dashboard has not when only the moment
 * that it was read is another. No browser stores any of it: it may name people.
 */
export function sendChanges(fastify: FastifyInstance): void {
  fastify.addHook<string | Buffer | null>('onSend', async ({ method, url, headers }, reply, payload) => {
    if (method !== 'GET' || !url.startsWith('/api/v1/') || reply.statusCode !== 200) return payload;
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    if (typeof payload !== 'string') return payload;
    const told = /\/dashboard(\?|$)/.test(url) ? payload.replace(/"asOf":"[^"]+"/, '') : payload;
    const etag = `W/"${createHash('sha1').update(told).digest('base64url')}"`;
    void reply.header('etag', etag);
    if (headers['if-none-match'] !== etag) return payload;
    void reply.code(304).removeHeader('content-length');
    return null;
  });
}
