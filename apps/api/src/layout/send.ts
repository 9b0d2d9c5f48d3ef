import type { FastifyReply } from 'fastify';
import type { ReactElement } from 'react';
import { z } from 'zod';
import { renderPage } from './render.js';

export const sendPage = (reply: FastifyReply, page: ReactElement, status = 200) =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderPage(page));

/** A link's token as it stands in an address. Whatever is none is simply not known. */
export const Token = z.string();
