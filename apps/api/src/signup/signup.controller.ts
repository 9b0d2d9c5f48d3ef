import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { publicFigures, takesSignups } from '#domain';
import { currentWordings, markdownHtml, sayWording } from '#messages';
import { type Campaign, CampaignClock, Campaigns, type Coalition, Keyring, Signups } from '#postgres';
import { Access } from '../access/access.js';
import { ConfirmService } from '../confirm/confirm.service.js';
import { TallyService } from '../count/tally.service.js';
import { sendPage, Token } from '../layout/send.js';
import { deadlineView, frameOf, guideView, languageOf, plannedView, textsOf } from '../layout/view.js';
import { zoneChoices } from '../layout/zones.js';
import { unknown } from '../problems/problem.js';
import { proofOf } from '../consent/proof.js';
import { PersonalPlans } from '../schedule/personal-plans.js';
import { readSignup } from './read-signup.js';
import { type SignupError, SignupPage, type SignupTyped } from './signup.page.js';
import { SignupService } from './signup.service.js';
import { WelcomePage } from './welcome.page.js';

const Slug = z.string();
const field = z.string().max(1_000).default('');
const ticked = z
  .string()
  .max(20)
  .optional()
  .transform((value) => value !== undefined);
const SignupFields = z.object({
  email: field,
  phone: field,
  name: field,
  zip: field,
  zone: field,
  language: field,
  smsConsent: ticked,
  nextStep: ticked,
  showName: ticked,
});
const Outcome = z.object({ outcome: z.enum(['filed', 'answered', 'pledged', 'not_sampled']) });

@ApiExcludeController()
@Controller()
export class SignupController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly signups: SignupService,
    private readonly confirm: ConfirmService,
    private readonly plans: PersonalPlans,
    private readonly tallies: TallyService,
  ) {}

  @Get('c/:campaign/:coalition')
  @Access('public')
  async form(
    @Param('campaign', { schema: Slug }) campaignSlug: string,
    @Param('coalition', { schema: Slug }) coalitionSlug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { campaign, coalition } = await this.recruiting(campaignSlug, coalitionSlug);
    const language = languageOf(request);
    const blank = {
      email: '',
      phone: '',
      name: '',
      zip: '',
      zone: '',
      language,
      smsConsent: false,
      nextStep: false,
      showName: false,
    };
    return this.show(request, reply, campaign, coalition, blank, []);
  }

  @Post('c/:campaign/:coalition')
  @Access('public')
  async signUp(
    @Param('campaign', { schema: Slug }) campaignSlug: string,
    @Param('coalition', { schema: Slug }) coalitionSlug: string,
    @Body({ schema: SignupFields }) fields: z.infer<typeof SignupFields>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { campaign, coalition } = await this.recruiting(campaignSlug, coalitionSlug);
    const language = fields.language || languageOf(request);
    const typed = { ...fields, language: language === 'es' ? ('es' as const) : ('en' as const) };
    const read = readSignup(
      { ...fields, language, wantsTexts: fields.smsConsent, visible: fields.showName },
      coalition.zone,
    );
    if ('errors' in read || !takesSignups(campaign.status)) {
      return this.show(request, reply, campaign, coalition, typed, 'errors' in read ? read.errors : []);
    }
    const proof = proofOf(request, 'page');
    const { arrival } = await this.signups.accept(campaign, coalition, read.typed, {
      ...proof,
      means: { ...proof.means, boxesUnticked: true },
      wordings: {
        texts: currentWordings.smsBox,
        nextStep: currentWordings.nextStep,
        visible: currentWordings.visible,
      },
    });
    return reply.redirect(`/welcome/${arrival}?lang=${typed.language}`, 303);
  }

  /** The page after signup: what comes, and the deed at once. The same for a contact that was known. */
  @Get('welcome/:token')
  @Access('link')
  async welcome(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { campaign, coalition, typed } = await this.arrived(token);
    const frame = frameOf(request, { person: typed.language, colour: coalition.colour });
    const now = await new CampaignClock(this.db.manager).now();
    const touches = await this.plans.plan(this.db.manager, campaign, typed, {
      ...(typed.email && { email: now }),
      ...(typed.wantsTexts && { sms: now }),
    });
    const acting = campaign.status === 'running' || campaign.status === 'paused';
    return sendPage(
      reply,
      createElement(WelcomePage, {
        frame,
        kind: campaign.kind,
        campaignTitle: textsOf(campaign, frame.language).title,
        coalitionName: coalition.name,
        deadline: deadlineView(campaign, typed.zone, true, now, frame.language),
        asked: { email: typed.email !== undefined, sms: typed.wantsTexts },
        planned: plannedView(touches, typed.zone, frame.language),
        guide: acting ? guideView(campaign, frame.language, `/welcome/${token}/form`) : null,
        doneAction: acting ? `/welcome/${token}/done` : null,
      }),
    );
  }

  @Post('welcome/:token/form')
  @Access('link')
  async openForm(@Param('token', { schema: Token }) token: string, @Res() reply: FastifyReply) {
    const { campaign, arrival } = await this.arrived(token);
    if (!arrival.known) await new Signups(this.db.manager, this.keys).wentToForm(arrival.signupId);
    return reply.redirect(campaign.official.url ?? '/', 303);
  }

  @Post('welcome/:token/done')
  @Access('link')
  async done(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Outcome }) { outcome }: z.infer<typeof Outcome>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { campaign, coalition, arrival, typed } = await this.arrived(token);
    this.confirm.check(campaign, outcome);
    if (arrival.known) {
      await new Signups(this.db.manager, this.keys).setTyped(arrival.signupId, arrival.coalitionId, {
        ...typed,
        outcome,
      });
    } else {
      await this.confirm.record(campaign, arrival.signupId, outcome, 'page');
    }
    const frame = frameOf(request, { person: typed.language, colour: coalition.colour });
    const now = await new CampaignClock(this.db.manager).now();
    return sendPage(
      reply,
      createElement(WelcomePage, {
        frame,
        kind: campaign.kind,
        campaignTitle: textsOf(campaign, frame.language).title,
        coalitionName: coalition.name,
        deadline: deadlineView(campaign, typed.zone, true, now, frame.language),
        asked: { email: typed.email !== undefined, sms: typed.wantsTexts },
        planned: [],
        guide: null,
        doneAction: null,
        noted: true,
      }),
    );
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    campaign: Campaign,
    coalition: Coalition,
    typed: SignupTyped,
    errors: SignupError[],
  ) {
    const frame = frameOf(request, { person: typed.language, colour: coalition.colour });
    const { language } = frame;
    const texts = textsOf(campaign, language);
    const { coalitions } = await this.tallies.of(campaign.id);
    const figures = coalitions.find(({ coalitionId }) => coalitionId === coalition.id);
    const said = { coalition: coalition.name, shortName: coalition.shortName, campaign: texts.title };
    const wording = (key: 'smsBox' | 'nextStep' | 'visible') => ({
      text: sayWording(currentWordings[key], language, said),
      key: currentWordings[key],
    });
    const now = await new CampaignClock(this.db.manager).now();
    const refused = errors.length > 0 || (request.method === 'POST' && !takesSignups(campaign.status));
    const counted = figures && publicFigures(figures);
    return sendPage(
      reply,
      createElement(SignupPage, {
        frame,
        state:
          campaign.status === 'running' ? 'open' : campaign.status === 'draft' ? 'closed' : campaign.status,
        kind: campaign.kind,
        campaignTitle: texts.title,
        coalitionName: coalition.name,
        deed: texts.summary,
        whyHtml: texts.why ? markdownHtml(texts.why) : null,
        deadline: deadlineView(campaign, coalition.zone, false, now, language),
        counted: counted
          ? {
              signups: counted.signups,
              confirmed: counted.confirmed,
              ratePercent: Math.round(counted.rate * 100),
            }
          : null,
        action: request.url,
        typed,
        errors,
        zones: zoneChoices(language),
        wordings: {
          smsConsent: wording('smsBox'),
          nextStep: wording('nextStep'),
          showName: wording('visible'),
        },
      }),
      errors.length > 0 ? 422 : refused ? 409 : 200,
    );
  }

  private async recruiting(campaignSlug: string, coalitionSlug: string) {
    const found = await new Campaigns(this.db.manager).recruiting(campaignSlug, coalitionSlug);
    if (!found || found.campaign.status === 'draft') throw unknown('campaign');
    return found;
  }

  private async arrived(token: string) {
    const signups = new Signups(this.db.manager, this.keys);
    const arrival = await signups.arrival(token);
    const signup = arrival && (await signups.byId(arrival.signupId));
    if (!arrival || !signup) throw unknown('page');
    const campaigns = new Campaigns(this.db.manager);
    const campaign = (await campaigns.byId(signup.campaignId))!;
    const coalition = (await campaigns.coalitionsOf(campaign.id)).find(
      ({ id }) => id === arrival.coalitionId,
    )!;
    return { arrival, campaign, coalition, typed: arrival.typed };
  }
}
