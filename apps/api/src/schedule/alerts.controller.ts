import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { costOf } from '#messages';
import { CampaignClock, Campaigns, type StaffKey, Waves } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { AlertAnswer, AlertForm, ReachAnswer, ReachForm } from './alerts.schema.js';
import { CampaignAnswer, Id } from './campaign.schema.js';
import { CampaignService } from './campaign.service.js';

const RungId = z.string().regex(/^[\w-]{1,60}$/, 'must be the id of a rung');
const Seen = z.strictObject({ version: z.coerce.number().int().optional() });

/** News at a moment of its own, and what of the ladder is not sent after all. */
@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id')
export class AlertsController {
  constructor(
    private readonly db: DataSource,
    private readonly campaigns: CampaignService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Post('alerts')
  @ApiResponse({ status: 201, standardSchema: AlertAnswer })
  add(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AlertForm }) form: AlertForm,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.campaigns.addAlert(id, form, staff);
  }

  /** Whom an alert would reach at that moment, and what stands against it. Nothing is sent. */
  @Post('alerts/reach')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: ReachAnswer })
  async reach(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ReachForm }) { audience, sendAt, segments = 1 }: z.infer<typeof ReachForm>,
  ): Promise<z.infer<typeof ReachAnswer>> {
    const campaigns = new Campaigns(this.db.manager);
    if (!(await campaigns.byId(id))) throw unknown('campaign');
    const now = await new CampaignClock(this.db.manager).now();
    const at = sendAt ?? new Date(now.getTime() + 60_000);
    const { people, tooNew, capped, near } = await new Waves(this.db.manager).alertReach(id, audience, at);
    const names = new Map((await campaigns.ladderOf(id)).map((rung) => [rung.id, rung.name]));
    return {
      sendAt: at.toISOString(),
      people,
      tooNew,
      capped,
      near: near.map(({ rungId, at }) => ({
        rungId,
        name: names.get(rungId) ?? rungId,
        at: at.toISOString(),
      })),
      cents: costOf({ segments: segments * people.sms }, this.settings.SMS_CENTS_PER_SEGMENT),
    };
  }

  /** A rung or an alert is not sent any more; what of it went out stays. `PUT …/ladder` with it brings it back. */
  @Delete('rungs/:rungId')
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  withdraw(
    @Param('id', { schema: Id }) id: string,
    @Param('rungId', { schema: RungId }) rungId: string,
    @Query({ schema: Seen }) { version }: z.infer<typeof Seen>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.campaigns.withdraw(id, rungId, staff, version);
  }
}
