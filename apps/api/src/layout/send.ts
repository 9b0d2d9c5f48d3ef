import type { FastifyReply } from 'fastify';
import type { ReactElement } from 'react';
import { z } from 'zod';
import { renderPage } from './render.js';

/**
 * What somebody types or ticks on a page leaves it by a form alone: its scripts connect to nobody.
 * @param forms where its forms may lead besides to us; a redirect that answers one is asked, too
 * @param connects for figures that keep themselves fresh: the scripts may ask us
 */
export const sendPage = (
  reply: FastifyReply,
  page: ReactElement,
  status = 200,
  { forms = 'https:', connects = false } = {},
) =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy(forms, connects))
    .send(renderPage(page));

const policy = (forms: string, connects: boolean) =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `connect-src ${connects ? `'self'` : `'none'`}`,
    `form-action 'self' ${forms}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');

/** A link's token as it stands in an address. Whatever is none is simply not known. */
export const Token = z.string();
