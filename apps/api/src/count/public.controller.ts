import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { docketZone, publicFigures, sayMoment } from '#domain';
import { CampaignClock, Campaigns, type Figures } from '#postgres';
import { Access } from '../access/access.js';
import { sendPage } from '../layout/send.js';
import { deadlineView, frameOf } from '../layout/view.js';
import { unknown } from '../problems/problem.js';
import { PublicCountPage } from './public.page.js';
import { TallyService } from './tally.service.js';

/** `/count/{campaign}`: what everybody may see. Figures under 10 stay hidden, the rest are rounded down to 5 (RULES §8). */
@ApiExcludeController()
@Access('public')
@Controller('count')
export class PublicCountController {
  constructor(
    private readonly db: DataSource,
    private readonly tallies: TallyService,
  ) {}

  @Get(':campaign')
  async read(
    @Param('campaign', { schema: z.string() }) slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.bySlug(slug);
    if (!campaign || campaign.status === 'draft') throw unknown('campaign');
    const frame = frameOf(request);
    const { language } = frame;
    const now = await new CampaignClock(this.db.manager).now();
    const tally = await this.tallies.of(campaign.id);
    const figuresOf = new Map(tally.coalitions.map((row) => [row.coalitionId, row]));
    const total = shown(tally.total);
    return sendPage(
      reply,
      createElement(PublicCountPage, {
        frame,
        kind: campaign.kind,
        campaignTitle: campaign.wordsIn(language).title,
        deadline: deadlineView(campaign, docketZone, false, now, language),
        total: {
          signups: total.signups,
          confirmed: total.confirmed,
          pledged:
            publicFigures({ signups: tally.total.signups, confirmed: tally.total.pledged })?.confirmed ??
            null,
        },
        goal: campaign.goal,
        coalitions: (await campaigns.coalitionsOf(campaign.id)).map((coalition) => ({
          name: coalition.name,
          signupHref: `/c/${campaign.slug}/${coalition.slug}`,
          ...shown(figuresOf.get(coalition.id)),
        })),
        asOf: sayMoment(now, docketZone, language),
      }),
    );
  }
}

function shown(figures: Figures | undefined) {
  const rounded = figures && publicFigures(figures);
  return {
    signups: rounded?.signups ?? null,
    confirmed: rounded?.confirmed ?? null,
    ratePercent: rounded ? Math.round(rounded.rate * 100) : null,
  };
}
