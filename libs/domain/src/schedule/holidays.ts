import { day } from './zone.js';

/**
 * US federal holidays by rule, with the day on which each is observed (5 U.S.C. 6103): one on a Saturday is observed on the Friday
 * before, one on a Sunday on the Monday after. Both days count as the holiday.
 */
type HolidayRule = (year: number) => number;

const on =
  (month: number, date: number): HolidayRule =>
  (year) =>
    Date.UTC(year, month - 1, date) / day;

/** The nth weekday (0 = Sunday) of a month; n = -1 is its last. */
const nth =
  (n: number, weekday: number, month: number): HolidayRule =>
  (year) => {
    if (n < 0) {
      const last = Date.UTC(year, month, 0) / day;
      return last - ((weekdayOf(last) - weekday + 7) % 7);
    }
    const first = Date.UTC(year, month - 1, 1) / day;
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
  };

const rules: readonly HolidayRule[] = [
  on(1, 1), // New Year's Day
  nth(3, 1, 1), // Birthday of Martin Luther King, Jr.
  nth(3, 1, 2), // Washington's Birthday
  nth(-1, 1, 5), // Memorial Day
  on(6, 19), // Juneteenth
  on(7, 4), // Independence Day
  nth(1, 1, 9), // Labor Day
  nth(2, 1, 10), // Columbus Day
  on(11, 11), // Veterans Day
  nth(4, 4, 11), // Thanksgiving Day
  on(12, 25), // Christmas Day
];

const byYear = new Map<number, Set<number>>();

/** Is this local day (days since 1970-01-01) a US federal holiday or the day one is observed? */
export function isFederalHoliday(dayNumber: number): boolean {
  const year = new Date(dayNumber * day).getUTCFullYear();
  let days = byYear.get(year);
  if (!days) {
    // New Year's Day of the next year may be observed on December 31 of this one.
    days = new Set([year, year + 1].flatMap((y) => rules.flatMap((rule) => [rule(y), observed(rule(y))])));
    byYear.set(year, days);
  }
  return days.has(dayNumber);
}

function observed(dayNumber: number): number {
  const weekday = weekdayOf(dayNumber);
  return weekday === 6 ? dayNumber - 1 : weekday === 0 ? dayNumber + 1 : dayNumber;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}
