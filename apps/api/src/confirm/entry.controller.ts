import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { takesSignups } from '#domain';
import { CampaignClock, Campaigns } from '#postgres';
import { Access } from '../access/access.js';
import { sendPage } from '../layout/send.js';
import { headOf, languageOf } from '../layout/view.js';
import { unknown } from '../problems/problem.js';
import { drawCard } from './card.js';
import { EntryPage } from './entry.page.js';
import { entryView } from './entry.view.js';

const Slug = z.string();
const position = z.coerce.number().int().min(0);
/** Positions in the list of duties; one box alone comes as one value, none as no body. */
const Ticked = z
  .object({ duty: z.union([z.array(position).max(20), position.transform((one) => [one])]).default([]) })
  .nullish()
  .transform((body) => body?.duty ?? []);

/**
 * `/c/{campaign}/{coalition}/entry`: what to write on the form. What somebody ticks is POSTed here only where their browser runs no
 * script, to an address without their token, in no URL, and is gone with the answer.
 */
@ApiExcludeController()
@Access('public')
@Controller('c/:campaign/:coalition/entry')
export class EntryController {
  constructor(private readonly db: DataSource) {}

  @Get()
  read(
    @Param('campaign', { schema: Slug }) campaign: string,
    @Param('coalition', { schema: Slug }) coalition: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, campaign, coalition, []);
  }

  @Post()
  @HttpCode(200)
  line(
    @Param('campaign', { schema: Slug }) campaign: string,
    @Param('coalition', { schema: Slug }) coalition: string,
    @Body({ schema: Ticked }) ticked: z.infer<typeof Ticked>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, campaign, coalition, ticked);
  }

  /** The same words on a card to print. */
  @Post('card')
  @HttpCode(200)
  async card(
    @Param('campaign', { schema: Slug }) campaignSlug: string,
    @Param('coalition', { schema: Slug }) coalitionSlug: string,
    @Body({ schema: Ticked }) ticked: z.infer<typeof Ticked>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const language = languageOf(request);
    const { campaign, coalition } = await this.recruiting(campaignSlug, coalitionSlug);
    const { occupation, phrase } = entryOf(entryView(campaign, coalition, language, ticked));
    const card = await drawCard({ language, author: coalition.shortName, occupation, phrase });
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="form-notes-${language}.pdf"`)
      .header('cache-control', 'no-store')
      .send(card);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    campaignSlug: string,
    coalitionSlug: string,
    ticked: number[],
  ) {
    const found = await this.recruiting(campaignSlug, coalitionSlug);
    const { campaign, coalition } = found;
    const now = await new CampaignClock(this.db.manager).now();
    const head = headOf(request, { ...found, now });
    const { language } = head.frame;
    return sendPage(
      reply,
      createElement(EntryPage, {
        ...head,
        entry: entryOf(entryView(campaign, coalition, language, ticked)),
        signupHref: takesSignups(campaign.status)
          ? `/c/${campaign.slug}/${coalition.slug}?lang=${language}`
          : null,
      }),
    );
  }

  private async recruiting(campaignSlug: string, coalitionSlug: string) {
    const found = await new Campaigns(this.db.manager).recruiting(campaignSlug, coalitionSlug);
    if (!found || found.campaign.status === 'draft') throw unknown('campaign');
    return found;
  }
}

function entryOf<Entry>(entry: Entry | null): Entry {
  if (!entry) throw unknown('page');
  return entry;
}
