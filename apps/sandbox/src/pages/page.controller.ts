import { ApiExcludeController } from '@nestjs/swagger';
import { Access } from '../../../api/src/access/access.js';
import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Inject, NotFoundException, Param } from '@nestjs/common';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { z } from 'zod';
import { Desk } from './parts.js';
import { SandboxPage } from './sandbox-page.js';

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

/** What a browser loads by itself. It changes nothing, and needs no key within the sandbox. */
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
}
