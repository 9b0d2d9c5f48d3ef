import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CampaignClock, Campaigns, GuideFiles } from '#postgres';
import { Access } from '../access/access.js';
import { renderPage } from '../layout/render.js';
import { guideView, headOf } from '../layout/view.js';
import { unknown } from '../problems/problem.js';
import { CampaignTextsForm, Id } from '../schedule/campaign.schema.js';
import { noCoalition } from '../schedule/rehearsal.service.js';
import { refuseStrangers } from '../schedule/words.js';
import { entryView } from './entry.view.js';
import { GuidePage } from './guide.page.js';

const Looked = z
  .strictObject({ texts: z.partialRecord(z.enum(['en', 'es']), CampaignTextsForm) })
  .refine(({ texts }) => Object.keys(texts).length === 1, {
    path: ['texts'],
    error: 'must be in one language',
  })
  .meta({ id: 'GuideLook' });
const GuideHtml = z.object({ html: z.string() }).meta({ id: 'GuideHtml' });

/** The guide as it is being written. */
@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/guide')
export class GuidePreviewController {
  constructor(private readonly db: DataSource) {}

  /** The page that people would see with these words, and what saving would refuse. Nothing is saved. */
  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: GuideHtml })
  async look(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Looked }) { texts }: z.infer<typeof Looked>,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof GuideHtml>> {
    const campaigns = new Campaigns(this.db.manager);
    const saved = await campaigns.byId(id);
    if (!saved) throw unknown('campaign');
    refuseStrangers(texts, saved.kind);
    const [language] = Object.keys(texts) as ['en' | 'es'];
    const campaign = campaigns.imagine(saved, { texts: { ...saved.texts, ...texts } });
    const [coalition = noCoalition] = await campaigns.coalitionsOf(id);
    const now = await new CampaignClock(this.db.manager).now();
    const head = headOf(request, { campaign, coalition, now }, { language, zone: coalition.zone });
    const files = await new GuideFiles(this.db.manager).of(id);
    const page = createElement(GuidePage, {
      ...head,
      ...{ maskedName: null, signupHref: null, doneAction: null, later: null, laterRefused: null },
      guide: guideView(campaign, coalition, files, language, '/'),
      entry: entryView(campaign, coalition, language),
    });
    return { html: renderPage(page) };
  }
}
