import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { type Account, Accounts, Audit, Keyring, type StaffKey } from '#postgres';
import { Access, actorOf, CurrentStaff } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { Me, MePatch, SessionList } from './accounts.schema.js';
import { Sessions } from './sessions.service.js';

/** Who calls, and where they are signed in. */
@ApiTags('staff')
@ApiBearerAuth()
@Access('leader')
@Controller('api/v1/me')
export class MeController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: Me })
  async read(@CurrentStaff() staff: StaffKey) {
    if (staff.kind === 'key') return { ...staff, email: null, language: null };
    return meOf((await new Accounts(this.db.manager, this.keys).byId(staff.id))!);
  }

  @Patch()
  @ApiResponse({ status: 200, standardSchema: Me })
  async change(@Body({ schema: MePatch }) form: MePatch, @CurrentStaff() staff: StaffKey) {
    refuseKeys(staff);
    return this.db.transaction(async (db) => {
      const accounts = new Accounts(db, this.keys);
      await accounts.change(staff.id, form);
      await new Audit(db).write(actorOf(staff), 'account.changed', null, { fields: Object.keys(form) });
      return meOf((await accounts.byId(staff.id))!);
    });
  }

  /** Every place where one is signed in, the newest first. */
  @Get('sessions')
  @ApiResponse({ status: 200, standardSchema: SessionList })
  async list(@CurrentStaff() staff: StaffKey, @Req() request: FastifyRequest) {
    const here = (await this.sessions.of(request))?.sessionId;
    const sessions = await new Accounts(this.db.manager, this.keys).sessions(staff.id);
    const items = sessions.map(({ id, device, startedAt, endsAt }) => ({
      id,
      device,
      startedAt: startedAt.toISOString(),
      endsAt: endsAt.toISOString(),
      current: id === here,
    }));
    return { items, nextCursor: null };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async end(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey): Promise<void> {
    await this.endSessions(staff, id);
  }

  @Post('sign-out')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async signOut(
    @CurrentStaff() staff: StaffKey,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    refuseKeys(staff);
    await this.sessions.close(request, reply);
  }

  @Post('sign-out-everywhere')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async signOutEverywhere(@CurrentStaff() staff: StaffKey): Promise<void> {
    await this.endSessions(staff);
  }

  private async endSessions(staff: StaffKey, id?: string): Promise<void> {
    refuseKeys(staff);
    await this.db.transaction(async (db) => {
      const ended = await new Accounts(db, this.keys).endSessions(staff.id, id);
      if (id && ended === 0) throw unknown('session');
      await new Audit(db).write(actorOf(staff), 'account.sessions_ended', null, { ended });
    });
  }
}

export const meOf = ({ kind, id, name, role, coalitionId, email, language }: Account) => ({
  ...{ kind, id, name, role, coalitionId },
  email,
  language,
});

function refuseKeys({ kind }: StaffKey): void {
  if (kind === 'key')
    throw new Problem(403, 'person', 'This is about a person who signed in; a key has nothing of the kind.');
}
