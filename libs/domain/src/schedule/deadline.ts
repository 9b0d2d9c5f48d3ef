import { day, wallClockOf } from './zone.js';

/** Where a federal docket's dates are kept (FACTS §2: regulations.gov stores the end as 23:59:59 Eastern). */
export const docketZone = 'America/New_York';

/** No deadline lies beyond this; a later one is a typing mistake. */
export const lastDeadline = new Date('2101-01-01T00:00:00Z');

/**
 * The instant at which a docket's date ends: 23:59:59 on the wall in `zone`.
 * `date` is `YYYY-MM-DD`; throws RangeError when it isn't a date of the calendar.
 */
export function deadlineOf(date: string, zone: string = docketZone): Date {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`"${date}" is not a date; write it as 2027-03-15.`);
  }
  return new Date(wallClockOf(zone).instantOf(midnight + day - 1000));
}

/** The moment at which the wall shows a date (`2027-03-15`) and a time (`23:59`, `23:59:59`) in a zone. */
export function instantAt(date: string, time: string, zone: string): Date {
  const wall = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  if (Number.isNaN(wall))
    throw new RangeError(`"${date} ${time}" is not a moment; write it as 2027-03-15 23:59.`);
  return new Date(wallClockOf(zone).instantOf(wall));
}

/** What the wall shows in a zone at a moment, to the minute. */
export function wallTimeAt(instant: Date, zone: string): { date: string; time: string } {
  const wall = new Date(wallClockOf(zone).wallAt(instant.getTime())).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}
