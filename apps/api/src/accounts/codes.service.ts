import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import QRCode from 'qrcode';
import { DataSource } from 'typeorm';
import { type Account, Accounts, Audit, Keyring, Limits, personActor, SecondFactors } from '#postgres';
import { FactorMail } from './factor-mail.js';
import { codesLocked, codesOff, codeUsed, codeWrong, inOurWords, signInAnew } from './refusals.js';
import { Sessions } from './sessions.service.js';

const quarterHour = 900;

/** Codes of an app as a second factor (RFC 6238), and backup codes for whoever lost it. */
@Injectable()
export class CodesService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly sessions: Sessions,
    private readonly mail: FactorMail,
  ) {}

  /** A secret for an app; codes are asked for once one of them was given back. */
  async begin(id: string, request: FastifyRequest) {
    const begun = await this.sessions.auth.api
      .enableTwoFactor({ body: { method: 'totp' }, headers: this.headersOf(request) })
      .catch(inOurWords);
    if (begun.method !== 'totp') throw new Error('A secret was asked for, and none was made');
    // Its own address names nobody.
    const secret = new URL(begun.totpURI).searchParams.get('secret')!;
    const { email } = (await new Accounts(this.db.manager, this.keys).byId(id))!;
    const uri = `otpauth://totp/Drumbeat:${encodeURIComponent(email)}?secret=${secret}&issuer=Drumbeat`;
    const svg = await QRCode.toString(uri, { type: 'svg', margin: 2 });
    return { secret, uri, qr: `data:image/svg+xml,${encodeURIComponent(svg)}` };
  }

  /** From now on a code is asked for; who was signed in without is signed out. @returns the backup codes */
  async confirm(id: string, code: string, request: FastifyRequest, reply: FastifyReply): Promise<string[]> {
    await this.count(id, code);
    const { headers } = await this.sessions.auth.api
      .verifyTOTP({ body: { code }, headers: this.headersOf(request), returnHeaders: true })
      .catch(inOurWords);
    this.sessions.passOn(headers, reply);
    await this.db.transaction(async (db) => {
      await new SecondFactors(db, this.keys).endSessionsWithout(id);
      await new Audit(db).write(personActor(id), 'account.codes_on', null);
      await this.mail.changed(db, id, (words) => words.codesOn);
    });
    const { backupCodes } = await this.sessions.auth.api.viewBackupCodes({ body: { userId: id } });
    return backupCodes;
  }

  async turnOff(id: string, code: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.check(id, code, request);
    const { headers } = await this.sessions.auth.api
      .disableTwoFactor({ body: {}, headers: this.headersOf(request), returnHeaders: true })
      .catch(inOurWords);
    this.sessions.passOn(headers, reply);
    await this.db.transaction(async (db) => {
      await new SecondFactors(db, this.keys).forget(id);
      await new Audit(db).write(personActor(id), 'account.codes_off', null);
      await this.mail.changed(db, id, (words) => words.codesOff);
    });
  }

  /** New backup codes; the older ones end. */
  async renewBackupCodes(id: string, code: string, request: FastifyRequest): Promise<string[]> {
    await this.check(id, code, request);
    const { backupCodes } = await this.sessions.auth.api
      .generateBackupCodes({ body: {}, headers: this.headersOf(request) })
      .catch(inOurWords);
    await this.db.transaction(async (db) => {
      await new Audit(db).write(personActor(id), 'account.backup_codes_renewed', null);
      await this.mail.changed(db, id, (words) => words.backupCodesRenewed);
    });
    return backupCodes;
  }

  /** Signs in who opened a link and was asked for a code. */
  async signIn(code: string, request: FastifyRequest, reply: FastifyReply): Promise<Account> {
    const [asked = ''] = this.sessions.cookie(request, 'two_factor')?.split('.') ?? [];
    const id = await new SecondFactors(this.db.manager, this.keys).asked(asked);
    if (!id) throw signInAnew();
    // How many may be wrong, better-auth counts: 5 for a link, 10 in a row.
    await this.refuseTwice(id, code);
    const given = { body: { code }, headers: this.sessions.headersOf(request, 'two_factor') };
    const { headers } = await this.verify(id, given);
    this.sessions.passOn(headers, reply);
    const by = isOfApp(code) ? 'code' : 'backup code';
    await new Audit(this.db.manager).write(personActor(id), 'account.signed_in', null, { by });
    return (await new Accounts(this.db.manager, this.keys).byId(id))!;
  }

  /** @throws Problem unless this is a code of somebody who is signed in */
  private async check(id: string, code: string, request: FastifyRequest): Promise<void> {
    const { codes } = await new SecondFactors(this.db.manager, this.keys).of(id);
    if (!codes) throw codesOff();
    await this.count(id, code);
    await this.verify(id, { body: { code }, headers: this.headersOf(request) });
  }

  /** A backup code is gone then, and its owner is told. */
  private async verify(
    id: string,
    given: { body: { code: string }; headers: Headers },
  ): Promise<{ headers: Headers }> {
    const { api } = this.sessions.auth;
    const asked = { ...given, returnHeaders: true } as const;
    if (isOfApp(given.body.code)) return api.verifyTOTP(asked).catch(inOurWords);
    const { headers } = await api.verifyBackupCode(asked).catch(inOurWords);
    const { backupCodes } = await api.viewBackupCodes({ body: { userId: id } });
    await this.mail.changed(this.db.manager, id, (words) => words.backupCodeUsed(backupCodes.length));
    return { headers };
  }

  /** Who is signed in may try ten codes in a quarter of an hour. */
  private async count(id: string, code: string): Promise<void> {
    if (!isOfApp(code) && !isBackup(code)) throw codeWrong();
    const taken = await new Limits(this.db.manager, this.keys).take([
      { name: 'codes', of: id, most: 10, seconds: quarterHour },
    ]);
    if (taken.full) throw codesLocked();
    await this.refuseTwice(id, code);
  }

  /** A code that somebody watched is good for nothing (RFC 6238, 5.2). */
  private async refuseTwice(id: string, code: string): Promise<void> {
    if (!isOfApp(code)) return;
    const taken = await new Limits(this.db.manager, this.keys).take([
      { name: 'used codes', of: `${id} ${code}`, most: 1, seconds: 120 },
    ]);
    if (taken.full) throw codeUsed();
  }

  private headersOf(request: FastifyRequest): Headers {
    return this.sessions.headersOf(request, 'session_token');
  }
}

const isOfApp = (code: string) => /^\d{6}$/.test(code);
const isBackup = (code: string) => /^\w{5}-\w{5}$/.test(code);
