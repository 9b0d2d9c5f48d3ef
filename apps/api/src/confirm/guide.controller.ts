import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { takesConfirmations } from '#domain';
import { Keyring, Signups } from '#postgres';
import { Access } from '../access/access.js';
import { maskedWho, signupHref, VisitsService } from '../access/visits.service.js';
import { sendPage, Token } from '../layout/send.js';
import { deadlineView, frameOf, guideView, textsOf } from '../layout/view.js';
import { GuidePage } from './guide.page.js';

/** The steps of a campaign for one person, and the button to the official form. */
@ApiExcludeController()
@Access('link')
@Controller('guide/:token')
export class GuideController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly visits: VisitsService,
  ) {}

  @Get()
  async read(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'guide');
    const { signup, campaign, coalition, now } = visit;
    const frame = frameOf(request, { person: signup.language, colour: coalition.colour });
    return sendPage(
      reply,
      createElement(GuidePage, {
        frame,
        kind: campaign.kind,
        campaignTitle: textsOf(campaign, frame.language).title,
        coalitionName: coalition.name,
        deadline: deadlineView(campaign, signup.zone, true, now, frame.language),
        maskedName: maskedWho(signup),
        signupHref: signupHref(visit),
        guide: guideView(campaign, frame.language, `/guide/${token}/form`),
        doneAction: takesConfirmations(campaign.status) ? this.visits.link('done', 'done', visit) : null,
      }),
    );
  }

  /** How "went to the form" is counted: a visible button POSTs, then the official form opens. */
  @Post('form')
  async open(@Param('token', { schema: Token }) token: string, @Res() reply: FastifyReply) {
    const { signup, campaign } = await this.visits.of(token, 'guide');
    await new Signups(this.db.manager, this.keys).wentToForm(signup.id);
    return reply.redirect(campaign.official.url ?? '/', 303);
  }
}
