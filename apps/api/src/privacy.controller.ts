import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { Access } from './access/access.js';
import { sendPage } from './layout/send.js';
import { frameOf } from './layout/view.js';
import { PrivacyPage } from './privacy.page.js';
import { API_SETTINGS, type ApiSettings } from './settings.js';

@ApiExcludeController()
@Access('public')
@Controller('privacy')
export class PrivacyController {
  constructor(@Inject(API_SETTINGS) private readonly settings: ApiSettings) {}

  @Get()
  read(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return sendPage(
      reply,
      createElement(PrivacyPage, {
        frame: frameOf(request),
        operator: new URL(this.settings.PUBLIC_URL).host,
        contact: null,
      }),
    );
  }
}
