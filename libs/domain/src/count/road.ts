import { startOfDay } from './days.js';

export type Road = {
  goal: number;
  count: number;
  left: number;
  /** How far it is, from 0 to 1. */
  share: number;
  /** How many a day it takes from now on; null when the goal is reached or no deadline lies ahead. */
  perDay: number | null;
  /** How many a day it was of late: in the past seven days, or since the first when that is nearer. */
  lately: number;
  /** How many there must be at the end of a day, for the next two weeks and for the deadline's day. */
  ahead: { at: Date; count: number }[];
};

const day = 86_400_000;
const shown = 14;

/**
 * The road to a goal, and the pace that reaches it by the deadline. A goal of 0 or less is none: null.
 * @param days the days on which something came about, oldest first, each with the count at its end
 */
export function roadTo({
  goal,
  deadline,
  now,
  zone,
  days,
}: {
  goal: number | null;
  deadline: Date | null;
  now: Date;
  zone: string;
  days: { at: Date; count: number }[];
}): Road | null {
  if (goal === null || !(goal > 0)) return null;
  const count = days.at(-1)?.count ?? 0;
  const left = Math.max(0, goal - count);
  const open = left > 0 && deadline !== null && deadline > now;
  return {
    goal,
    count,
    left,
    share: Math.min(1, count / goal),
    perDay: open ? Math.ceil(left / Math.max(1, (+deadline - +now) / day)) : null,
    lately: pace(days, now, zone),
    ahead: open ? stepsAhead(count, left, now, deadline, zone) : [],
  };
}

function pace(days: { at: Date; count: number }[], now: Date, zone: string): number {
  const weekAgo = startOfDay(new Date(+now - 7 * day), zone);
  const before = days.findLast(({ at }) => at < weekAgo)?.count ?? 0;
  const since = Math.max(+weekAgo, +(days[0]?.at ?? now));
  return ((days.at(-1)?.count ?? 0) - before) / Math.max(1, (+now - since) / day);
}

function stepsAhead(count: number, left: number, now: Date, deadline: Date, zone: string): Road['ahead'] {
  const by = (end: Date) => Math.ceil(count + (left * (+end - +now)) / (+deadline - +now));
  const ahead: Road['ahead'] = [];
  let at = startOfDay(now, zone);
  while (ahead.length < shown) {
    const next = startOfDay(new Date(+at + 1.1 * day), zone);
    if (next >= deadline) break;
    ahead.push({ at, count: by(next) });
    at = next;
  }
  return [...ahead, { at: startOfDay(new Date(+deadline - 1), zone), count: count + left }];
}
