import { fit } from './fit.js';
import { weekdayOf } from './holidays.js';
import type { Channel } from './ladder.js';
import type { Windows } from './windows.js';
import { minute, wallClockOf } from './zone.js';

/** "Remind me later": what a person may choose. */
export const laters = ['tonight', 'tomorrow', 'sunday'] as const;
export type Later = (typeof laters)[number];

/** A snooze sooner than this is no later at all. */
const soonest = 30 * minute;

interface Moment {
  now: Date;
  /** Null: not known yet. */
  deadline: Date | null;
  windows: Windows;
  channel: Channel;
}

/**
 * When "remind me later" reminds (RULES §6): tonight at 19:00, tomorrow at 10:00, on the coming Sunday at 16:00 where the person is (said on a
 * Sunday: the next one), fitted as a rung is, so the deadline caps it and a Sunday's text moves to a decent hour.
 * Null when it is too late to say so, or nothing fits that is half an hour ahead.
 */
export function planSnooze({ later, ...moment }: Moment & { later: Later }): {
  at: Date;
  expiresAt: Date;
} | null {
  const soon = moment.now.getTime() + soonest;
  const { asked } = askedFor(later, moment);
  if (asked < soon) return null;
  const deadline = moment.deadline?.getTime() ?? null;
  const fitted = fit(asked, moment.windows[moment.channel], deadline, { back: true });
  if (!fitted || fitted.at < soon) return null;
  return { at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) };
}

/**
 * The snoozes that can be offered, in order of time. A day that lies after the deadline's is left out; of those that fall on one
 * moment, the one whose name is nearest to it stays.
 */
export function snoozesFor(moment: Moment): { later: Later; at: Date; expiresAt: Date }[] {
  const clock = wallClockOf(moment.windows.zone);
  const lastDay = moment.deadline ? clock.dayAt(moment.deadline.getTime()) : Infinity;
  const byMoment = new Map<number, { later: Later; at: Date; expiresAt: Date; moved: number }>();
  for (const later of laters) {
    const { asked, day } = askedFor(later, moment);
    const snooze = day <= lastDay && planSnooze({ ...moment, later });
    if (!snooze) continue;
    const at = snooze.at.getTime();
    const moved = Math.abs(at - asked);
    if (moved < (byMoment.get(at)?.moved ?? Infinity)) byMoment.set(at, { later, ...snooze, moved });
  }
  return [...byMoment.values()]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ later, at, expiresAt }) => ({ later, at, expiresAt }));
}

function askedFor(later: Later, { now, windows }: Moment): { asked: number; day: number } {
  const clock = wallClockOf(windows.zone);
  const today = clock.dayAt(now.getTime());
  const [day, hour] = {
    tonight: [today, 19] as const,
    tomorrow: [today + 1, 10] as const,
    sunday: [today + 7 - weekdayOf(today), 16] as const,
  }[later];
  return { asked: clock.instantOn(day, hour * 60), day };
}
