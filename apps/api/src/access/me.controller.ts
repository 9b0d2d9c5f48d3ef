import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { StaffKey } from '#postgres';
import { Access, CurrentStaff } from './access.js';

const Me = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(['administrator', 'organizer', 'leader']),
    coalitionId: z.uuid().nullable(),
  })
  .meta({ id: 'Me' });

/** Who calls. */
@ApiTags('staff')
@ApiBearerAuth()
@Access('leader')
@Controller('api/v1/me')
export class MeController {
  @Get()
  @ApiResponse({ status: 200, standardSchema: Me })
  read(@CurrentStaff() staff: StaffKey) {
    return staff;
  }
}
