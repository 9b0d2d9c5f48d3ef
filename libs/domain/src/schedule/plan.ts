import { fit } from './fit.js';
import type { Fitted } from './fit.js';
import { channels, kindOf, minutesOf, opening } from './ladder.js';
import type { Channel, Rung } from './ladder.js';
import type { Windows } from './windows.js';
import { day, hour, wallClockOf } from './zone.js';
import type { PlanSkipReason } from '../deliver/reasons.js';

/**
 * One planned touch of one person, or of everybody who shares a zone and windows: `plannedAt` is what the ladder asked for, `at` where it
 * fits, `expiresAt` the end of its use. A touch that isn't to be has `at: null` and the reason.
 */
export type Touch = PlannedTouch | SkippedTouch;

export interface PlannedTouch {
  rung: Rung | 'last_call';
  channel: Channel;
  plannedAt: Date;
  at: Date;
  expiresAt: Date;
}

export interface SkippedTouch {
  rung: Rung | 'last_call';
  channel: Channel;
  plannedAt: Date;
  at: null;
  skipped: PlanSkipReason;
}

export interface Ladder {
  deadline: Date;
  /** The person's zone: whose days and wall clock the rungs are counted in. */
  zone: string;
  windows: Windows;
  rungs: readonly Rung[];
}

/** A reminder closer than this to its signup would say what the welcome just said. */
const signupRest = 2 * hour;
/** Two reminders on one channel keep this far apart. */
export const spacing: Readonly<Record<Channel, number>> = { email: 6 * hour, sms: 20 * hour };
/** A follow-up is worth sending for this long, in windows. */
const followUpLife = 7 * day;

/**
 * The one planner (RULES §3). `signedUpAt` is per channel the latest of the signup, that channel's opt-in and the launch; a channel
 * without one isn't planned. In order of time, email before text. Pure: the same input gives the same plan.
 * Throws RangeError for an unknown zone or an unreadable time; checkLadder says so kindly beforehand.
 */
export function planLadder(
  input: Ladder & { signedUpAt: Partial<Record<Channel, Date | null>>; changedAt?: Date },
): Touch[] {
  return inOrder(
    channels.flatMap((channel) => {
      const signedUpAt = input.signedUpAt[channel];
      if (!signedUpAt) return [];
      const touches = planChannel(input, channel, signedUpAt.getTime());
      return needsLastCall(touches) ? [...touches, planLastCall({ ...input, channel, signedUpAt })] : touches;
    }),
  );
}

/** "It's open" is for whoever was waiting until the ladder starts with it; every other touch keeps its distance from the signup. */
const restBefore = (rung: Touch['rung']) => (rung !== 'last_call' && rung.id === opening ? 0 : signupRest);

/** The waves of a ladder on one channel: the plan of somebody who signed up long ago, without a last call. */
export function planWaves(input: Ladder & { channel: Channel }): Touch[] {
  return inOrder(planChannel(input, input.channel, -Infinity));
}

/**
 * The latest `signedUpAt` with which a person still gets this wave; null when nobody does. Whoever signed up by then gets exactly the
 * touches that planLadder would give them, so a query may compare instead of plan.
 */
export function joinsBy(touch: Touch): Date | null {
  if (!touch.at) return null;
  return new Date(Math.min(touch.plannedAt.getTime(), touch.at.getTime()) - restBefore(touch.rung));
}

/** Of one channel's touches: does the ladder use the channel before the deadline, with nothing left of it? */
export function needsLastCall(touches: readonly Touch[]): boolean {
  const reminders = touches.filter(({ rung }) => rung !== 'last_call' && kindOf(rung) === 'reminder');
  return reminders.length > 0 && reminders.every(({ at }) => at === null);
}

/**
 * The one reminder of somebody for whom every rung came too early: 3 hours before the deadline or 1 hour after the signup. One that a
 * change of the plan (`changedAt`) puts in the past comes then.
 */
export function planLastCall(input: {
  deadline: Date;
  windows: Windows;
  channel: Channel;
  signedUpAt: Date;
  changedAt?: Date;
}): Touch {
  const deadline = input.deadline.getTime();
  const signedUpAt = Math.max(input.signedUpAt.getTime(), (input.changedAt?.getTime() ?? -Infinity) - hour);
  const planned = Math.max(deadline - 3 * hour, signedUpAt + hour);
  const fitted = fit(planned, input.windows[input.channel], deadline, { back: true });
  const touch = { rung: 'last_call' as const, channel: input.channel, plannedAt: new Date(planned) };
  if (!fitted || fitted.at <= signedUpAt) return { ...touch, at: null, skipped: 'too_late' };
  return { ...touch, at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) };
}

interface Step {
  rung: Rung;
  planned: number;
  fitted?: Fitted;
  skipped?: PlanSkipReason;
}

function planChannel(ladder: Ladder, channel: Channel, signedUpAt: number): Touch[] {
  const steps = ladder.rungs
    .filter(
      (rung) => rung.channels.includes(channel) && !(kindOf(rung) === 'follow_up' && channel !== 'email'),
    )
    .map((rung) => fitRung(rung, ladder, channel));
  for (const step of steps) {
    if (step.fitted && Math.min(step.planned, step.fitted.at) < signedUpAt + restBefore(step.rung)) {
      step.skipped = 'before_signup';
    }
  }
  spaceOut(steps, spacing[channel]);
  return steps.map(({ rung, planned, fitted, skipped }) => {
    const touch = { rung, channel, plannedAt: new Date(planned) };
    return fitted && !skipped
      ? { ...touch, at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) }
      : { ...touch, at: null, skipped: skipped ?? 'no_window' };
  });
}

function fitRung(rung: Rung, { deadline: end, zone, windows }: Ladder, channel: Channel): Step {
  const deadline = end.getTime();
  const planned = plannedAt(rung, deadline, zone);
  switch (kindOf(rung)) {
    case 'reminder':
      return { rung, planned, fitted: fit(planned, windows[channel], deadline, { back: true }) };
    case 'follow_up': {
      // "Did you file?" isn't asked while there is still time to, wherever the person's clock stands.
      const fitted = fit(Math.max(planned, deadline), windows[channel], null, { back: false });
      return { rung, planned, fitted: fitted && { at: fitted.at, expiresAt: fitted.at + followUpLife } };
    }
    case 'alert': {
      // News from after the deadline ("your comments are public now") asks for nothing that the deadline could end.
      const heeded = planned < deadline ? deadline : null;
      return { rung, planned, fitted: fit(planned, windows[channel], heeded, { back: false }) };
    }
  }
}

/** When the ladder asks for a rung, in epoch ms, before any window is looked at. */
export function plannedAt(rung: Rung, deadline: number, zone: string): number {
  if ('sendAt' in rung) return rung.sendAt.getTime();
  if ('hoursBefore' in rung) return deadline - rung.hoursBefore * hour;
  const clock = wallClockOf(zone);
  const minutes = minutesOf(rung.at);
  if (minutes === undefined)
    throw new RangeError(`Rung "${rung.id}": "${rung.at}" is not a time; write it as 09:30.`);
  const days = 'daysBefore' in rung ? -rung.daysBefore : rung.daysAfter;
  return clock.instantOn(clock.dayAt(deadline) + days, minutes);
}

/** Going back from the deadline, what comes too shortly before the next that stays is superseded. */
function spaceOut(steps: Step[], gap: number): void {
  const moving = steps.flatMap((step) =>
    step.fitted && !step.skipped && kindOf(step.rung) === 'reminder' ? [{ step, at: step.fitted.at }] : [],
  );
  moving.sort((a, b) => b.at - a.at || b.step.planned - a.step.planned);
  let next = Infinity;
  for (const { step, at } of moving) {
    if (next - at < gap) step.skipped = 'superseded';
    else next = at;
  }
}

function inOrder(touches: Touch[]): Touch[] {
  const moment = (touch: Touch) => (touch.at ?? touch.plannedAt).getTime();
  return touches
    .map((touch, index) => ({ touch, index }))
    .sort((a, b) => moment(a.touch) - moment(b.touch) || a.index - b.index)
    .map(({ touch }) => touch);
}
