import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { kindOf, maskEmail, maskPhone } from '#domain';
import { Accounts, Audit, CampaignClock, Campaigns, Keyring, Reminders, Waves } from '#postgres';
import { Access } from '../access/access.js';
import { Shared } from '../count/shared.js';
import { TallyService } from '../count/tally.service.js';
import { unknown } from '../problems/problem.js';
import { Id } from './campaign.schema.js';
import { PaceService } from './pace.service.js';

const channel = z.enum(['email', 'sms']);
const reasons = z.record(z.string(), z.int());
const cursor = z
  .string()
  .regex(/^\d{1,18}$/, 'must be the cursor of an answer')
  .optional();

const Rows = z
  .object({
    now: z.iso.datetime().meta({ description: 'By the campaign’s clock' }),
    items: z.array(
      z.object({
        rungId: z.string(),
        name: z.string(),
        kind: z.enum(['reminder', 'follow_up', 'alert']),
        channel,
        state: z.enum(['unplanned', 'ahead', 'running', 'held', 'done', 'left_out']).meta({
          description: 'unplanned: nobody is there to send it to yet; held: paused with some waiting',
        }),
        at: z.iso.datetime().nullable().meta({ description: 'The first of its moments, over all zones' }),
        until: z.iso.datetime().nullable(),
        leftOut: z.string().nullable().meta({ description: 'Why nobody gets it' }),
        people: z.int().nullable().meta({ description: 'Whom it is for as things are, while it is ahead' }),
        planned: z.int(),
        sent: z.int(),
        skipped: reasons,
        failed: reasons,
        unknown: z.int(),
        waiting: z.int(),
        ratePerMinute: z.number(),
        secondsLeft: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'RungRows' });

const EndedQuery = z.strictObject({
  state: z.enum(['skipped', 'failed']),
  rungId: z.string().max(60).optional(),
  kind: z.string().max(20).optional(),
  channel: channel.optional(),
  reason: z.string().max(40).optional(),
  cursor,
});
const Ended = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        signupId: z.uuid(),
        coalitionId: z.uuid(),
        kind: z.string(),
        rungId: z.string().nullable(),
        channel,
        reason: z.string(),
        at: z.iso.datetime(),
        contact: z.string().nullable().meta({ description: 'Masked' }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'EndedReminders' });

const Activity = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        at: z.iso.datetime(),
        by: z.string().meta({ description: '"system" when it happened by itself' }),
        role: z.string(),
        action: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Activity' });

/** How a campaign goes: each rung's row, who was left out and why, and who did what. */
@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id')
export class WatchController {
  private readonly fits = new Shared(async (id) => {
    const db = this.db.manager;
    return this.pace.of(db, (await new Campaigns(db).byId(id))!);
  });

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly tallies: TallyService,
    private readonly pace: PaceService,
  ) {}

  /** A row for each rung and channel; its figures are those of `progress`. */
  @Get('rungs')
  @ApiResponse({ status: 200, standardSchema: Rows })
  async rungs(@Param('id', { schema: Id }) id: string): Promise<z.infer<typeof Rows>> {
    const db = this.db.manager;
    const campaign = await new Campaigns(db).byId(id);
    if (!campaign) throw unknown('campaign');
    const now = await new CampaignClock(db).now();
    const progress = await this.tallies.progress(id);
    const moments = await new Waves(db).momentsOf(id);
    const fits = await this.fits.of(id);
    const ladder = await new Campaigns(db).ladderOf(id);
    const items = ladder.flatMap((rung) =>
      rung.channels.map((channel) => {
        const mine = (row: { rungId: string | null; channel: string }) =>
          row.rungId === rung.id && row.channel === channel;
        const counted = progress.find(mine);
        const { at = null, until = null, skipped = null } = moments.find(mine) ?? {};
        const waiting = counted?.waiting ?? 0;
        const held = campaign.status === 'paused' ? ('held' as const) : ('running' as const);
        const rest =
          at === null ? (skipped ? ('left_out' as const) : ('unplanned' as const)) : ('done' as const);
        const state = waiting > 0 ? held : at && at > now ? ('ahead' as const) : rest;
        return {
          rungId: rung.id,
          name: rung.name,
          kind: kindOf(rung),
          channel,
          state,
          at: at?.toISOString() ?? null,
          until: until?.toISOString() ?? null,
          leftOut: at ? null : skipped,
          people: fits.find((fit) => fit.rung.id === rung.id && fit.channel === channel)?.people ?? null,
          planned: counted?.planned ?? 0,
          sent: counted?.sent ?? 0,
          skipped: counted?.skipped ?? {},
          failed: counted?.failed ?? {},
          unknown: counted?.unknown ?? 0,
          waiting,
          ratePerMinute: counted?.ratePerMinute ?? 0,
          secondsLeft: counted?.secondsLeft ?? null,
        };
      }),
    );
    return { now: now.toISOString(), items };
  }

  /** What was skipped or failed, person by person. */
  @Get('reminders')
  @ApiResponse({ status: 200, standardSchema: Ended })
  async ended(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: EndedQuery }) { cursor: after, ...which }: z.infer<typeof EndedQuery>,
  ): Promise<z.infer<typeof Ended>> {
    if (!(await new Campaigns(this.db.manager).byId(id))) throw unknown('campaign');
    const { items, nextCursor } = await new Reminders(this.db.manager).ended(id, { ...which, after });
    return {
      items: items.map(({ contact, at, ...reminder }) => ({
        ...reminder,
        at: at.toISOString(),
        contact: contact && this.masked(reminder.channel, contact),
      })),
      nextCursor,
    };
  }

  /** Who did what, newest first. */
  @Get('activity')
  @ApiResponse({ status: 200, standardSchema: Activity })
  async activity(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: z.strictObject({ cursor }) }) { cursor: before }: { cursor?: string | undefined },
  ): Promise<z.infer<typeof Activity>> {
    if (!(await new Campaigns(this.db.manager).byId(id))) throw unknown('campaign');
    const { items, nextCursor } = await new Audit(this.db.manager).page(id, { before });
    const named = await new Accounts(this.db.manager, this.keys).named(items);
    return {
      items: named.map(({ at, actor, who, ...line }) => ({
        ...line,
        at: at.toISOString(),
        by: who,
        role: actor.includes(':') ? actor.slice(0, actor.indexOf(':')) : actor,
      })),
      nextCursor,
    };
  }

  private masked(channel: 'email' | 'sms', sealed: string): string {
    return channel === 'email'
      ? maskEmail(this.keys.open('email', sealed))
      : maskPhone(this.keys.open('phone', sealed));
  }
}
