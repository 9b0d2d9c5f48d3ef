import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { z } from 'zod';
import { channels } from '#domain';
import { currentWordings } from '#messages';
import { Access } from '../access/access.js';
import { maskedContacts, signupHref, type Visit, VisitsService } from '../access/visits.service.js';
import { sendPage, Token } from '../layout/send.js';
import { headOf } from '../layout/view.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { ConsentService } from './consent.service.js';
import { proofOf } from './proof.js';
import { StopPage, type StopPageProps } from './stop.page.js';

/** The page's buttons, or a mail app's own unsubscribe button (RFC 8058). */
const Stop = z.union([
  z.object({ scope: z.enum(['all', 'campaign', 'undo']) }),
  z.object({ 'List-Unsubscribe': z.literal('One-Click') }),
]);

@ApiExcludeController()
@Access('link')
@Controller('stop/:token')
export class StopController {
  constructor(
    private readonly visits: VisitsService,
    private readonly consent: ConsentService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  async ask(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, await this.visits.of(token, 'stop'), 'ask');
  }

  @Post()
  async stop(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Stop }) form: z.infer<typeof Stop>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'stop');
    if ('List-Unsubscribe' in form) {
      await this.consent.stopEverything(visit.signup, ['email'], {
        ...proofOf(request, 'one_click'),
        wording: 'List-Unsubscribe=One-Click',
      });
      return reply.status(200).type('text/plain').send('ok');
    }
    const proof = proofOf(request, 'page');
    if (form.scope === 'all') {
      await this.consent.stopEverything(visit.signup, channels, { ...proof, wording: 'stop-all' });
      return this.show(request, reply, visit, 'stopped_all');
    }
    if (form.scope === 'campaign') {
      await this.consent.stopCampaign(visit.signup, { ...proof, wording: 'stop-campaign' });
      return this.show(request, reply, visit, 'stopped_campaign');
    }
    await this.consent.comeBack(visit.signup, { ...proof, wording: currentWordings.emailOptIn });
    return this.show(request, reply, visit, 'lifted');
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    before: Visit,
    state: StopPageProps['state'],
  ) {
    const visit = await this.visits.again(before);
    const { signup } = visit;
    const { frame, campaignTitle, coalitionName } = headOf(request, visit, signup);
    const states = await this.consent.statesOf(signup);
    return sendPage(
      reply,
      createElement(StopPage, {
        frame,
        campaignTitle,
        coalitionName,
        maskedContact: maskedContacts(signup, frame.words),
        signupHref: signupHref(visit),
        state,
        channels: { email: signup.email ? states.email : null, sms: signup.phone ? states.sms : null },
        smsNumber: this.settings.SMS_NUMBER ?? null,
        settingsHref: this.visits.link('me', 'me', visit),
        action: request.url.split('?')[0]!,
      }),
    );
  }
}
