import { fit } from './fit.js';
import { kindOf } from './ladder.js';
import type { Channel } from './ladder.js';
import { planWaves } from './plan.js';
import type { Ladder, Touch } from './plan.js';
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
