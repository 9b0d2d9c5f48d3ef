import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { CampaignAnswer, Id } from './campaign.schema.js';
import { ApplyForm, DocketAnswer, DocketForm, noticeNumber } from './docket.schema.js';
import { DocketService } from './docket.service.js';

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/docket')
export class DocketController {
  constructor(private readonly dockets: DocketService) {}

  /** What both sources say, how they are, when they are asked again; what is proposed, and what was decided. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: DocketAnswer })
  read(@Param('id', { schema: Id }) id: string) {
    return this.dockets.read(id);
  }

  @Put()
  @ApiResponse({ status: 200, standardSchema: DocketAnswer })
  change(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DocketForm }) form: DocketForm,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.dockets.change(id, form, staff);
  }

  /** Both are asked anew within seconds, a dozen times an hour at most. */
  @Post('ask')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: DocketAnswer })
  ask(@Param('id', { schema: Id }) id: string) {
    return this.dockets.askNow(id);
  }

  /** Moves the deadline to the proposed date. `POST …/deadline/preview` says what follows. */
  @Post('proposals/:proposalId/apply')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  apply(
    @Param('id', { schema: Id }) id: string,
    @Param('proposalId', { schema: Id }) proposalId: string,
    @Body({ schema: ApplyForm }) form: ApplyForm,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.dockets.apply(id, proposalId, form, staff);
  }

  @Post('proposals/:proposalId/dismiss')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: DocketAnswer })
  dismiss(
    @Param('id', { schema: Id }) id: string,
    @Param('proposalId', { schema: Id }) proposalId: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.dockets.dismiss(id, proposalId, staff);
  }

  /** It is the document that the campaign waits for: "it's open" goes out, and the ladder starts. */
  @Post('candidates/:number/accept')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  accept(
    @Param('id', { schema: Id }) id: string,
    @Param('number', { schema: noticeNumber }) number: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.dockets.accept(id, number, staff);
  }

  @Post('candidates/:number/dismiss')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: DocketAnswer })
  dismissCandidate(
    @Param('id', { schema: Id }) id: string,
    @Param('number', { schema: noticeNumber }) number: string,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.dockets.dismissCandidate(id, number, staff);
  }
}
