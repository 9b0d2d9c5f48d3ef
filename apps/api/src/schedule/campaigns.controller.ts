import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  StreamableFile,
} from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import {
  CampaignAnswer,
  CampaignForm,
  CampaignPatch,
  CampaignSummary,
  DeadlineForm,
  DeadlinePreview,
  Id,
  LadderChange,
  Turn,
} from './campaign.schema.js';
import { ChecklistAnswer } from './checklist.schema.js';
import { ChecklistService } from './checklist.service.js';
import { CampaignService } from './campaign.service.js';

const CampaignList = z.object({ items: z.array(CampaignSummary), nextCursor: z.null() });

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly checklist: ChecklistService,
  ) {}

  /** For a leader those that their coalition, one above it or one below it takes part in, without what is not theirs to see. */
  @Get('campaigns')
  @Access('leader')
  @ApiResponse({ status: 200, standardSchema: CampaignList })
  async list(@CurrentStaff() staff: StaffKey) {
    return { items: await this.campaigns.list(staff), nextCursor: null };
  }

  @Post('campaigns')
  @ApiResponse({ status: 201, standardSchema: CampaignAnswer })
  create(@Body({ schema: CampaignForm }) form: CampaignForm, @CurrentStaff() staff: StaffKey) {
    return this.campaigns.create(form, staff);
  }

  @Get('campaigns/:id')
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  read(@Param('id', { schema: Id }) id: string) {
    return this.campaigns.read(id);
  }

  /** Everything but its dates, its coalitions and its people, as a file to read, edit and begin another campaign with. */
  @Get('campaigns/:id/kit.yaml')
  @ApiProduces('application/yaml')
  async kit(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey) {
    const { name, content } = await this.campaigns.kit(id, staff);
    return new StreamableFile(Buffer.from(content), {
      type: 'application/yaml; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }

  /** What is missing before the launch, step by step; what would be wise; whom it reaches and what it costs. */
  @Get('campaigns/:id/checklist')
  @ApiResponse({ status: 200, standardSchema: ChecklistAnswer })
  check(@Param('id', { schema: Id }) id: string) {
    return this.checklist.of(id);
  }

  @Patch('campaigns/:id')
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  patch(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CampaignPatch }) form: CampaignPatch,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.campaigns.patch(id, form, staff);
  }

  @Put('campaigns/:id/deadline')
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  moveDeadline(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DeadlineForm }) form: DeadlineForm,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.campaigns.moveDeadline(id, form, staff);
  }

  /** What moving the deadline there would do, rung by rung. Nothing is moved. */
  @Post('campaigns/:id/deadline/preview')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: DeadlinePreview })
  previewDeadline(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DeadlineForm }) form: DeadlineForm,
  ) {
    return this.campaigns.previewDeadline(id, form);
  }

  @Put('campaigns/:id/ladder')
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  setLadder(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LadderChange }) change: LadderChange,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.campaigns.setLadder(id, change, staff);
  }

  /** A draft only. `POST …/restore` brings it back. */
  @Delete('campaigns/:id')
  @HttpCode(204)
  remove(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey) {
    return this.campaigns.remove(id, staff);
  }

  @Post('campaigns/:id/restore')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  restore(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey) {
    return this.campaigns.restore(id, staff);
  }

  @Post('campaigns/:id/:turn')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: CampaignAnswer })
  turn(
    @Param('id', { schema: Id }) id: string,
    @Param('turn', { schema: Turn }) turn: Turn,
    @CurrentStaff() staff: StaffKey,
  ) {
    return this.campaigns.turn(id, turn, staff);
  }
}
