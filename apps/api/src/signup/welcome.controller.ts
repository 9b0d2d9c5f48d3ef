import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  type Arrival,
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  GuideFiles,
  Keyring,
  Signups,
} from '#postgres';
import { PersonalPlans } from '#schedule';
import { Access } from '../access/access.js';
import { ConfirmService } from '../confirm/confirm.service.js';
import { entryView } from '../confirm/entry.view.js';
import { sendPage, Token } from '../layout/send.js';
import { deadlineView, frameOf, guideView, hasGuide, plannedView } from '../layout/view.js';
import { unknown } from '../problems/problem.js';
import { WelcomePage } from './welcome.page.js';

const Outcome = z.object({ outcome: z.enum(['filed', 'answered', 'pledged', 'not_sampled']) });

type Visitor = { token: string; arrival: Arrival; campaign: Campaign; coalition: Coalition };

/** The page after signup: what comes, and the deed at once. The same for a contact that was known. */
@ApiExcludeController()
@Access('link')
@Controller('welcome/:token')
export class WelcomeController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly confirm: ConfirmService,
    private readonly plans: PersonalPlans,
  ) {}

  @Get()
  async welcome(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, await this.arrived(token), { noted: false });
  }

  @Post('form')
  async openForm(@Param('token', { schema: Token }) token: string, @Res() reply: FastifyReply) {
    const { campaign, arrival } = await this.arrived(token);
    if (!arrival.known) await new Signups(this.db.manager, this.keys).wentToForm(arrival.signupId);
    return reply.redirect(campaign.official.url ?? '/', 303);
  }

  @Post('done')
  async done(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Outcome }) { outcome }: z.infer<typeof Outcome>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visitor = await this.arrived(token);
    const { campaign, arrival } = visitor;
    this.confirm.check(campaign, outcome);
    if (arrival.known) {
      await new Signups(this.db.manager, this.keys).setTyped(arrival.signupId, arrival.coalitionId, {
        ...arrival.typed,
        outcome,
      });
    } else {
      await this.confirm.record(campaign, arrival.signupId, outcome, 'page');
    }
    return this.show(request, reply, visitor, { noted: true });
  }

  /** @param noted "I did it" was pressed just now: nothing is left to plan or to do */
  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    { token, arrival, campaign, coalition }: Visitor,
    { noted }: { noted: boolean },
  ) {
    const { typed } = arrival;
    const frame = frameOf(request, { person: typed.language, coalition });
    const now = await new CampaignClock(this.db.manager).now();
    const touches = await this.plans.plan(this.db.manager, campaign, typed, {
      ...(typed.email && { email: now }),
      ...(typed.wantsTexts && { sms: now }),
    });
    const files = await new GuideFiles(this.db.manager).of(campaign.id);
    const acting = !noted && hasGuide(campaign.status);
    return sendPage(
      reply,
      createElement(WelcomePage, {
        frame,
        kind: campaign.kind,
        campaignTitle: campaign.wordsIn(frame.language).title,
        coalitionName: coalition.name,
        deadline: deadlineView(campaign, typed.zone, true, now, frame.language),
        asked: { email: typed.email !== undefined, sms: typed.wantsTexts },
        planned: noted ? [] : plannedView(touches, typed.zone, frame.language),
        guide: acting
          ? guideView(campaign, coalition, files, frame.language, `/welcome/${token}/form`)
          : null,
        entry: acting ? entryView(campaign, coalition, frame.language) : null,
        doneAction: acting ? `/welcome/${token}/done` : null,
        noted,
      }),
    );
  }

  private async arrived(token: string): Promise<Visitor> {
    const signups = new Signups(this.db.manager, this.keys);
    const arrival = await signups.arrival(token);
    const signup = arrival && (await signups.byId(arrival.signupId));
    if (!arrival || !signup) throw unknown('page');
    const campaigns = new Campaigns(this.db.manager);
    const campaign = (await campaigns.byId(signup.campaignId))!;
    const coalition = (await campaigns.coalitionsOf(campaign.id)).find(
      ({ id }) => id === arrival.coalitionId,
    )!;
    return { token, arrival, campaign, coalition };
  }
}
