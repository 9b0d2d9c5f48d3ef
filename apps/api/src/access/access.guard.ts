import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Audit, Coalitions, Keyring, Limits, type Role, Staff, type StaffKey } from '#postgres';
import { Problem, unknown } from '../problems/problem.js';
import { actorOf, type Caller, callerMetadata, coalitionMetadata, type StaffRequest } from './access.js';
import { Id } from '../schedule/campaign.schema.js';
import { refuseIfFull, wrongKeys } from './guesses.js';

export const sessionCookie = 'drumbeat_key';

const rank: Record<Role, number> = { leader: 1, organizer: 2, administrator: 3 };

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly db: DataSource,
    private readonly keys: Keyring,
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
    const key = keyOf(request);
    const staff = key ? await new Staff(this.db.manager).byKey(key) : null;
    // A key that is right goes on working: the wrong ones may come from a forgotten script in the same office.
    if (key && !staff) {
      const taken = await new Limits(this.db.manager, this.keys).take([wrongKeys(request.ip)]);
      refuseIfFull(context.switchToHttp().getResponse<FastifyReply>(), taken);
    }
    if (!staff)
      throw new Problem(401, 'sign_in', 'Sign in first, or send your key as "Authorization: Bearer KEY".');
    if (!request.headers.authorization) refuseForeignPost(request);
    if (rank[staff.role] < rank[needed])
      throw new Problem(403, 'role', `This needs the role ${needed}; your key has the role ${staff.role}.`);
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

/**
 * A browser sends the cookie by itself, so what a signed-in person changes must come from a page of ours. SameSite says
 * so too, but counts every host of the same domain as one site.
 */
function refuseForeignPost({ method, headers, host }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers['sec-fetch-site'];
  const from = headers.origin;
  const ours =
    site !== undefined ? site === 'same-origin' : URL.canParse(from ?? '') && new URL(from!).host === host;
  if (!ours)
    throw new Problem(
      403,
      'foreign_page',
      'This was not sent from a page of ours. Open the campaign’s page here and press its button, or send a bearer key.',
    );
}

/** A script's bearer key, or the key that a member of staff signed in with. */
function keyOf(request: FastifyRequest): string | undefined {
  const [scheme, bearer] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? bearer : request.cookies[sessionCookie];
}
