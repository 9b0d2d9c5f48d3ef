import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../access/access.js';
import { Problem } from '../problems/problem.js';

/** What `npm run build` made of apps/web: beside us when we are built, in `dist` when we run from our sources. */
const folders = ['../../../../dist/apps/web', '../../../web'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
export const consoleFolder = folders.find((folder) => existsSync(path.join(folder, 'assets')));

/** The console is one document; which page of it is shown, its own script finds in the address. */
@ApiExcludeController()
@Access('public')
@Controller('console')
export class ConsoleController {
  private readonly document = consoleFolder && readFileSync(path.join(consoleFolder, 'index.html'), 'utf8');

  @Get(['', '*'])
  open(@Res() reply: FastifyReply) {
    if (!this.document)
      throw new Problem(
        503,
        'console_not_built',
        'The console was not built. Run "npm run build", then start again.',
      );
    const nonce = randomBytes(16).toString('base64');
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', policy(nonce))
      .send(this.document.replaceAll('__NONCE__', nonce));
  }
}

/** Its library writes style elements, which the nonce lets in, and style attributes, which no nonce can. */
const policy = (nonce: string) =>
  [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'`,
    `frame-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
