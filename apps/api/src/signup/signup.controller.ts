import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { publicFigures, takesSignups } from '#domain';
import { currentWordings, markdownHtml, sayWording } from '#messages';
import { type Campaign, CampaignClock, Campaigns, type Coalition } from '#postgres';
import { Access } from '../access/access.js';
import { TallyService } from '../count/tally.service.js';
import { sendPage } from '../layout/send.js';
import { deadlineView, frameOf, languageOf, textsOf } from '../layout/view.js';
import { zoneChoices } from '../layout/zones.js';
import { unknown } from '../problems/problem.js';
import { proofOf } from '../consent/proof.js';
import { readSignup } from './read-signup.js';
import { type SignupError, SignupPage, type SignupTyped } from './signup.page.js';
import { SignupService } from './signup.service.js';

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

@ApiExcludeController()
@Controller()
export class SignupController {
  constructor(
    private readonly db: DataSource,
    private readonly signups: SignupService,
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
}
