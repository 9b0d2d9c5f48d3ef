import { spanAfter, spanAt } from './windows.js';
import type { ChannelWindows } from './windows.js';
import { hour, minute, wallClockOf } from './zone.js';

/** A window must have this much left for a message to start in it. */
export const leastRoom = 30 * minute;
/** Nothing that asks for the act is planned closer to the deadline than this … */
export const leastLead = hour;
/** … or handed over closer than this. */
export const lastHandOver = 30 * minute;

/** How far back a reminder may be moved, in local days: longer than any calendar of ours is closed. */
const longestWayBack = 21;

export interface Fitted {
  at: number;
  /** Past it the message is skipped, `expired`. */
  expiresAt: number;
}

/**
 * Moves a planned moment (epoch ms) to one that people can be reached at and still act (RULES §3, Fitting): as it is, else at the next
 * opening, else back. `deadline` null: none to heed. Undefined: no such moment.
 */
export function fit(
  planned: number,
  windows: ChannelWindows,
  deadline: number | null,
  { back }: { back: boolean },
): Fitted | undefined {
  const latest = deadline === null ? Infinity : deadline - leastLead;
  const own = spanAt(windows, planned);
  if (own && own.closesAt - planned >= leastRoom && planned <= latest) {
    return { at: planned, expiresAt: expiry(own.closesAt, deadline) };
  }
  const next = spanAfter(windows, planned, leastRoom);
  if (next && next.opensAt <= latest) return { at: next.opensAt, expiresAt: expiry(next.closesAt, deadline) };
  return back ? fitBack(planned, windows, deadline) : undefined;
}

function fitBack(planned: number, windows: ChannelWindows, deadline: number | null): Fitted | undefined {
  const end = Math.min(planned, deadline ?? planned);
  const first = wallClockOf(windows.zone).dayAt(end);
  for (let dayNumber = first; dayNumber >= first - longestWayBack; dayNumber--) {
    for (const span of windows.spansOn(dayNumber).toReversed()) {
      const at = Math.min(span.closesAt, deadline ?? Infinity) - hour;
      if (span.opensAt < planned && at >= span.opensAt)
        return { at, expiresAt: expiry(span.closesAt, deadline) };
    }
  }
  return undefined;
}

function expiry(closesAt: number, deadline: number | null): number {
  return deadline === null ? closesAt : Math.min(closesAt, deadline - lastHandOver);
}

/**
 * When a message planned at `at` becomes too late to hand over: the close of the opening that holds `at` or 30 minutes before the
 * deadline, whichever is earlier; `at` itself when the channel is closed then.
 */
export function expiryOf(at: Date, windows: ChannelWindows, deadline: Date | null): Date {
  const span = spanAt(windows, at.getTime());
  return span ? new Date(expiry(span.closesAt, deadline?.getTime() ?? null)) : at;
}
