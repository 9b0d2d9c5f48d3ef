import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Access } from '../access/access.js';
import { refuseForeignPost } from '../access/foreign-post.js';
import { Me, SignInForm, Token } from './accounts.schema.js';
import { AccountsService } from './accounts.service.js';
import { CodesService } from './codes.service.js';
import { PasskeysService } from './passkeys.service.js';
import { CodeForm, PasskeyAnswer, PasskeyQuestion } from './second-factor.schema.js';

/** The way in, by a link that is mailed and a code where one is asked for, or by a passkey. */
@ApiTags('staff')
@Controller('api/v1/sign-in')
export class SignInController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly codes: CodesService,
    private readonly passkeys: PasskeysService,
  ) {}

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

  /** The second step of whoever opened a link and was asked for a code: within 10 minutes, in the same browser. */
  @Post('code')
  @Access('public')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async code(
    @Body({ schema: CodeForm }) { code }: CodeForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    refuseForeignPost(request);
    const { id } = await this.codes.signIn(code, request, reply);
    return this.accounts.me(id, true);
  }

  /** What `navigator.credentials.get` is to be called with. */
  @Post('passkey/question')
  @Access('public')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: PasskeyQuestion })
  askForPasskey(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    refuseForeignPost(request);
    return this.passkeys.askToSignIn(request, reply);
  }

  @Post('passkey')
  @Access('public')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async passkey(
    @Body({ schema: PasskeyAnswer }) { answer }: PasskeyAnswer,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    refuseForeignPost(request);
    const { id } = await this.passkeys.signIn(answer, request, reply);
    return this.accounts.me(id, true);
  }

  /** Once, within 15 minutes; sets the cookie. Answers 202 when a code has to follow. */
  @Post(':token')
  @Access('link')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  @ApiResponse({ status: 202 })
  async open(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    refuseForeignPost(request);
    const opened = await this.accounts.signIn(token, request, reply);
    if (opened !== 'code') return this.accounts.me(opened.id, false);
    void reply.status(202);
  }
}
