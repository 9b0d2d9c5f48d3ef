import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { takesSignups } from '#domain';
import { currentWordings, sayWording } from '#messages';
import { Keyring, Signups, type SignupView } from '#postgres';
import { Access } from '../access/access.js';
import { maskedContact, type Visit, VisitsService } from '../access/visits.service.js';
import { sendPage, Token } from '../layout/send.js';
import { deadlineView, frameOf, plannedView, textsOf } from '../layout/view.js';
import { Problem } from '../problems/problem.js';
import { PersonalPlans } from '../schedule/personal-plans.js';
import { ConsentService } from './consent.service.js';
import { OptInPage, type OptInPageProps } from './opt-in.page.js';
import { proofOf } from './proof.js';

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
  ) {}

  @Get()
  async ask(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'opt_in');
    const pending = await this.pendingOf(visit.signup);
    const news = !visit.signup.emailSince || pending.length > 0;
    return this.show(request, reply, visit, news ? 'ask' : 'already', pending);
  }

  @Post()
  async agree(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'opt_in');
    if (!takesSignups(visit.campaign.status)) {
      throw new Problem(
        409,
        `campaign_${visit.campaign.status}`,
        'This campaign is over: there is nothing left to be reminded of.',
      );
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

  /** What somebody typed for this address since, and the button would save: its owner sees it first. */
  private async pendingOf(signup: SignupView): Promise<OptInPageProps['pending']> {
    const waiting = await new Signups(this.db.manager, this.keys).waiting(signup.id);
    if (!waiting) return [];
    const differs = {
      phone: waiting.phone !== undefined && waiting.phone !== signup.phone,
      name: waiting.name !== undefined && waiting.name !== signup.name,
      zip: waiting.zoneSource === 'zip' && waiting.zone !== signup.zone,
      zone: waiting.zoneSource !== 'zip' && waiting.zone !== signup.zone,
      language: waiting.language !== signup.language,
      outcome: waiting.outcome !== undefined && signup.outcome === null,
    };
    return (Object.keys(differs) as (keyof typeof differs)[]).filter((field) => differs[field]);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    state: OptInPageProps['state'],
    pending: OptInPageProps['pending'] = [],
  ) {
    const { signup, campaign, coalition, now } = visit;
    const frame = frameOf(request, { person: signup.language, colour: coalition.colour });
    const { title } = textsOf(campaign, frame.language);
    const touches = await this.plans.plan(this.db.manager, campaign, signup, {
      ...(signup.email && { email: signup.emailSince ?? now }),
      ...(signup.smsSince && { sms: signup.smsSince }),
    });
    return sendPage(
      reply,
      createElement(OptInPage, {
        frame,
        campaignTitle: title,
        coalitionName: coalition.name,
        deadline: deadlineView(campaign, signup.zone, true, now, frame.language),
        maskedContact: maskedContact(signup),
        agreement: sayWording(currentWordings.emailOptIn, frame.language, {
          coalition: coalition.name,
          shortName: coalition.shortName,
          campaign: title,
        }),
        pending,
        state,
        planned: plannedView(touches, signup.zone, frame.language),
        action: request.url.split('?')[0]!,
        guideHref: this.visits.link('guide', 'guide', visit),
        stopHref: this.visits.link('stop', 'stop', visit),
      }),
    );
  }
}
