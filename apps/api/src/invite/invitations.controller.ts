import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { Id } from '../schedule/campaign.schema.js';
import { InviteService } from './invite.service.js';

const InvitationForm = z
  .strictObject({ fromCampaignIds: z.array(z.uuid()).min(1).max(100) })
  .meta({ id: 'InvitationForm' });
const InvitationAnswer = z
  .object({ invited: z.int(), already: z.int(), suppressed: z.int() })
  .meta({ id: 'InvitationAnswer' });

@ApiTags('signups')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InviteService) {}

  /** `already`: in this campaign, or told of a next step since they asked. */
  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: InvitationAnswer })
  invite(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: InvitationForm }) { fromCampaignIds }: z.infer<typeof InvitationForm>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.invitations.invite(id, fromCampaignIds, staff);
  }
}
