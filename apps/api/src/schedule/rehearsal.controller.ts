import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { Id } from './campaign.schema.js';
import { Recipients, RehearsalAnswer, SamplePerson } from './rehearsal.schema.js';
import { RehearsalService } from './rehearsal.service.js';

const Sending = z
  .strictObject({ to: Recipients, person: SamplePerson.optional() })
  .meta({ id: 'RehearsalSending' });
/** A query is described field by field. */
const SampleQuery = z.strictObject(SamplePerson.shape);
const Sent = z.object({ messages: z.int() }).meta({ id: 'RehearsalSent' });

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/rehearsal')
export class RehearsalController {
  constructor(private readonly rehearsals: RehearsalService) {}

  /** The plan for a sample person: ladder touches only, those that have passed too. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: RehearsalAnswer })
  rehearse(@Param('id', { schema: Id }) id: string, @Query({ schema: SampleQuery }) sample: SamplePerson) {
    return this.rehearsals.rehearse(id, sample);
  }

  /** The same, into an organizer's own mailbox and phone. */
  @Post()
  @HttpCode(202)
  @ApiResponse({ status: 202, standardSchema: Sent })
  async send(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Sending }) { to, person = {} }: z.infer<typeof Sending>,
    @CurrentStaff() staff: StaffKey,
  ) {
    return { messages: await this.rehearsals.send(id, person, to, staff) };
  }
}
