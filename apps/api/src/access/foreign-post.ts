import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/**
 * A browser sends the cookie by itself, so what a signed-in person changes must come from a page of ours. SameSite says
 * so too, but counts every host of the same domain as one site.
 */
export function refuseForeignPost({ method, headers, host }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers['sec-fetch-site'];
  const from = headers.origin;
  const ours =
    site !== undefined ? site === 'same-origin' : URL.canParse(from ?? '') && new URL(from!).host === host;
  if (!ours)
    throw new Problem(
      403,
      'foreign_page',
      'This was not sent from a page of ours. Open the campaign’s page here and press its button, or send a bearer key.',
    );
}
