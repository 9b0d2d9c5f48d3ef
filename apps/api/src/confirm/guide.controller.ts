import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { takesConfirmations } from '#domain';
import { GuideFiles, Keyring, Signups } from '#postgres';
import { Access } from '../access/access.js';
import { maskedWho, signupHref, type Visit, VisitsService } from '../access/visits.service.js';
import { laterChoices, LaterService } from '../consent/later.service.js';
import { sendPage, Token } from '../layout/send.js';
import { guideView, headOf } from '../layout/view.js';
import { entryView } from './entry.view.js';
import { GuidePage, type GuidePageProps } from './guide.page.js';

const Chosen = z.object({ later: z.enum(laterChoices) });

/** The steps of a campaign for one person, and the button to the official form. */
@ApiExcludeController()
@Access('link')
@Controller('guide/:token')
export class GuideController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly visits: VisitsService,
    private readonly later: LaterService,
  ) {}

  @Get()
  async read(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, token, await this.visits.of(token, 'guide'));
  }

  @Post('later')
  async remindLater(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Chosen }) { later }: z.infer<typeof Chosen>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'guide');
    const refused = await this.later.choose(visit, later);
    if (refused) return this.show(request, reply, token, await this.visits.again(visit), refused);
    return reply.redirect(`/guide/${token}#later`, 303);
  }

  /** How "went to the form" is counted: a visible button POSTs, then the official form opens. */
  @Post('form')
  async open(@Param('token', { schema: Token }) token: string, @Res() reply: FastifyReply) {
    const { signup, campaign } = await this.visits.of(token, 'guide');
    await new Signups(this.db.manager, this.keys).wentToForm(signup.id);
    return reply.redirect(campaign.official.url ?? '/', 303);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    visit: Visit,
    laterRefused: GuidePageProps['laterRefused'] = null,
  ) {
    const { signup, campaign, coalition } = visit;
    const files = await new GuideFiles(this.db.manager).of(campaign.id);
    const head = headOf(request, visit, signup);
    const { language } = head.frame;
    return sendPage(
      reply,
      createElement(GuidePage, {
        ...head,
        maskedName: maskedWho(signup),
        signupHref: signupHref(visit),
        guide: guideView(campaign, coalition, files, language, `/guide/${token}/form`),
        entry: entryView(campaign, coalition, language),
        doneAction: takesConfirmations(campaign.status) ? this.visits.link('done', 'done', visit) : null,
        later: await this.later.view(visit, language, `/guide/${token}/later`),
        laterRefused,
      }),
      laterRefused ? 409 : 200,
    );
  }
}
