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
