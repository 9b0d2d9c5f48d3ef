import { isOpen, openingAt } from '../schedule/windows.js';
import type { ChannelWindows } from '../schedule/windows.js';
import { wallClockOf } from '../schedule/zone.js';

/** Whether a wave can be handed over before its expiry, and when it must start for that. Without the room: the figures. */
export type Fit =
  | { fits: true; startsAt: Date; endsAt: Date }
  /** It takes `takesSeconds`, and even from the opening of its window only `roomSeconds` are left. */
  | { fits: false; takesSeconds: number; roomSeconds: number };

/** When others use up the pace. */
export type Busy = { from: Date; to: Date };
/** From and to, in epoch ms. */
type Stretch = readonly [number, number];

/**
 * Does a wave end before its expiry (RULES §3)? It takes `people` × `segments` ÷ `perSecond`, counted while the channel is open; one that would
 * end too late starts earlier by the shortfall, inside the window it was fitted into and not before `notBefore`. Time in which others use up
 * the pace (`busy`) is no room.
 * Throws RangeError for a pace that isn't above 0.
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
  busy?: readonly Busy[];
}): Fit {
  const { windows, perSecond, notBefore, busy = [] } = input;
  if (!(perSecond > 0))
    throw new RangeError(`A pace of ${perSecond} a second sends nothing; set one above 0.`);
  const [at, expiresAt] = [input.at.getTime(), input.expiresAt.getTime()];
  const takes = ((input.people * input.segments) / perSecond) * 1000;
  const opensAt = openingAt(input.at, windows)?.opensAt.getTime() ?? at;
  // At its planned moment it may always start.
  const earliest = Math.min(at, Math.max(opensAt, notBefore?.getTime() ?? -Infinity));
  const freeBetween = (from: number, to: number) => [...openingsIn(from, to, windows)].flatMap(without(busy));
  const free = freeBetween(earliest, expiresAt);
  const room = lengthOf(free);
  if (takes > room) {
    return { fits: false, takesSeconds: Math.ceil(takes / 1000), roomSeconds: Math.floor(room / 1000) };
  }
  let [startsAt, short] = [at, takes - lengthOf(freeBetween(at, expiresAt))];
  for (const [opens, closes] of freeBetween(earliest, at).toReversed()) {
    if (short <= 0) break;
    startsAt = Math.max(opens, closes - short);
    short -= closes - startsAt;
  }
  let [endsAt, left] = [startsAt, takes];
  for (const [opens, closes] of freeBetween(startsAt, expiresAt)) {
    if (left <= 0) break;
    endsAt = Math.min(closes, opens + left);
    left -= endsAt - opens;
  }
  return { fits: true, startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
}

/** When the channel is open between two moments, clipped to them (epoch ms). */
function* openingsIn(from: number, to: number, windows: ChannelWindows): Generator<Stretch> {
  const clock = wallClockOf(windows.zone);
  for (let dayNumber = clock.dayAt(from); dayNumber <= clock.dayAt(to); dayNumber++) {
    for (const { opensAt, closesAt } of windows.spansOn(dayNumber)) {
      const [starts, ends] = [Math.max(opensAt, from), Math.min(closesAt, to)];
      if (starts < ends) yield [starts, ends];
    }
  }
}

/** What is left of a stretch of time when the busy ones are taken out of it, in order. */
const without = (busy: readonly Busy[]) => (stretch: Stretch) =>
  busy.reduce<Stretch[]>(
    (free, { from, to }) =>
      free.flatMap(([starts, ends]) =>
        (
          [
            [starts, Math.min(ends, from.getTime())],
            [Math.max(starts, to.getTime()), ends],
          ] as const
        ).filter(([a, b]) => a < b),
      ),
    [stretch],
  );

const lengthOf = (stretches: readonly Stretch[]) => stretches.reduce((sum, [from, to]) => sum + to - from, 0);

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
