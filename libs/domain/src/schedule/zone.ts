import { Temporal } from 'temporal-polyfill';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Is this an IANA zone that this machine knows (`America/New_York`, `UTC`)? Offsets such as `+05:00` are not zones. */
export function isZone(name: string): boolean {
  if (!/^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]*)+)$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * A zone's wall clock in plain numbers: thousands of plans are made at once, and a calendar object for each step would
 * cost more than the plan. `wall` is milliseconds since 1970 as the clock on the wall would count them; `day` is
 * the number of whole days in it, so a weekday is `(day + 4) % 7` with Sunday 0.
 */
export class WallClock {
  private readonly years = new Map<number, { from: number; offset: number }[]>();

  constructor(readonly zone: string) {}

  /** Milliseconds that the wall is ahead of UTC at an instant (epoch ms). */
  offsetAt(instant: number): number {
    const spells = this.spellsOf(new Date(instant).getUTCFullYear());
    let offset = 0;
    for (const spell of spells) {
      if (spell.from > instant) break;
      offset = spell.offset;
    }
    return offset;
  }

  wallAt(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  dayAt(instant: number): number {
    return Math.floor(this.wallAt(instant) / day);
  }

  /**
   * The instant at which the wall shows `wall`. A time that a clock change skips moves forward by the gap; one that comes
   * twice is the earlier: both are the offset from before the change, as in Temporal's `compatible`.
   */
  instantOf(wall: number): number {
    const before = this.offsetAt(wall - day);
    const early = wall - before;
    if (this.offsetAt(early) === before) return early;
    const late = wall - this.offsetAt(wall + day);
    return this.offsetAt(late) === wall - late ? late : early;
  }

  /** The instant of a wall-clock time on a local day. */
  instantOn(dayNumber: number, minutes: number): number {
    return this.instantOf(dayNumber * day + minutes * minute);
  }

  private spellsOf(year: number) {
    let spells = this.years.get(year);
    if (!spells) {
      const end = Date.UTC(year + 1, 0, 1);
      let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(
        Date.UTC(year, 0, 1),
      ).toZonedDateTimeISO(this.zone);
      spells = [];
      while (at && at.epochMilliseconds < end) {
        spells.push({ from: at.epochMilliseconds, offset: at.offsetNanoseconds / 1e6 });
        at = at.getTimeZoneTransition('next');
      }
      this.years.set(year, spells);
    }
    return spells;
  }
}

const clocks = new Map<string, WallClock>();

/** The wall clock of a zone; throws RangeError for a name that isn't one. */
export function wallClockOf(zone: string): WallClock {
  let clock = clocks.get(zone);
  if (!clock) {
    if (!isZone(zone)) throw new RangeError(`"${zone}" is not a time zone; use a name like America/Chicago.`);
    clocks.set(zone, (clock = new WallClock(zone)));
  }
  return clock;
}

/** Whole days from one date to another on a zone's calendar. */
export function daysBetween(from: Date, to: Date, zone: string): number {
  const clock = wallClockOf(zone);
  return clock.dayAt(to.getTime()) - clock.dayAt(from.getTime());
}
