import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Coalitions } from '#postgres';
import { Access } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { accentStylesheet } from './accent.js';

const Stylesheet = z.string().regex(/^[0-9a-f]{6}\.css$/, 'must be a colour like 1f5f8b.css');
const Picture = z.string().regex(/^[0-9a-f]{32}-\d{1,3}x\d{1,3}\.png$/, 'must be the name of a logo');

@ApiExcludeController()
@Access('public')
@Controller('assets')
export class AssetsController {
  constructor(private readonly db: DataSource) {}

  @Get('accent/:colour')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=86400')
  accent(@Param('colour', { schema: Stylesheet }) colour: string): string {
    return accentStylesheet(colour.slice(0, 6));
  }

  /** Its name is of its content, so it never changes. */
  @Get('logo/:name')
  @Header('content-type', 'image/png')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  async logo(@Param('name', { schema: Picture }) name: string): Promise<StreamableFile> {
    const image = await new Coalitions(this.db.manager).logo(name.slice(0, -'.png'.length));
    if (!image) throw unknown('logo');
    return new StreamableFile(image);
  }
}
