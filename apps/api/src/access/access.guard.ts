import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Audit, Coalitions, Keyring, Limits, type Role, Staff, type StaffKey } from '#postgres';
import { Problem, unknown } from '../problems/problem.js';
import { actorOf, type Caller, callerMetadata, coalitionMetadata, type StaffRequest } from './access.js';
import { Id } from '../schedule/campaign.schema.js';
import { Sessions } from '../accounts/sessions.service.js';
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
    const staff = key
      ? await new Staff(this.db.manager).byKey(key)
      : ((await this.sessions.of(request))?.account ?? null);
    // A key that is right goes on working: the wrong ones may come from a forgotten script in the same office.
    if (key && !staff) {
      const taken = await new Limits(this.db.manager, this.keys).take([wrongKeys(request.ip)]);
      refuseIfFull(context.switchToHttp().getResponse<FastifyReply>(), taken);
    }
    if (!staff)
      throw new Problem(401, 'sign_in', 'Sign in first, or send your key as "Authorization: Bearer KEY".');
    if (staff.kind === 'person') refuseForeignPost(request);
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
    if (parameter) await this.refuseForeign(staff, (request.params as Record<string, string>)[parameter]!);
    request.staff = staff;
    return true;
  }

  /** Who guesses another coalition's id learns nothing, not even whether there is one, and leaves a line. */
  private async refuseForeign(staff: StaffKey, coalitionId: string): Promise<void> {
    if (staff.role !== 'leader') return;
    if (isId(coalitionId) && (await new Coalitions(this.db.manager).isBelow(coalitionId, staff.coalitionId!)))
      return;
    await new Audit(this.db.manager).write(actorOf(staff), 'coalition.refused', null, {
      own: staff.coalitionId,
      ...(isId(coalitionId) && { asked: coalitionId }),
    });
    throw unknown('coalition');
  }
}

const isId = (id: string) => Id.safeParse(id).success;

/** The key that a script sends. */
function bearerOf({ headers }: FastifyRequest): string | undefined {
  const [scheme, key] = (headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? key : undefined;
}
