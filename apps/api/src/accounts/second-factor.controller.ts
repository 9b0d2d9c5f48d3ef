import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Keyring, SecondFactors, type StaffKey } from '#postgres';
import { Access, BeforeSecondFactor, CurrentSession, CurrentStaff } from '../access/access.js';
import { Problem } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { CodesService } from './codes.service.js';
import { refuseKeys } from './me.controller.js';
import { PasskeysService } from './passkeys.service.js';
import {
  BackupCodes,
  CodeForm,
  CodesBegun,
  PasskeyForm,
  PasskeyList,
  PasskeyPatch,
  PasskeyQuestion,
} from './second-factor.schema.js';
import type { OpenSession } from './sessions.service.js';

/** What one signs in with besides the link. */
@ApiTags('staff')
@ApiBearerAuth()
@Access('leader')
@BeforeSecondFactor()
@Controller('api/v1/me')
export class SecondFactorController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly codes: CodesService,
    private readonly passkeys: PasskeysService,
  ) {}

  /** A secret for an app that shows codes; nothing changes before one of them is confirmed. */
  @Post('codes')
  @ApiResponse({ status: 201, standardSchema: CodesBegun })
  async beginCodes(
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
    @Req() request: FastifyRequest,
  ) {
    await this.mayChange(staff, session);
    return this.codes.begin(staff.id, request);
  }

  /** Answers the backup codes, which are shown this once. */
  @Post('codes/confirm')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: BackupCodes })
  async confirmCodes(
    @Body({ schema: CodeForm }) { code }: CodeForm,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.mayChange(staff, session);
    return { backupCodes: await this.codes.confirm(staff.id, code, request, reply) };
  }

  @Post('codes/off')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async turnCodesOff(
    @Body({ schema: CodeForm }) { code }: CodeForm,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.mayChange(staff, session);
    await this.codes.turnOff(staff.id, code, request, reply);
  }

  /** New backup codes, which are shown this once; the older ones end. */
  @Post('codes/backup')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: BackupCodes })
  async renewBackupCodes(
    @Body({ schema: CodeForm }) { code }: CodeForm,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
    @Req() request: FastifyRequest,
  ) {
    await this.mayChange(staff, session);
    return { backupCodes: await this.codes.renewBackupCodes(staff.id, code, request) };
  }

  @Get('passkeys')
  @ApiResponse({ status: 200, standardSchema: PasskeyList })
  async listPasskeys(@CurrentStaff() staff: StaffKey) {
    const passkeys = await new SecondFactors(this.db.manager, this.keys).passkeys(staff.id);
    const items = passkeys.map(({ addedAt, ...rest }) => ({ ...rest, addedAt: addedAt.toISOString() }));
    return { items, nextCursor: null };
  }

  /** What `navigator.credentials.create` is to be called with. */
  @Post('passkeys/question')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: PasskeyQuestion })
  async askForPasskey(
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.mayChange(staff, session);
    return this.passkeys.ask(staff.id, request, reply);
  }

  @Post('passkeys')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async addPasskey(
    @Body({ schema: PasskeyForm }) form: PasskeyForm,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { id } = await this.mayChange(staff, session);
    await this.passkeys.add(staff.id, id, form, request, reply);
  }

  @Patch('passkeys/:id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async renamePasskey(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PasskeyPatch }) { name }: PasskeyPatch,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
  ): Promise<void> {
    await this.mayChange(staff, session);
    await this.passkeys.rename(staff.id, id, name);
  }

  @Delete('passkeys/:id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async removePasskey(
    @Param('id', { schema: Id }) id: string,
    @CurrentStaff() staff: StaffKey,
    @CurrentSession() session: OpenSession | null,
  ): Promise<void> {
    await this.mayChange(staff, session);
    await this.passkeys.remove(staff.id, id);
  }

  /** Who has a second factor changes what they have only where they came in with it: a mailed link is not enough. */
  private async mayChange(staff: StaffKey, session: OpenSession | null): Promise<OpenSession> {
    refuseKeys(staff);
    const { codes, passkeys } = await new SecondFactors(this.db.manager, this.keys).of(staff.id);
    if (!session!.secondFactor && (codes || passkeys > 0))
      throw new Problem(
        403,
        'second_factor',
        'You signed in by a link alone. Sign in with your passkey or a code, then change this.',
      );
    return session!;
  }
}
