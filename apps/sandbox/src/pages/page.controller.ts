import { ApiExcludeController } from '@nestjs/swagger';
import { Access } from '../../../api/src/access/access.js';
import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { z } from 'zod';
import { same } from './access.guard.js';
import { Desk } from './parts.js';
import { SandboxPage } from './sandbox-page.js';
import { SignInPage } from './sign-in-page.js';

const asset = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
const css = asset('sandbox.css');
const js = asset('sandbox.js');

const letterPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/** What a browser loads by itself; it needs no key within the sandbox. Only the button that signs in changes anything. */
@ApiExcludeController()
@Access('public')
@Controller('sandbox')
export class SandboxPageController {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  page(): string {
    const { pageToken, parts } = this.desk;
    return `<!doctype html>${renderToStaticMarkup(createElement(SandboxPage, { pageToken, links: parts.links }))}`;
  }

  @Get('sign-in/:token')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  askToSignIn(@Param('token', { schema: z.string() }) token: string): string {
    this.refuseOthers(token);
    return `<!doctype html>${renderToStaticMarkup(createElement(SignInPage, { action: `/sandbox/sign-in/${token}` }))}`;
  }

  @Post('sign-in/:token')
  async signIn(
    @Param('token', { schema: z.string() }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    this.refuseOthers(token);
    return reply.redirect(await this.desk.parts.signIn(request, reply), 303);
  }

  @Get('assets/sandbox.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'no-cache')
  css(): string {
    return css;
  }

  @Get('assets/sandbox.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'no-cache')
  js(): string {
    return js;
  }

  /** A message's HTML by itself, shut in by its own policy: no script, nothing loaded, links open in a new tab. */
  @Get('mail/:id/html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', letterPolicy)
  @Header('x-frame-options', 'SAMEORIGIN')
  @Header('cache-control', 'no-store')
  async letter(@Param('id', { schema: z.uuid() }) id: string): Promise<string> {
    const letter = await this.desk.parts.mailbox.read(id);
    if (!letter)
      throw new NotFoundException('This message is no longer kept: the mailbox holds the newest ones.');
    const base = '<base target="_blank">';
    const html = letter.html ?? '<p>This message has no HTML part.</p>';
    return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
  }

  private refuseOthers(token: string): void {
    if (!same(token, this.desk.parts.signInToken))
      throw new NotFoundException(
        'This is another sandbox’s address: take signInUrl from sandbox.json in DATA_DIR.',
      );
  }
}
