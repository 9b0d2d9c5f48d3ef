import { wallClockOf } from '../schedule/zone.js';

/** The instant at which the day began on a zone's calendar; throws RangeError for a name that is no zone. */
export function startOfDay(instant: Date, zone: string): Date {
  const clock = wallClockOf(zone);
  return new Date(clock.instantOn(clock.dayAt(instant.getTime()), 0));
}
