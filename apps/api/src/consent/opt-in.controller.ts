import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { takesSignups } from '#domain';
import { currentWordings, sayWording } from '#messages';
import { Keyring, Signups } from '#postgres';
import { PersonalPlans } from '#schedule';
import { Access } from '../access/access.js';
import { maskedContact, signupHref, type Visit, VisitsService } from '../access/visits.service.js';
import { EndedPage } from '../invite/ended.page.js';
import { InviteService } from '../invite/invite.service.js';
import { endedView } from '../invite/join.controller.js';
import { sendPage, Token } from '../layout/send.js';
import { headOf, plannedView } from '../layout/view.js';
import { ConsentService } from './consent.service.js';
import { OptInPage, type OptInPageProps } from './opt-in.page.js';
import { proofOf } from './proof.js';
import { newsIn } from './typed.js';

/** Which button, when the campaign is over: a post without it agrees to nothing. */
const Agreed = z
  .object({ nextStep: z.literal('yes').optional() })
  .nullish()
  .transform((form) => form ?? {});

/** "Yes, remind me": the button that the welcome mail leads to. */
@ApiExcludeController()
@Access('link')
@Controller('yes/:token')
export class OptInController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly visits: VisitsService,
    private readonly consent: ConsentService,
    private readonly plans: PersonalPlans,
    private readonly invitations: InviteService,
  ) {}

  @Get()
  async ask(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'opt_in');
    if (!takesSignups(visit.campaign.status)) {
      return this.showEnded(request, reply, visit, visit.signup.nextStep ? 'already' : 'ask');
    }
    const waiting = await new Signups(this.db.manager, this.keys).waiting(visit.signup.id);
    const pending = newsIn(waiting, visit.signup);
    const news = !visit.signup.emailSince || pending.length > 0;
    return this.show(request, reply, visit, news ? 'ask' : 'already', pending);
  }

  @Post()
  async agree(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Agreed }) { nextStep }: z.infer<typeof Agreed>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'opt_in');
    if (!takesSignups(visit.campaign.status)) {
      if (!nextStep) return this.showEnded(request, reply, visit, 'ask', 409);
      const proof = { ...proofOf(request, 'page'), wording: currentWordings.nextStep };
      const news = await this.invitations.agree(visit.signup.id, proof);
      return this.showEnded(request, reply, visit, news ? 'noted' : 'already');
    }
    await this.consent.agreeByEmail(visit.signup.id, {
      ...proofOf(request, 'page'),
      wording: currentWordings.emailOptIn,
      wordings: {
        texts: currentWordings.smsBox,
        nextStep: currentWordings.nextStep,
        visible: currentWordings.visible,
      },
    });
    return this.show(
      request,
      reply,
      await this.visits.again(visit),
      visit.signup.emailSince ? 'already' : 'agreed',
    );
  }

  /** The mail was opened too late for reminders, not for the next step. */
  private showEnded(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    is: 'ask' | 'noted' | 'already',
    status = 200,
  ) {
    const action = this.visits.link('yes', 'opt_in', visit);
    return sendPage(
      reply,
      createElement(EndedPage, endedView(request, visit, is, action, this.visits)),
      status,
    );
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    state: OptInPageProps['state'],
    pending: OptInPageProps['pending'] = [],
  ) {
    const { signup, campaign, coalition, now } = visit;
    const head = headOf(request, visit, signup);
    const { language } = head.frame;
    const touches = await this.plans.plan(this.db.manager, campaign, signup, {
      ...(signup.email && { email: signup.emailSince ?? now }),
      ...(signup.smsSince && { sms: signup.smsSince }),
    });
    return sendPage(
      reply,
      createElement(OptInPage, {
        ...head,
        maskedContact: maskedContact(signup),
        signupHref: signupHref(visit),
        agreement: sayWording(currentWordings.emailOptIn, language, {
          coalition: coalition.name,
          shortName: coalition.shortName,
          campaign: head.campaignTitle,
        }),
        pending,
        state,
        planned: plannedView(touches, signup.zone, language),
        action: request.url.split('?')[0]!,
        guideHref: this.visits.link('guide', 'guide', visit),
        stopHref: this.visits.link('stop', 'stop', visit),
      }),
    );
  }
}
