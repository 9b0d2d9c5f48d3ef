import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { takesSignups } from '#domain';
import { currentWordings, markdownHtml, sayWording } from '#messages';
import { PersonalPlans } from '#schedule';
import { Access } from '../access/access.js';
import { maskedWho, signupHref, type Visit, VisitsService } from '../access/visits.service.js';
import { proofOf } from '../consent/proof.js';
import { sendPage, Token } from '../layout/send.js';
import { deadlineView, frameOf, plannedView } from '../layout/view.js';
import { EndedPage, type EndedPageProps } from './ended.page.js';
import { InviteService } from './invite.service.js';
import { JoinPage, type JoinPageProps } from './join.page.js';

/** Where "it's over" and an invitation lead. Either shows what is possible now: a campaign ends, or gets more time. */
@ApiExcludeController()
@Access('link')
@Controller()
export class JoinController {
  constructor(
    private readonly db: DataSource,
    private readonly visits: VisitsService,
    private readonly invitations: InviteService,
    private readonly plans: PersonalPlans,
  ) {}

  @Get('join/:token')
  invited(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.look(request, reply, token);
  }

  @Get('next/:token')
  late(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.look(request, reply, token);
  }

  @Post('join/:token')
  async join(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'join');
    if (!takesSignups(visit.campaign.status))
      return this.showEnded(request, reply, visit, nextOf(visit), 409);
    const before = joinedOf(visit);
    await this.invitations.join(visit.signup.id, {
      ...proofOf(request, 'page'),
      wording: currentWordings.emailOptIn,
    });
    return this.showJoin(
      request,
      reply,
      await this.visits.again(visit),
      before === 'ask' ? 'joined' : 'already',
    );
  }

  @Post('next/:token')
  async agree(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'join');
    const news = await this.invitations.agree(visit.signup.id, {
      ...proofOf(request, 'page'),
      wording: currentWordings.nextStep,
    });
    return this.showEnded(request, reply, visit, news ? 'noted' : 'already');
  }

  private async look(request: FastifyRequest, reply: FastifyReply, token: string) {
    const visit = await this.visits.of(token, 'join');
    return takesSignups(visit.campaign.status)
      ? this.showJoin(request, reply, visit, joinedOf(visit))
      : this.showEnded(request, reply, visit, nextOf(visit));
  }

  private showEnded(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    is: 'ask' | 'noted' | 'already',
    status = 200,
  ) {
    const props = endedView(request, visit, is, this.visits.link('next', 'join', visit), this.visits);
    return sendPage(reply, createElement(EndedPage, props), status);
  }

  private async showJoin(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    state: JoinPageProps['state'],
  ) {
    const { signup, campaign, coalition, now } = visit;
    const frame = frameOf(request, { person: signup.language, coalition });
    const { title, summary } = campaign.wordsIn(frame.language);
    const touches = await this.plans.plan(this.db.manager, campaign, signup, {
      email: state === 'ask' ? now : (signup.emailSince ?? now),
    });
    return sendPage(
      reply,
      createElement(JoinPage, {
        frame,
        campaignTitle: title,
        coalitionName: coalition.name,
        whatHtml: markdownHtml(summary),
        deadline: deadlineView(campaign, signup.zone, true, now, frame.language),
        maskedName: maskedWho(signup),
        signupHref: signupHref(visit),
        agreement: sayWording(currentWordings.emailOptIn, frame.language, {
          coalition: coalition.name,
          shortName: coalition.shortName,
          campaign: title,
        }),
        state,
        planned: plannedView(touches, signup.zone, frame.language),
        action: this.visits.link('join', 'join', visit),
        guideHref: campaign.status === 'awaiting' ? null : this.visits.link('guide', 'guide', visit),
        stopHref: this.visits.link('stop', 'stop', visit),
      }),
    );
  }
}

const joinedOf = ({ signup }: Visit) =>
  signup.standing === 'joined' && signup.emailSince ? ('already' as const) : ('ask' as const);
const nextOf = ({ signup }: Visit) => (signup.nextStep ? ('already' as const) : ('ask' as const));

/** The page for somebody whose campaign is over. @param action where the button POSTs */
export function endedView(
  request: FastifyRequest,
  visit: Visit,
  is: 'ask' | 'noted' | 'already',
  action: string,
  visits: VisitsService,
): EndedPageProps {
  const { signup, campaign, coalition, now } = visit;
  const frame = frameOf(request, { person: signup.language, coalition });
  const { title } = campaign.wordsIn(frame.language);
  return {
    frame,
    campaign: campaign.status === 'closed' ? 'closed' : 'ended',
    campaignTitle: title,
    coalitionName: coalition.name,
    deadline: deadlineView(campaign, signup.zone, true, now, frame.language),
    state: {
      is,
      maskedName: maskedWho(signup),
      agreement: sayWording(currentWordings.nextStep, frame.language, {
        coalition: coalition.name,
        shortName: coalition.shortName,
        campaign: title,
      }),
      action,
      stopHref: visits.link('stop', 'stop', visit),
    },
  };
}
