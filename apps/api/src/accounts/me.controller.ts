import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Accounts, Audit, Keyring, type StaffKey } from '#postgres';
import { Access, actorOf, BeforeSecondFactor, CurrentSession, CurrentStaff } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { Me, MePatch, SessionList } from './accounts.schema.js';
import { AccountsService } from './accounts.service.js';
import { type OpenSession, Sessions } from './sessions.service.js';

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
    private readonly accounts: AccountsService,
  ) {}

  @Get()
  @BeforeSecondFactor()
  @ApiResponse({ status: 200, standardSchema: Me })
  async read(@CurrentStaff() staff: StaffKey, @CurrentSession() session: OpenSession | null) {
    if (!session) return { ...staff, email: null, language: null, secondFactor: null };
    return this.accounts.me(staff.id, session.secondFactor);
  }

  @Patch()
  @ApiResponse({ status: 200, standardSchema: Me })
  async change(
    @Body({ schema: MePatch }) form: MePatch,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
  ) {
    refuseKeys(staff);
    await this.db.transaction(async (db) => {
      await new Accounts(db, this.keys).change(staff.id, form);
      await new Audit(db).write(actorOf(staff), 'account.changed', null, { fields: Object.keys(form) });
    });
    return this.accounts.me(staff.id, session!.secondFactor);
  }

  /** Every place where one is signed in, the newest first. */
  @Get('sessions')
  @ApiResponse({ status: 200, standardSchema: SessionList })
  async list(@CurrentStaff() staff: StaffKey, @CurrentSession() session: OpenSession | null) {
    const sessions = await new Accounts(this.db.manager, this.keys).sessions(staff.id);
    const items = sessions.map(({ id, device, startedAt, endsAt }) => ({
      id,
      device,
      startedAt: startedAt.toISOString(),
      endsAt: endsAt.toISOString(),
      current: id === session?.id,
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
  @BeforeSecondFactor()
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
  @BeforeSecondFactor()
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

export function refuseKeys({ kind }: StaffKey): void {
  if (kind === 'key')
    throw new Problem(403, 'person', 'This is about a person who signed in; a key has nothing of the kind.');
}
