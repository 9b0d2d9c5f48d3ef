import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Keyring, SecondFactors, type StaffKey } from '#postgres';
import { Access, CurrentSession, CurrentStaff } from '../access/access.js';
import { refuseForeignPost } from '../access/foreign-post.js';
import { Id } from '../schedule/campaign.schema.js';
import {
  AcceptForm,
  InvitationAnswer,
  InvitationList,
  InviteForm,
  Me,
  OpenInvitation,
  RoleForm,
  StaffList,
  Token,
} from './accounts.schema.js';
import { AccountsService } from './accounts.service.js';
import { SecondFactorRule } from './second-factor.schema.js';
import type { OpenSession } from './sessions.service.js';

/** Who is staff, and who was invited to be. */
@ApiTags('staff')
@ApiBearerAuth()
@Controller('api/v1')
export class StaffController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly accounts: AccountsService,
  ) {}

  /** Everybody; for a leader those of their own coalition and below. */
  @Get('staff')
  @Access('leader')
  @ApiResponse({ status: 200, standardSchema: StaffList })
  async list(@CurrentStaff() staff: StaffKey) {
    const items = (await this.accounts.list(staff)).map(({ joinedAt, ...account }) => ({
      ...{ id: account.id, name: account.name, email: account.email },
      ...{ role: account.role, coalitionId: account.coalitionId, joinedAt: joinedAt.toISOString() },
      secondFactor: account.secondFactor,
    }));
    return { items, nextCursor: null };
  }

  @Get('staff/second-factor')
  @Access('administrator')
  @ApiResponse({ status: 200, standardSchema: SecondFactorRule })
  async readRule() {
    return { required: await new SecondFactors(this.db.manager, this.keys).required() };
  }

  /** Who lacks one is led to set it up before anything else; keys of scripts need none. */
  @Put('staff/second-factor')
  @Access('administrator')
  @ApiResponse({ status: 200, standardSchema: SecondFactorRule })
  async setRule(
    @Body({ schema: SecondFactorRule }) { required }: SecondFactorRule,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
  ) {
    await this.accounts.requireSecondFactor(required, staff, session);
    return { required };
  }

  /** Takes away the codes and passkeys of somebody who lost them, and ends their sessions; they are mailed that it was done. */
  @Delete('staff/:id/second-factor')
  @Access('administrator')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async resetSecondFactor(
    @Param('id', { schema: Id }) id: string,
    @CurrentStaff() staff: StaffKey,
  ): Promise<void> {
    await this.accounts.resetSecondFactor(id, staff);
  }

  @Patch('staff/:id')
  @Access('administrator')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async changeRole(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RoleForm }) form: RoleForm,
    @CurrentStaff() staff: StaffKey,
  ): Promise<void> {
    await this.accounts.changeRole(id, form, staff);
  }

  /** Ends their sessions at once. */
  @Delete('staff/:id')
  @Access('leader')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async remove(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey): Promise<void> {
    await this.accounts.remove(id, staff);
  }

  @Get('invitations')
  @Access('leader')
  @ApiResponse({ status: 200, standardSchema: InvitationList })
  async invitations(@CurrentStaff() staff: StaffKey) {
    return { items: await this.accounts.invitations(staff), nextCursor: null };
  }

  /** Mails a link that works once, for seven days. Of an address that was invited already the older one ends. */
  @Post('invitations')
  @Access('leader')
  @ApiResponse({ status: 201, standardSchema: InvitationAnswer })
  invite(@Body({ schema: InviteForm }) form: InviteForm, @CurrentStaff() staff: StaffKey) {
    return this.accounts.invite(form, staff);
  }

  @Delete('invitations/:id')
  @Access('leader')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async takeBack(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey): Promise<void> {
    await this.accounts.takeBack(id, staff);
  }
}

/** The way in, for whoever was invited. */
@ApiTags('staff')
@Access('link')
@Controller('api/v1/invitation')
export class InvitationController {
  constructor(private readonly accounts: AccountsService) {}

  /** What an invitation is to; looking accepts nothing. */
  @Get(':token')
  @ApiResponse({ status: 200, standardSchema: OpenInvitation })
  openInvitation(@Param('token', { schema: Token }) token: string) {
    return this.accounts.openInvitation(token);
  }

  /** Makes the account and signs it in. */
  @Post(':token')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: Me })
  async accept(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: AcceptForm }) form: AcceptForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    refuseForeignPost(request);
    const { id } = await this.accounts.accept(token, form, request, reply);
    return this.accounts.me(id, false);
  }
}
