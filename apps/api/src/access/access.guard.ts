import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Keyring, Limits, type Role, Staff } from '#postgres';
import { Problem } from '../problems/problem.js';
import {
  beforeSecondFactorMetadata,
  type Caller,
  callerMetadata,
  coalitionMetadata,
  type StaffRequest,
} from './access.js';
import { Sessions } from '../accounts/sessions.service.js';
import { refuseForeignCoalition } from './foreign-coalition.js';
import { refuseForeignPost } from './foreign-post.js';
import { refuseIfFull, wrongKeys } from './guesses.js';

const rank: Record<Role, number> = { leader: 1, organizer: 2, administrator: 3 };

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Caller | undefined>(callerMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!needed)
      throw new Problem(403, 'undeclared', 'This address is closed: it does not say who may call it.');
    if (needed === 'public' || needed === 'link' || needed === 'provider' || needed === 'monitor')
      return true;

    const request = context.switchToHttp().getRequest<FastifyRequest & StaffRequest>();
    const key = bearerOf(request);
    const signedIn = key ? null : await this.sessions.of(request);
    const staff = key ? await new Staff(this.db.manager).byKey(key) : (signedIn?.account ?? null);
    // A key that is right goes on working: the wrong ones may come from a forgotten script in the same office.
    if (key && !staff) {
      const taken = await new Limits(this.db.manager, this.keys).take([wrongKeys(request.ip)]);
      refuseIfFull(context.switchToHttp().getResponse<FastifyReply>(), taken);
    }
    if (!staff && !key && this.sessions.claims(request))
      throw new Problem(
        401,
        'session_ended',
        'Your session has ended: after 12 hours without use, after seven days, or because you signed out. Sign in again.',
      );
    if (!staff)
      throw new Problem(401, 'sign_in', 'Sign in first, or send your key as "Authorization: Bearer KEY".');
    if (staff.kind === 'person') refuseForeignPost(request);
    const before = this.reflector.getAllAndOverride<boolean | undefined>(beforeSecondFactorMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (signedIn?.session.due && !before)
      throw new Problem(
        403,
        'second_factor',
        'Your role needs a second factor here. Open the console and set one up, or sign in with the one that you have.',
      );
    if (rank[staff.role] < rank[needed])
      throw new Problem(
        403,
        'role',
        `This needs the role ${needed}; your ${staff.kind === 'key' ? 'key' : 'account'} has the role ${staff.role}.`,
      );
    const parameter = this.reflector.getAllAndOverride<string | undefined>(coalitionMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (parameter)
      await refuseForeignCoalition(this.db, staff, (request.params as Record<string, string>)[parameter]!);
    request.staff = staff;
    if (signedIn) request.session = signedIn.session;
    return true;
  }
}

/** The key that a script sends. */
function bearerOf({ headers }: FastifyRequest): string | undefined {
  const [scheme, key] = (headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? key : undefined;
}
