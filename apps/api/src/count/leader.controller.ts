import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { rateOf, sayMoment } from '#domain';
import type { Language } from '#messages';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  Coalitions,
  type Figures,
  Keyring,
  Staff,
  Texts,
} from '#postgres';
import { Access } from '../access/access.js';
import { sendPage, Token } from '../layout/send.js';
import { frameOf, headOf } from '../layout/view.js';
import { Problem } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { type LeaderFigures, LeaderPage } from './leader.page.js';
import { TallyService } from './tally.service.js';
import { textView } from './text.js';

type Line = { id: string; name: string; depth: number; figures: LeaderFigures };

/** A leader's own coalition and those below it, in one campaign, behind a signed link (promise 9). */
@ApiExcludeController()
@Access('link')
@Controller('leader/:token')
export class LeaderController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly tallies: TallyService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  async read(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { campaign, coalition, lines, now } = await this.seen(token);
    const head = headOf(request, { campaign, coalition, now });
    return sendPage(
      reply,
      createElement(LeaderPage, {
        ...head,
        total: lines[0]!.figures,
        overlap: await this.tallies.overlap(campaign.id, coalition.id),
        coalitions: lines,
        texts: await this.textsFor(campaign, coalition, head.frame.language),
        signupUrl: `${this.settings.PUBLIC_URL}/c/${campaign.slug}/${coalition.slug}`,
        liveUrl: `/leader/${token}/figures?lang=${head.frame.language}`,
        asOf: sayMoment(now, coalition.zone, head.frame.language),
      }),
      200,
      { connects: true },
    );
  }

  /** The same figures as words, for the page to keep itself fresh. */
  @Get('figures')
  async figures(@Param('token', { schema: Token }) token: string, @Req() request: FastifyRequest) {
    const { coalition, lines, now } = await this.seen(token);
    const { words, language } = frameOf(request);
    const figures: Record<string, string> = {};
    for (const [name, line] of [
      ['total', lines[0]!] as const,
      ...lines.map((line) => [line.id, line] as const),
    ]) {
      const { ratePercent, ...counts } = line.figures;
      for (const [figure, count] of Object.entries(counts))
        figures[`${name}.${figure}`] = words.number(count);
      figures[`${name}.rate`] = ratePercent === null ? '–' : words.percent(ratePercent);
    }
    return { asOf: words.leader.asOf(sayMoment(now, coalition.zone, language)), figures, say: null };
  }

  /** Who looked is written down once an hour: the page loads itself again by itself. */
  private async textsFor(campaign: Campaign, coalition: Coalition, language: Language) {
    return this.db.transaction(async (db) => {
      const texts = await new Texts(db, this.keys).seenBy(campaign.id, coalition.id);
      if (texts.length > 0)
        await new Audit(db).writeHourly(`leader:${coalition.name}`, 'texts.read', campaign.id, {
          coalitionId: coalition.id,
        });
      return texts.map((text) => textView(text, language));
    });
  }

  private async seen(
    token: string,
  ): Promise<{ campaign: Campaign; coalition: Coalition; lines: Line[]; now: Date }> {
    const leader = await new Staff(this.db.manager).leaderOf(token);
    if (!leader) throw new Problem(404, 'link_unknown', 'This link is not known, or it has ended.');
    const campaign = (await new Campaigns(this.db.manager).byId(leader.campaignId))!;
    const coalition = (await new Coalitions(this.db.manager).byId(leader.coalitionId))!;
    const { coalitions } = await this.tallies.of(campaign.id);
    const figuresOf = new Map(coalitions.map((row) => [row.coalitionId, row]));
    const tree = await new Coalitions(this.db.manager).treeBelow(coalition.id);
    const lines = tree.map(({ id, name, depth }) => ({ id, name, depth, figures: exact(figuresOf.get(id)) }));
    return { campaign, coalition, lines, now: await new CampaignClock(this.db.manager).now() };
  }
}

const none: Figures = { signups: 0, optedIn: 0, went: 0, confirmed: 0, verified: 0, pledged: 0 };

function exact({ signups, optedIn, confirmed, verified, pledged }: Figures = none): LeaderFigures {
  const rate = rateOf({ signups, confirmed });
  return {
    signups,
    optedIn,
    confirmed,
    verified,
    pledged,
    ratePercent: rate === null ? null : Math.round(rate * 100),
  };
}
