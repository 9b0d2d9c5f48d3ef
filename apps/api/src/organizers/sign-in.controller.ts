import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Keyring, Limits, Staff } from '#postgres';
import { Access } from '../access/access.js';
import { sessionCookie } from '../access/access.guard.js';
import { refuseIfFull, wrongKeys } from '../access/guesses.js';
import { sendPage } from '../layout/send.js';
import { frameOf } from '../layout/view.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { SignInPage } from './sign-in.page.js';

/** Staff sign in with their key; it stays in a cookie that no script reads and no other site sends. */
@ApiExcludeController()
@Access('public')
@Controller()
export class SignInController {
  private readonly cookie;

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    @Inject(API_SETTINGS) { PUBLIC_URL }: ApiSettings,
  ) {
    this.cookie = {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: PUBLIC_URL.startsWith('https:'),
    } as const;
  }

  @Get('sign-in')
  ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.show(request, reply, false);
  }

  @Post('sign-in')
  async signIn(
    @Body({ schema: z.object({ key: z.string().trim().max(200) }) }) { key }: { key: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const limits = new Limits(this.db.manager, this.keys);
    const limit = [wrongKeys(request.ip)];
    refuseIfFull(reply, await limits.look(limit));
    if (!(await new Staff(this.db.manager).byKey(key))) {
      refuseIfFull(reply, await limits.take(limit));
      return this.show(request, reply, true);
    }
    return reply
      .setCookie(sessionCookie, key, { ...this.cookie, maxAge: 12 * 60 * 60 })
      .redirect('/campaigns', 303);
  }

  @Post('sign-out')
  signOut(@Res() reply: FastifyReply) {
    return reply.clearCookie(sessionCookie, this.cookie).redirect('/sign-in', 303);
  }

  private show(request: FastifyRequest, reply: FastifyReply, error: boolean) {
    return sendPage(
      reply,
      createElement(SignInPage, { frame: frameOf(request), way: { by: 'key', action: '/sign-in' }, error }),
      error ? 401 : 200,
    );
  }
}
