import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Access } from '../access/access.js';
import { accentStylesheet } from './accent.js';

const Stylesheet = z.string().regex(/^[0-9a-f]{6}\.css$/, 'must be a colour like 1f5f8b.css');

@ApiExcludeController()
@Access('public')
@Controller('assets/accent')
export class AssetsController {
  @Get(':colour')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=86400')
  accent(@Param('colour', { schema: Stylesheet }) colour: string): string {
    return accentStylesheet(colour.slice(0, 6));
  }
}
