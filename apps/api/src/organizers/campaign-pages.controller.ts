import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { docketZone, rateOf, sayMoment } from '#domain';
import {
  Accounts,
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  type Figures,
  Keyring,
  type StaffKey,
  Texts,
  Waves,
} from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { TallyService } from '../count/tally.service.js';
import { sendPage } from '../layout/send.js';
import { deadlineView, frameOf } from '../layout/view.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id, Turn } from '../schedule/campaign.schema.js';
import { CampaignService } from '../schedule/campaign.service.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { CampaignPage } from './campaign.page.js';
import { CampaignsPage } from './campaigns.page.js';

/** The plain pages that an organizer runs a campaign with. */
@ApiExcludeController()
@Access('organizer')
@Controller('campaigns')
export class CampaignPagesController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly campaigns: CampaignService,
    private readonly tallies: TallyService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const frame = frameOf(request);
    const campaigns = await new Campaigns(this.db.manager).list();
    return sendPage(
      reply,
      createElement(CampaignsPage, {
        frame,
        signOutAction: '/sign-out',
        apiHref: '/openapi.json',
        campaigns: await Promise.all(
          campaigns.map(async (campaign) => ({
            href: `/campaigns/${campaign.id}`,
            title: campaign.wordsIn(frame.language).title,
            kind: campaign.kind,
            status: campaign.status,
            deadline: campaign.deadlineAt && sayMoment(campaign.deadlineAt, docketZone, frame.language),
            ...summed((await this.tallies.of(campaign.id)).total),
          })),
        ),
      }),
    );
  }

  @Get(':id')
  async read(
    @Param('id', { schema: Id }) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.show(request, reply, id, []);
  }

  @Post(':id/:turn')
  async turn(
    @Param('id', { schema: Id }) id: string,
    @Param('turn', { schema: Turn }) turn: Turn,
    @CurrentStaff() staff: StaffKey,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    try {
      await this.campaigns.turn(id, turn, staff);
    } catch (error) {
      if (!(error instanceof Problem) || error.getStatus() === 404) throw error;
      return this.show(
        request,
        reply,
        id,
        [error.detail, ...error.parts.map(({ message }) => message)],
        error.getStatus(),
      );
    }
    return reply.redirect(`/campaigns/${id}`, 303);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    problems: string[],
    status = 200,
  ) {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(id);
    if (!campaign) throw unknown('campaign');
    const frame = frameOf(request);
    const { language } = frame;
    const now = await new CampaignClock(this.db.manager).now();
    const tally = await this.tallies.of(id);
    const figuresOf = new Map(tally.coalitions.map((row) => [row.coalitionId, row]));
    const leaderKeys = await campaigns.leaderKeysOf(id);
    const lines = await new Accounts(this.db.manager, this.keys).named(
      await new Audit(this.db.manager).of(id),
    );
    return sendPage(
      reply,
      createElement(CampaignPage, {
        frame,
        signOutAction: '/sign-out',
        listHref: '/campaigns',
        rehearsalHref: `/campaigns/${id}/rehearsal`,
        title: campaign.wordsIn(language).title,
        kind: campaign.kind,
        status: campaign.status,
        pausedBecause: campaign.pausedBecause,
        deadline: deadlineView(campaign, docketZone, false, now, language),
        total: summed(tally.total),
        actions: actionsOf(campaign),
        texts: {
          href: `/campaigns/${id}/texts`,
          unread: await new Texts(this.db.manager, this.keys).unread(id),
        },
        problems,
        progress: await this.progress(campaign, language),
        coalitions: (await campaigns.coalitionsOf(id)).map((coalition) => ({
          id: coalition.id,
          name: coalition.name,
          signupUrl: `${this.settings.PUBLIC_URL}/c/${campaign.slug}/${coalition.slug}`,
          leaderUrl: `${this.settings.PUBLIC_URL}/leader/${this.keys.token(leaderKeys.get(coalition.id)!, `${id}/${coalition.id}`, 'leader')}`,
          ...summed(figuresOf.get(coalition.id)),
        })),
        audit: lines.map((line, index) => ({
          id: String(index),
          at: line.at.toISOString(),
          moment: sayMoment(line.at, docketZone, language),
          who: line.who,
          what: frame.words.organizers.action[line.action] ?? line.action,
        })),
      }),
      status,
    );
  }

  private async progress(campaign: Campaign, language: 'en' | 'es') {
    const counts = await this.tallies.progress(campaign.id);
    const moments = await new Waves(this.db.manager).momentsOf(campaign.id);
    const ladder = await new Campaigns(this.db.manager).ladderOf(campaign.id);
    return ladder.flatMap((rung) =>
      rung.channels.map((channel) => {
        const counted = counts.find((row) => row.rungId === rung.id && row.channel === channel);
        const moment = moments.find((wave) => wave.rungId === rung.id && wave.channel === channel);
        return {
          key: `${rung.id} ${channel}`,
          rung: rung.name,
          when: moment?.at ? sayMoment(moment.at, docketZone, language) : '–',
          channel,
          planned: counted?.planned ?? 0,
          sent: counted?.sent ?? 0,
          skipped: counted?.skipped ?? {},
          failed: sum(counted?.failed),
          unknown: counted?.unknown ?? 0,
          ratePerMinute: counted?.ratePerMinute ?? 0,
          secondsLeft: counted?.secondsLeft ?? null,
        };
      }),
    );
  }
}

const sum = (counts: Record<string, number> = {}) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

function summed(
  { signups, confirmed }: Pick<Figures, 'signups' | 'confirmed'> = { signups: 0, confirmed: 0 },
) {
  return { signups, confirmed, ratePercent: Math.round((rateOf({ signups, confirmed }) ?? 0) * 100) };
}

function actionsOf({ id, status }: Campaign): Record<Turn, string | null> {
  const when = (turn: Turn, ...statuses: string[]) =>
    statuses.includes(status) ? `/campaigns/${id}/${turn}` : null;
  return {
    launch: when('launch', 'draft'),
    pause: when('pause', 'running'),
    resume: when('resume', 'paused'),
    close: when('close', 'awaiting', 'running', 'paused', 'ended'),
  };
}
