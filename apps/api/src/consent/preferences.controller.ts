import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { z } from 'zod';
import { isZone, maskEmail, maskPhone } from '#domain';
import { currentWordings } from '#messages';
import { Access } from '../access/access.js';
import { type Visit, VisitsService } from '../access/visits.service.js';
import { sendPage, Token } from '../layout/send.js';
import { frameOf } from '../layout/view.js';
import { zoneChoices } from '../layout/zones.js';
import { ConsentService } from './consent.service.js';
import { type ContactSetting, PreferencesPage } from './preferences.page.js';
import { proofOf } from './proof.js';

const Saved = z.object({ language: z.enum(['en', 'es']), zone: z.string().max(60) });
const Switch = z.object({ channel: z.enum(['on', 'off']) });
const ChannelName = z.enum(['email', 'sms']);

/** `/me/{token}`: a person's own channels, language and zone; contacts are shown masked. */
@ApiExcludeController()
@Access('link')
@Controller('me/:token')
export class PreferencesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly consent: ConsentService,
  ) {}

  @Get()
  async read(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, token, await this.visits.of(token, 'me'));
  }

  @Post()
  async save(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Saved }) { language, zone }: z.infer<typeof Saved>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'me');
    if (!isZone(zone)) return this.show(request, reply, token, visit, { zoneError: true });
    await this.consent.setPlace(visit.signup, language, zone);
    return this.show(request, reply, token, await this.visits.again(visit), { saved: true });
  }

  @Post(':channel')
  async turn(
    @Param('token', { schema: Token }) token: string,
    @Param('channel', { schema: ChannelName }) channel: z.infer<typeof ChannelName>,
    @Body({ schema: Switch }) form: z.infer<typeof Switch>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'me');
    const proof = proofOf(request, 'page');
    if (form.channel === 'off')
      await this.consent.stopCampaign(visit.signup, { ...proof, wording: 'preferences-off' }, [channel]);
    else if (channel === 'email')
      await this.consent.comeBack(visit.signup, { ...proof, wording: currentWordings.emailOptIn });
    else await this.consent.askAgainByText(visit.signup);
    return this.show(request, reply, token, await this.visits.again(visit), { saved: true });
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    visit: Visit,
    { saved = false, zoneError = false } = {},
  ) {
    const { signup, coalition } = visit;
    const frame = frameOf(request, { person: signup.language, colour: coalition.colour });
    const contacts: ContactSetting[] = [];
    const states = await this.consent.statesOf(signup);
    if (signup.email)
      contacts.push({
        channel: 'email',
        masked: maskEmail(signup.email),
        state: states.email,
        action: `/me/${token}/email`,
      });
    if (signup.phone)
      contacts.push({
        channel: 'sms',
        masked: maskPhone(signup.phone),
        state: states.sms,
        action: `/me/${token}/sms`,
      });
    const zones = zoneChoices(frame.language);
    return sendPage(
      reply,
      createElement(PreferencesPage, {
        frame,
        coalitionName: coalition.name,
        contacts,
        language: signup.language === 'es' ? 'es' : 'en',
        zone: signup.zone,
        zones: zones.some(({ value }) => value === signup.zone)
          ? zones
          : [{ value: signup.zone, label: signup.zone }, ...zones],
        zoneError,
        saveAction: `/me/${token}`,
        saved,
        stopHref: this.visits.link('stop', 'stop', visit),
        dataHref: null,
      }),
      zoneError ? 422 : 200,
    );
  }
}
