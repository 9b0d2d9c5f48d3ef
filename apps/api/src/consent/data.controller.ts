import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { z } from 'zod';
import { maskEmail, maskName, maskPhone, sayZone } from '#domain';
import type { Kept } from '#postgres';
import { Access } from '../access/access.js';
import { maskedContact, maskedWho, signupHref, type Visit, VisitsService } from '../access/visits.service.js';
import type { Frame } from '../layout/page.js';
import { sendPage, Token } from '../layout/send.js';
import { headOf } from '../layout/view.js';
import { unknown } from '../problems/problem.js';
import { DataAskedPage, type DataAskedPageProps, DataDeletedPage, DataPage, type Fact } from './data.page.js';
import { DataService } from './data.service.js';

const Code = z.object({ code: z.string().max(40) });
const Sure = z.object({
  sure: z
    .string()
    .max(20)
    .optional()
    .transform((value) => value !== undefined),
});

/** Where an owner asks to see their data; the settings' link alone shows none of it (RULES §7). */
@ApiExcludeController()
@Access('link')
@Controller('me/:token')
export class DataRequestController {
  constructor(
    private readonly visits: VisitsService,
    private readonly data: DataService,
  ) {}

  @Post('data')
  async ask(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'me');
    const reachable = await this.data.canReach(visit.signup);
    if (reachable) await this.data.ask(visit.signup);
    return this.show(request, reply, token, visit, reachable ? 'sent' : 'unreachable');
  }

  @Post('code')
  async enter(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Code }) { code }: z.infer<typeof Code>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'me');
    if (this.data.channelOf(visit.signup) === 'email') throw unknown('code');
    const entered = await this.data.enter(visit.signup, code.replace(/\D/g, ''));
    if (typeof entered === 'string') return this.show(request, reply, token, visit, entered, 422);
    return reply.redirect(`/data/${entered.token}`, 303);
  }

  private show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    visit: Visit,
    state: DataAskedPageProps['state'],
    status = 200,
  ) {
    return sendPage(
      reply,
      createElement(DataAskedPage, {
        ...topOf(request, visit),
        channel: this.data.channelOf(visit.signup),
        maskedContact: maskedContact(visit.signup),
        state,
        codeAction: `/me/${token}/code`,
        againAction: `/me/${token}/data`,
        settingsHref: `/me/${token}`,
      }),
      status,
    );
  }
}

/** `/data/{token}`, a fresh link: everything that is kept, to see, take along or delete. */
@ApiExcludeController()
@Access('link')
@Controller('data/:token')
export class DataController {
  constructor(
    private readonly visits: VisitsService,
    private readonly data: DataService,
  ) {}

  @Get()
  async read(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, token, await this.visits.of(token, 'data'));
  }

  @Post('download')
  @HttpCode(200)
  async download(@Param('token', { schema: Token }) token: string, @Res() reply: FastifyReply) {
    const { signup } = await this.visits.of(token, 'data');
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', 'attachment; filename="my-data.json"')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(await this.data.kept(signup), null, 2));
  }

  @Post('delete')
  async delete(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Sure }) { sure }: z.infer<typeof Sure>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'data');
    if (!sure) return this.show(request, reply, token, visit, true);
    await this.data.erase(visit.signup);
    return sendPage(
      reply,
      createElement(DataDeletedPage, { ...topOf(request, visit), hadPhone: visit.signup.phone !== null }),
    );
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    visit: Visit,
    unsure = false,
  ) {
    const top = topOf(request, visit);
    return sendPage(
      reply,
      createElement(DataPage, {
        ...top,
        maskedName: maskedWho(visit.signup),
        facts: factsOf(await this.data.kept(visit.signup), top.frame),
        unsure,
        actions: { download: `/data/${token}/download`, delete: `/data/${token}/delete` },
      }),
      unsure ? 422 : 200,
    );
  }
}

/** What all three pages begin with. */
function topOf(request: FastifyRequest, visit: Visit) {
  const { frame, coalitionName } = headOf(request, visit, visit.signup);
  return { frame, coalitionName, signupHref: signupHref(visit) };
}

function factsOf({ person, signups, ...kept }: Kept, { words, language }: Frame): Fact[] {
  const w = words.data;
  const counted = (name: 'consents' | 'messages' | 'confirmations' | 'texts'): Fact => ({
    name,
    value: kept[name].length > 0 ? w.entries(kept[name].length) : w.nothing,
  });
  return [
    { name: 'email', value: person.email ? maskEmail(person.email) : w.nothing },
    { name: 'phone', value: person.phone ? maskPhone(person.phone) : w.nothing },
    { name: 'name', value: person.name ? maskName(person.name) : w.nothing },
    { name: 'language', value: words.language[person.language === 'es' ? 'es' : 'en'] },
    { name: 'zone', value: sayZone(person.zone, language) },
    {
      name: 'campaigns',
      value: signups
        .map(({ campaign, coalitions }) =>
          coalitions.length > 0 ? `${campaign} (${coalitions.join(', ')})` : campaign,
        )
        .join('; '),
    },
    counted('consents'),
    counted('messages'),
    counted('confirmations'),
    counted('texts'),
  ];
}
