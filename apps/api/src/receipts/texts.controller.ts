import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { maskPhone } from '#domain';
import { Audit, Campaigns, Keyring, type StaffKey, Texts } from '#postgres';
import { Access, actorOf, CurrentStaff } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { TextId, TextsAnswer, TextsQuery, UnreadAnswer } from './texts.schema.js';

/** Texts that no machine could answer, for organizers to read. Who looks, and when, is in the audit log. */
@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/texts')
export class TextsController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
  ) {}

  /** Unread words of crisis first, then the newest. Nobody sees a text before the look is written down. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: TextsAnswer })
  async list(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: TextsQuery }) { cursor, q, ...which }: TextsQuery,
    @CurrentStaff() staff: StaffKey,
  ): Promise<TextsAnswer> {
    await this.refuseUnknown(id);
    const { items, nextCursor } = await this.db.transaction(async (db) => {
      const found = await new Texts(db, this.keys).list(id, { ...which, after: cursor, words: q });
      const texts = found.items.map((text) => text.id);
      if (texts.length > 0) await new Audit(db).writeHourly(actorOf(staff), 'texts.read', id, { texts });
      return found;
    });
    return {
      items: items.map((text) => ({
        ...text,
        at: text.at.toISOString(),
        readAt: text.readAt?.toISOString() ?? null,
        phone: text.crisis ? text.phone : maskPhone(text.phone),
      })),
      nextCursor,
    };
  }

  /** How many nobody has read yet; shows none of them. */
  @Get('unread')
  @ApiResponse({ status: 200, standardSchema: UnreadAnswer })
  async unread(@Param('id', { schema: Id }) id: string) {
    await this.refuseUnknown(id);
    return { unread: await new Texts(this.db.manager, this.keys).unread(id) };
  }

  @Put(':textId/read')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async markRead(
    @Param('id', { schema: Id }) id: string,
    @Param('textId', { schema: TextId }) textId: string,
    @CurrentStaff() staff: StaffKey,
  ): Promise<void> {
    const there = await new Texts(this.db.manager, this.keys).markRead(id, textId, actorOf(staff));
    if (!there) throw unknown('text');
  }

  @Delete(':textId/read')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async markUnread(
    @Param('id', { schema: Id }) id: string,
    @Param('textId', { schema: TextId }) textId: string,
  ): Promise<void> {
    if (!(await new Texts(this.db.manager, this.keys).markUnread(id, textId))) throw unknown('text');
  }

  private async refuseUnknown(id: string): Promise<void> {
    if (!(await new Campaigns(this.db.manager).byId(id))) throw unknown('campaign');
  }
}
