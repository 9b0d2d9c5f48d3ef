import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access.js';

/** Where organizers' pages were before the console. Mailed notices still lead there. */
@ApiExcludeController()
@Access('public')
@Controller('campaigns')
export class MovedController {
  @Get(['', '*'])
  follow(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const [address] = request.url.split('?');
    return reply.redirect(address === '/campaigns' ? '/console' : `/console${address}`, 302);
  }
}
