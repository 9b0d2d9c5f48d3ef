import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { isZone, maskEmail, maskPhone, zoneChoices } from '#domain';
import { currentWordings } from '#messages';
import { Keyring, Signups } from '#postgres';
import { Access } from '../access/access.js';
import { maskedWho, signupHref, type Visit, VisitsService } from '../access/visits.service.js';
import { sendPage, Token } from '../layout/send.js';
import { headOf } from '../layout/view.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { ConsentService } from './consent.service.js';
import { DataService } from './data.service.js';
import { laterChoices, LaterService } from './later.service.js';
import { type ContactSetting, PreferencesPage, type PreferencesPageProps } from './preferences.page.js';
import { proofOf } from './proof.js';
import { newsIn, sayNews } from './typed.js';

const Saved = z.object({ language: z.enum(['en', 'es']), zone: z.string().max(60) });
const Switch = z.object({ channel: z.enum(['on', 'off', 'never']) });
const ChannelName = z.enum(['email', 'sms']);
const Chosen = z.object({ later: z.enum(laterChoices) });
const Decided = z.object({ typed: z.enum(['use', 'drop']) });

/** `/me/{token}`: a person's own channels, language and zone, and what waits for them; contacts are shown masked. */
@ApiExcludeController()
@Access('link')
@Controller('me/:token')
export class PreferencesController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly visits: VisitsService,
    private readonly consent: ConsentService,
    private readonly later: LaterService,
    private readonly data: DataService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
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
    return this.show(request, reply, token, await this.visits.again(visit), { said: 'saved' });
  }

  @Post('later')
  async remindLater(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Chosen }) { later }: z.infer<typeof Chosen>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'me');
    const laterRefused = await this.later.choose(visit, later);
    if (laterRefused)
      return this.show(request, reply, token, await this.visits.again(visit), { laterRefused });
    return reply.redirect(`/me/${token}#later`, 303);
  }

  /** What somebody typed for this person: theirs, or not. */
  @Post('typed')
  async decide(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Decided }) { typed }: z.infer<typeof Decided>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'me');
    const { smsBox: texts, nextStep, visible } = currentWordings;
    if (typed === 'use')
      await this.consent.useTyped(visit.signup, {
        ...proofOf(request, 'page'),
        wordings: { texts, nextStep, visible },
      });
    else await this.consent.dropTyped(visit.signup);
    const said = typed === 'use' ? 'typedUsed' : 'typedDropped';
    return this.show(request, reply, token, await this.visits.again(visit), { said });
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
    else if (form.channel === 'never')
      await this.consent.stopEverything(visit.signup, [channel], { ...proof, wording: 'preferences-never' });
    else if (channel === 'email')
      await this.consent.comeBack(visit.signup, { ...proof, wording: currentWordings.emailOptIn });
    else await this.consent.askAgainByText(visit.signup);
    return this.show(request, reply, token, await this.visits.again(visit), { said: 'saved' });
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    visit: Visit,
    {
      said = null,
      zoneError = false,
      laterRefused = null,
    }: Partial<Pick<PreferencesPageProps, 'said' | 'zoneError' | 'laterRefused'>> = {},
  ) {
    const { signup } = visit;
    const { frame, campaignTitle, coalitionName } = headOf(request, visit, signup);
    const waiting = await new Signups(this.db.manager, this.keys).waiting(signup.id);
    return sendPage(
      reply,
      createElement(PreferencesPage, {
        frame,
        campaignTitle,
        coalitionName,
        maskedName: maskedWho(signup),
        signupHref: signupHref(visit),
        contacts: await this.contactsOf(visit, token),
        typed: waiting ? sayNews(waiting, newsIn(waiting, signup), frame.words, frame.language) : [],
        typedAction: `/me/${token}/typed`,
        later: await this.later.view(visit, frame.language, `/me/${token}/later`),
        laterRefused,
        language: signup.language === 'es' ? 'es' : 'en',
        zone: signup.zone,
        zones: zoneChoices(frame.language, signup.zone),
        zoneError,
        saveAction: `/me/${token}`,
        said,
        stopHref: this.visits.link('stop', 'stop', visit),
        smsNumber: this.settings.SMS_NUMBER ?? null,
        data: { action: `/me/${token}/data`, channel: this.data.channelOf(signup) },
      }),
      zoneError ? 422 : laterRefused ? 409 : 200,
    );
  }

  private async contactsOf({ signup }: Visit, token: string): Promise<ContactSetting[]> {
    const states = await this.consent.statesOf(signup);
    const { email, phone } = signup;
    const contact = (channel: 'email' | 'sms', masked: string): ContactSetting => ({
      channel,
      masked,
      state: states[channel],
      action: `/me/${token}/${channel}`,
    });
    return [
      ...(email ? [contact('email', maskEmail(email))] : []),
      ...(phone ? [contact('sms', maskPhone(phone))] : []),
    ];
  }
}
