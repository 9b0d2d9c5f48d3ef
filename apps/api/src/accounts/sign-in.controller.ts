import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Access } from '../access/access.js';
import { refuseForeignPost } from '../access/foreign-post.js';
import { Me, SignInForm, Token } from './accounts.schema.js';
import { AccountsService } from './accounts.service.js';
import { meOf } from './me.controller.js';

/** The way in, by a link that is mailed. */
@ApiTags('staff')
@Controller('api/v1/sign-in')
export class SignInController {
  constructor(private readonly accounts: AccountsService) {}

  /** Answers the same whether the address has an account or not. */
  @Post()
  @Access('public')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async ask(
    @Body({ schema: SignInForm }) { email }: z.infer<typeof SignInForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.accounts.sendLink(email, request, reply);
  }

  /** Once, within 15 minutes; sets the cookie. */
  @Post(':token')
  @Access('link')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async open(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    refuseForeignPost(request);
    return meOf(await this.accounts.signIn(token, request, reply));
  }
}
