import { day } from './zone.js';

/** The local day (days since 1970-01-01) on which a holiday of a year falls, or null when it has none that year. */
export type HolidayRule = (year: number) => number | null;

/** Is a local day (days since 1970-01-01) a holiday, or the day on which one is observed? */
export type Calendar = (dayNumber: number) => boolean;

export const on =
  (month: number, date: number) =>
  (year: number): number =>
    Date.UTC(year, month - 1, date) / day;

/** The nth weekday (0 = Sunday) of a month; n = -1 is its last. */
export const nth =
  (n: number, weekday: number, month: number) =>
  (year: number): number => {
    if (n < 0) {
      const last = Date.UTC(year, month, 0) / day;
      return last - ((weekdayOf(last) - weekday + 7) % 7);
    }
    const first = Date.UTC(year, month - 1, 1) / day;
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
  };

/** So many days after Easter Sunday, by the Gregorian computation that J. Meeus gives ("Astronomical Algorithms", chapter 8). */
export const easter =
  (days: number) =>
  (year: number): number => {
    const [century, rest] = [Math.floor(year / 100), year % 100];
    const golden = year % 19;
    const corrections =
      century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
    const moon = (19 * golden + corrections + 15) % 30;
    const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
    const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
    return Date.UTC(year, 2, 22 + moon + sunday - 7 * late) / day + days;
  };

/**
 * The calendar of some holidays. As with federal ones (5 U.S.C. 6103), one on a Saturday is observed on the Friday before and one on a
 * Sunday on the Monday after; both days count.
 */
export function calendarOf(rules: readonly HolidayRule[]): Calendar {
  const byYear = new Map<number, Set<number>>();
  return (dayNumber) => {
    const year = new Date(dayNumber * day).getUTCFullYear();
    let days = byYear.get(year);
    if (!days) {
      // New Year's Day of the next year may be observed on December 31 of this one.
      const holidays = [year, year + 1].flatMap((y) => rules.flatMap((rule) => rule(y) ?? []));
      byYear.set(year, (days = new Set(holidays.flatMap((holiday) => [holiday, observed(holiday)]))));
    }
    return days.has(dayNumber);
  };
}

/** Is this local day (days since 1970-01-01) a US federal holiday or the day one is observed? */
export const isFederalHoliday: Calendar = calendarOf([
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
]);

function observed(dayNumber: number): number {
  const weekday = weekdayOf(dayNumber);
  return weekday === 6 ? dayNumber - 1 : weekday === 0 ? dayNumber + 1 : dayNumber;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}
