import { isOpen, openingAt } from '../schedule/windows.js';
import type { ChannelWindows } from '../schedule/windows.js';

/** Whether a wave can be handed over before its expiry, and when it must start for that. */
export type Fit =
  | { fits: true; startsAt: Date; endsAt: Date }
  /** Seconds missing even when it starts with the opening of its window. */
  | { fits: false; shortfallSeconds: number };

/**
 * Does a wave end before its expiry (RULES §3)? `people` × `segments` ÷ `perSecond` is how long it takes; one that would end too late starts
 * earlier by the shortfall, inside the window it was fitted into and not before `notBefore`.
 */
export function fitPace(input: {
  at: Date;
  expiresAt: Date;
  windows: ChannelWindows;
  people: number;
  /** Segments of each text; 1 for an email. */
  segments: number;
  perSecond: number;
  notBefore?: Date;
}): Fit {
  const takes = ((input.people * input.segments) / input.perSecond) * 1000;
  const latest = input.expiresAt.getTime() - takes;
  const opensAt = openingAt(input.at, input.windows)?.opensAt ?? input.at;
  const earliest = Math.max(opensAt.getTime(), input.notBefore?.getTime() ?? -Infinity);
  const startsAt = Math.min(input.at.getTime(), latest);
  // At its planned moment it may always start; what matters is the end.
  if (startsAt < Math.min(earliest, input.at.getTime())) {
    return {
      fits: false,
      shortfallSeconds: Math.ceil((Math.min(earliest, input.at.getTime()) - startsAt) / 1000),
    };
  }
  return { fits: true, startsAt: new Date(startsAt), endsAt: new Date(startsAt + takes) };
}

/** How many whole seconds a text may live at the carrier, for Twilio's `ValidityPeriod` (1–36000); null when it is too late to hand over. */
export function validityOf(input: { now: Date; expiresAt: Date }): number | null {
  const seconds = Math.floor((input.expiresAt.getTime() - input.now.getTime()) / 1000);
  return seconds < 1 ? null : Math.min(36_000, seconds);
}

/** May a hand-over begin now: planned, not expired, and inside its window? */
export function mayHandOver(input: {
  now: Date;
  at: Date;
  expiresAt: Date;
  windows: ChannelWindows;
}): boolean {
  return input.at <= input.now && input.now < input.expiresAt && isOpen(input.now, input.windows);
}
