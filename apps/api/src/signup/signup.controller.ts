import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { publicFigures, takesSignups, zoneChoices } from '#domain';
import { currentWordings, markdownHtml, sayWording } from '#messages';
import { type Campaign, CampaignClock, Campaigns, type Coalition } from '#postgres';
import { Access } from '../access/access.js';
import { TallyService } from '../count/tally.service.js';
import { sendPage } from '../layout/send.js';
import { byOf, codeOf, deadlineView, frameOf, hasGuide, languageOf } from '../layout/view.js';
import { EndedPage } from '../invite/ended.page.js';
import { InviteService, takesLateComers } from '../invite/invite.service.js';
import { unknown } from '../problems/problem.js';
import { proofOf } from '../consent/proof.js';
import { SignupLimits } from './limits.service.js';
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

const NextStepFields = z.object({ email: field });
const blank = {
  email: '',
  phone: '',
  name: '',
  zip: '',
  zone: '',
  smsConsent: false,
  nextStep: false,
  showName: false,
};

@ApiExcludeController()
@Controller()
export class SignupController {
  constructor(
    private readonly db: DataSource,
    private readonly signups: SignupService,
    private readonly tallies: TallyService,
    private readonly limits: SignupLimits,
    private readonly invitations: InviteService,
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
    if (coalition.slug !== coalitionSlug) {
      const { search } = new URL(request.url, 'http://here');
      return reply.redirect(`/c/${campaign.slug}/${coalition.slug}${search}`, 303);
    }
    const typed = { ...blank, language: languageOf(request) };
    return this.show(request, reply, campaign, coalition, typed, []);
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
    const from = await this.limits.signUpFrom(request.ip);
    if (from.full !== null) {
      void reply.header('retry-after', from.retrySeconds);
      return this.show(request, reply, campaign, coalition, typed, ['too_many']);
    }
    const proof = proofOf(request, 'page');
    const { arrival } = await this.signups.accept(
      campaign,
      coalition,
      read.typed,
      {
        ...proof,
        means: { ...proof.means, boxesUnticked: true },
        wordings: {
          texts: currentWordings.smsBox,
          nextStep: currentWordings.nextStep,
          visible: currentWordings.visible,
        },
      },
      codeOf(request),
    );
    return reply.redirect(`/welcome/${arrival}?lang=${typed.language}`, 303);
  }

  /** "Tell me about the next step", on the page of a campaign that is over. The address's owner is asked by mail. */
  @Post('c/:campaign/:coalition/next')
  @Access('public')
  async tellMe(
    @Param('campaign', { schema: Slug }) campaignSlug: string,
    @Param('coalition', { schema: Slug }) coalitionSlug: string,
    @Body({ schema: NextStepFields }) { email }: z.infer<typeof NextStepFields>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { campaign, coalition } = await this.recruiting(campaignSlug, coalitionSlug);
    const language = languageOf(request);
    const page = `/c/${campaign.slug}/${coalition.slug}?lang=${language}`;
    const now = await new CampaignClock(this.db.manager).now();
    if (!takesLateComers(campaign, now)) return reply.redirect(page, 303);
    const typed = { ...blank, email, language };
    const read = readSignup({ ...typed, wantsTexts: false, visible: false }, coalition.zone);
    if ('errors' in read)
      return this.show(request, reply, campaign, coalition, typed, [
        email.trim() ? 'email_invalid' : 'email_missing',
      ]);
    const from = await this.limits.signUpFrom(request.ip);
    if (from.full !== null) {
      void reply.header('retry-after', from.retrySeconds);
      return this.show(request, reply, campaign, coalition, typed, ['too_many']);
    }
    await this.invitations.ask(campaign, coalition, read.typed);
    const frame = frameOf(request, { person: language, coalition });
    return sendPage(
      reply,
      createElement(EndedPage, {
        frame,
        campaign: campaign.status === 'closed' ? 'closed' : 'ended',
        campaignTitle: campaign.wordsIn(frame.language).title,
        coalitionName: coalition.name,
        deadline: deadlineView(campaign, coalition.zone, false, now, frame.language),
        state: { is: 'sent' },
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
    const frame = frameOf(request, { person: typed.language, coalition });
    const { language } = frame;
    const page = `/c/${campaign.slug}/${coalition.slug}`;
    const query = `?lang=${language}${byOf(request)}`;
    const texts = campaign.wordsIn(language);
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
        action: `${page}${query}`,
        guideHref: hasGuide(campaign.status) ? `${page}/guide${query}` : null,
        nextStepAction: takesLateComers(campaign, now) ? `${page}/next?lang=${language}` : null,
        typed,
        errors,
        zones: zoneChoices(language),
        wordings: {
          smsConsent: wording('smsBox'),
          nextStep: wording('nextStep'),
          showName: wording('visible'),
        },
      }),
      errors.includes('too_many') ? 429 : errors.length > 0 ? 422 : refused ? 409 : 200,
    );
  }

  private async recruiting(campaignSlug: string, coalitionSlug: string) {
    const found = await new Campaigns(this.db.manager).recruiting(campaignSlug, coalitionSlug);
    if (!found || found.campaign.status === 'draft') throw unknown('campaign');
    return found;
  }
}
