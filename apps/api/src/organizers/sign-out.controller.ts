import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access.js';
import { refuseForeignPost } from '../access/foreign-post.js';
import { Sessions } from '../accounts/sessions.service.js';

/** The button of pages that work without scripts. */
@ApiExcludeController()
@Access('public')
@Controller('sign-out')
export class SignOutController {
  constructor(private readonly sessions: Sessions) {}

  @Post()
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    refuseForeignPost(request);
    await this.sessions.close(request, reply);
    return reply.redirect('/console/sign-in', 303);
  }
}
