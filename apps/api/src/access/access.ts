import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { personActor, type Role, type StaffKey } from '#postgres';
import type { OpenSession } from '../accounts/sessions.service.js';

/**
 * Who may call a route: `public` anybody, `link` whoever holds the token in its address, `provider` a provider whose
 * signature the route checks, `monitor` who sends the token that the route checks, or staff of at least a role. Every route says so; a test lists those that do not.
 */
export type Caller = 'public' | 'link' | 'provider' | 'monitor' | Role;

export const callerMetadata = 'drumbeat:access';
export const Access = (caller: Caller) => SetMetadata(callerMetadata, caller);

/** What a leader asks of is the coalition that this part of the address names: their own or one below it, else 404. */
export const coalitionMetadata = 'drumbeat:coalition';
export const OfCoalition = (parameter = 'coalitionId') => SetMetadata(coalitionMetadata, parameter);

/** Open to a person who has still to show a second factor: what they need to do so, or to leave. */
export const beforeSecondFactorMetadata = 'drumbeat:before-second-factor';
export const BeforeSecondFactor = () => SetMetadata(beforeSecondFactorMetadata, true);

export type StaffRequest = { staff?: StaffKey; session?: OpenSession };

/** The person whose session, or the key that called. */
export const CurrentStaff = createParamDecorator((_: unknown, context: ExecutionContext): StaffKey => {
  return context.switchToHttp().getRequest<Required<StaffRequest>>().staff;
});

/** Where the person who called is signed in; null for a key. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext): OpenSession | null =>
    context.switchToHttp().getRequest<StaffRequest>().session ?? null,
);

/** How the audit log names who called: a person by id alone, so that it holds nobody's name. */
export const actorOf = (staff: StaffKey) =>
  staff.kind === 'person' ? personActor(staff.id) : `${staff.role}:${staff.name}`;
