import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { maskPhone } from '#domain';
import { Audit, type Campaign, Campaigns, Keyring, type KeptText, type StaffKey, Texts } from '#postgres';
import { Access, actorOf, CurrentStaff } from '../access/access.js';
import { sendPage } from '../layout/send.js';
import { frameOf } from '../layout/view.js';
import { unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { TextsPage, textView } from './texts.page.js';

const Cursor = z
  .string()
  .regex(/^[01]\.\d{1,18}$/)
  .optional();
const TextId = z.string().regex(/^\d{1,18}$/);

/** Texts that no machine could answer, for organizers to read. Who looks, and when, is in the audit log. */
@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller()
export class TextsController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
  ) {}

  /** Unread words of crisis first, then the newest. */
  @Get('api/v1/campaigns/:id/texts')
  async list(
    @Param('id', { schema: Id }) id: string,
    @Query('cursor', { schema: Cursor }) cursor: z.infer<typeof Cursor>,
    @CurrentStaff() staff: StaffKey,
  ) {
    const { items, nextCursor } = await this.look(await this.campaign(id), cursor, staff);
    return {
      items: items.map((text) => ({ ...text, phone: text.crisis ? text.phone : maskPhone(text.phone) })),
      nextCursor,
    };
  }

  @ApiExcludeEndpoint()
  @Get('campaigns/:id/texts')
  async read(
    @Param('id', { schema: Id }) id: string,
    @Query('cursor', { schema: Cursor }) cursor: z.infer<typeof Cursor>,
    @CurrentStaff() staff: StaffKey,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const campaign = await this.campaign(id);
    const { items, nextCursor } = await this.look(campaign, cursor, staff);
    const frame = frameOf(request);
    const here = `/campaigns/${id}/texts`;
    return sendPage(
      reply,
      createElement(TextsPage, {
        frame,
        signOutAction: '/sign-out',
        campaignHref: `/campaigns/${id}`,
        campaignTitle: campaign.wordsIn(frame.language).title,
        texts: items.map((text) => ({
          ...textView(text, frame.language),
          readAction: text.readAt ? null : `${here}/${text.id}/read`,
        })),
        olderHref: nextCursor && `${here}?cursor=${nextCursor}&lang=${frame.language}`,
      }),
    );
  }

  @ApiExcludeEndpoint()
  @Post('campaigns/:id/texts/:textId/read')
  async markRead(
    @Param('id', { schema: Id }) id: string,
    @Param('textId', { schema: TextId }) textId: string,
    @CurrentStaff() staff: StaffKey,
    @Res() reply: FastifyReply,
  ) {
    const there = await new Texts(this.db.manager, this.keys).markRead(id, textId, actorOf(staff));
    if (!there) throw unknown('text');
    return reply.redirect(`/campaigns/${id}/texts`, 303);
  }

  private async campaign(id: string): Promise<Campaign> {
    const campaign = await new Campaigns(this.db.manager).byId(id);
    if (!campaign) throw unknown('campaign');
    return campaign;
  }

  /** Nobody sees a text before the look is written down. */
  private look(
    { id }: Campaign,
    after: string | undefined,
    staff: StaffKey,
  ): Promise<{ items: KeptText[]; nextCursor: string | null }> {
    return this.db.transaction(async (db) => {
      const found = await new Texts(db, this.keys).list(id, { after });
      if (found.items.length > 0)
        await new Audit(db).write(actorOf(staff), 'texts.read', id, {
          texts: found.items.map((text) => text.id),
        });
      return found;
    });
  }
}
