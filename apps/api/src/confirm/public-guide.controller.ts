import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { openingLine, takesSignups } from '#domain';
import { CampaignClock, Campaigns, GuideFiles } from '#postgres';
import { Access } from '../access/access.js';
import { sendPage } from '../layout/send.js';
import { byOf, guideView, hasWorkshop, publicWords, headOf } from '../layout/view.js';
import { unknown } from '../problems/problem.js';
import { entryView } from './entry.view.js';
import { GuidePage } from './guide.page.js';
import { WorkshopPage } from './workshop.page.js';

const Slug = z.string();

/** The guide and the workshop at addresses that say nothing about who reads them. */
@ApiExcludeController()
@Access('public')
@Controller('c/:campaign/:coalition')
export class PublicGuideController {
  constructor(private readonly db: DataSource) {}

  @Get('guide')
  async guide(
    @Param('campaign', { schema: Slug }) campaignSlug: string,
    @Param('coalition', { schema: Slug }) coalitionSlug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const here = await this.launched(campaignSlug, coalitionSlug);
    const head = headOf(request, here);
    const files = await new GuideFiles(this.db.manager).of(here.campaign.id);
    return sendPage(
      reply,
      createElement(GuidePage, {
        ...head,
        maskedName: null,
        signupHref: takesSignups(here.campaign.status)
          ? `/c/${here.campaign.slug}/${here.coalition.slug}?lang=${head.frame.language}${byOf(request)}`
          : null,
        guide: guideView(here.campaign, here.coalition, files, head.frame.language, null),
        entry: entryView(here.campaign, here.coalition, head.frame.language),
        doneAction: null,
        later: null,
        laterRefused: null,
      }),
    );
  }

  @Get('comment')
  async comment(
    @Param('campaign', { schema: Slug }) campaignSlug: string,
    @Param('coalition', { schema: Slug }) coalitionSlug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const here = await this.launched(campaignSlug, coalitionSlug);
    const { campaign, coalition } = here;
    const head = headOf(request, here);
    const { language } = head.frame;
    if (!hasWorkshop(campaign, language)) throw unknown('page');
    const { opening, prompts, facts, sample } = campaign.wordsIn(language);
    const { url, docket } = campaign.official;
    return sendPage(
      reply,
      createElement(WorkshopPage, {
        ...head,
        slug: campaign.slug,
        opening: opening ? openingLine(opening, docket) : null,
        prompts: prompts!,
        facts: facts ?? [],
        sample: sample ?? null,
        public: publicWords(campaign, language),
        form: url ? { href: url, host: new URL(url).host } : null,
        guideHref: `/c/${campaign.slug}/${coalition.slug}/guide?lang=${language}`,
      }),
      200,
      { forms: url ? new URL(url).origin : '' },
    );
  }

  private async launched(campaignSlug: string, coalitionSlug: string) {
    const found = await new Campaigns(this.db.manager).recruiting(campaignSlug, coalitionSlug);
    if (!found || found.campaign.status === 'draft') throw unknown('campaign');
    return { ...found, now: await new CampaignClock(this.db.manager).now() };
  }
}
