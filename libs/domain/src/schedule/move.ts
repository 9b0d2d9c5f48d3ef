import { fit } from './fit.js';
import { channels, kindOf } from './ladder.js';
import type { Channel } from './ladder.js';
import { joinsBy, needsLastCall, planLadder, planLastCall, planWaves } from './plan.js';
import type { Ladder, Touch } from './plan.js';
import type { ChannelWindows } from './windows.js';
import { hour } from './zone.js';

/** Moved later by this much, rungs that are ahead again start a new round ("extended to …"). */
const roundAfter = 48 * hour;

/** Does moving the deadline from `before` to `after` start a new round? */
export function startsRound(before: Date, after: Date): boolean {
  return after.getTime() - before.getTime() >= roundAfter;
}

/**
 * The waves of one channel under a deadline that has just moved (RULES §3): `before` is the deadline they were planned for, `now` the moment
 * of the move. Of reminders that were still ahead and that the new date puts in the past, the latest goes at the next
 * opening; the others are skipped, `moved_past`. One that follows it within the channel's spacing stays.
 */
export function planMoved(input: Ladder & { channel: Channel; before: Date; now: Date }): Touch[] {
  const now = input.now.getTime();
  const ahead = new Set(
    planWaves({ ...input, deadline: input.before })
      .filter(({ at }) => at !== null && at.getTime() > now)
      .map(({ rung }) => rung),
  );
  const touches = planWaves(input);
  const past = touches.filter(
    ({ rung, at }) =>
      rung !== 'last_call' &&
      kindOf(rung) === 'reminder' &&
      ahead.has(rung) &&
      at !== null &&
      at.getTime() <= now,
  );
  const latest = past.at(-1);
  return touches.map((touch) => {
    if (!past.includes(touch)) return touch;
    const { rung, channel, plannedAt } = touch;
    const fitted =
      touch === latest
        ? fit(now, input.windows[channel], input.deadline.getTime(), { back: false })
        : undefined;
    return fitted
      ? { rung, channel, plannedAt, at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) }
      : { rung, channel, plannedAt, at: null, skipped: 'moved_past' };
  });
}

/** The last move of a deadline within its round: what it was before, and when it moved. */
export interface Move {
  before: Date;
  now: Date;
}

/**
 * A person's whole plan, as planLadder gives it, where the deadline may have moved within the round: of `moved` waves, those that the
 * person signed up in time for.
 */
export function planPerson(
  input: Ladder & { signedUpAt: Partial<Record<Channel, Date | null>>; moved: Move | null },
): Touch[] {
  const { moved } = input;
  if (!moved) return planLadder(input);
  return channels
    .flatMap((channel): Touch[] => {
      const signedUpAt = input.signedUpAt[channel];
      if (!signedUpAt) return [];
      const touches = planMoved({ ...input, ...moved, channel }).map((touch): Touch => {
        const { rung, plannedAt } = touch;
        const inTime = touch.at === null || signedUpAt <= joinsBy(touch)!;
        return inTime ? touch : { rung, channel, plannedAt, at: null, skipped: 'before_signup' };
      });
      return needsLastCall(touches) ? [...touches, planLastCall({ ...input, channel, signedUpAt })] : touches;
    })
    .toSorted((a, b) => (a.at ?? a.plannedAt).getTime() - (b.at ?? b.plannedAt).getTime());
}

/**
 * The waves of one channel in a new round: only what is ahead again. Past reminders and follow-ups were the last round's, news that went
 * out stays news.
 */
export function planRound(input: Ladder & { channel: Channel; now: Date }): Touch[] {
  return planWaves(input).map((touch) => {
    const { rung, channel, plannedAt, at } = touch;
    if (at === null || at > input.now || (rung !== 'last_call' && kindOf(rung) === 'alert')) return touch;
    return { rung, channel, plannedAt, at: null, skipped: 'moved_past' };
  });
}

/**
 * A moment that a person waits for (a snooze, the question to a phone) after the deadline or the person moved: as near to
 * where it stood as the new windows and deadline allow, and not before `now`. Null: there is no such moment.
 */
export function refit(input: {
  at: Date;
  now: Date;
  deadline: Date | null;
  windows: ChannelWindows;
}): { at: Date; expiresAt: Date } | null {
  const now = input.now.getTime();
  const planned = Math.max(input.at.getTime(), now);
  const fitted = fit(planned, input.windows, input.deadline?.getTime() ?? null, { back: true });
  if (!fitted || fitted.at < now) return null;
  return { at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) };
}
