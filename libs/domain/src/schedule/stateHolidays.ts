import { calendarOf, easter, nth, on, weekdayOf } from './holidays.js';
import type { Calendar, HolidayRule } from './holidays.js';

const mardiGras = easter(-47);
const goodFriday = easter(-2);
const dayAfterThanksgiving: HolidayRule = (year) => nth(4, 4, 11)(year) + 1;
const electionDay = (year: number) => nth(1, 1, 11)(year) + 1;
const evenElectionDay: HolidayRule = (year) => (year % 2 === 0 ? electionDay(year) : null);

/** The Monday after a day that falls on a Saturday; on a Sunday every calendar observes it then. */
const mondayAfter =
  (rule: (year: number) => number): HolidayRule =>
  (year) =>
    weekdayOf(rule(year)) === 6 ? rule(year) + 2 : null;

/**
 * Legal holidays of the states that forbid texts on them (FACTS §5), besides the federal ones. A day that holds in a part of the state, or that
 * its governor usually proclaims, counts for all of it: closing a day costs little. Those are marked "for counsel to confirm".
 */
export const stateHolidays = {
  /** Ala. Code § 1-3-8. */
  AL: calendarOf([
    mardiGras, // by statute in Mobile and Baldwin counties only (for counsel to confirm)
    nth(4, 1, 4), // Confederate Memorial Day
    nth(1, 1, 6), // Jefferson Davis' Birthday
    dayAfterThanksgiving, // by proclamation (for counsel to confirm)
    on(12, 1), // Rosa L. Parks Day, where a county or city keeps it (for counsel to confirm)
  ]),
  /** La. R.S. 1:55. */
  LA: calendarOf([
    on(1, 8), // Battle of New Orleans
    on(1, 19), // Robert E. Lee Day, in older texts of the statute (for counsel to confirm)
    mardiGras,
    goodFriday,
    on(6, 3), // Confederate Memorial Day, in older texts of the statute (for counsel to confirm)
    on(8, 30), // Huey P. Long Day
    on(11, 1), // All Saints' Day
    evenElectionDay, // general election day
    dayAfterThanksgiving, // Acadian Day, by proclamation (for counsel to confirm)
  ]),
  /** Miss. Code § 3-3-7. */
  MS: calendarOf([
    mardiGras, // where a county or city chooses it (for counsel to confirm)
    nth(-1, 1, 4), // Confederate Memorial Day
    dayAfterThanksgiving, // by proclamation (for counsel to confirm)
  ]),
  /** 44 P.S. § 11. */
  PA: calendarOf([
    on(2, 12), // Lincoln's Birthday (for counsel to confirm)
    goodFriday,
    on(6, 14), // Flag Day
    electionDay, // every November
    dayAfterThanksgiving, // state offices are closed (for counsel to confirm)
  ]),
  /** R.I. Gen. Laws § 25-1-1. */
  RI: calendarOf([
    on(5, 4), // Rhode Island Independence Day
    nth(2, 1, 8), // Victory Day
    evenElectionDay, // when state officers are elected
    ...[on(1, 1), on(7, 4), on(11, 11), on(12, 25)].map(mondayAfter), // kept on the Monday after a weekend
  ]),
  /** Utah Code § 63G-1-301. */
  UT: calendarOf([
    goodFriday, // since 2026
    juneteenthMonday,
    on(7, 24), // Pioneer Day
  ]),
} satisfies Record<string, Calendar>;

/** Utah keeps June 19 on the Monday before it, or after it when it falls on a weekend. */
function juneteenthMonday(year: number): number {
  const juneteenth = on(6, 19)(year);
  const weekday = weekdayOf(juneteenth);
  return weekday === 0 ? juneteenth + 1 : weekday === 6 ? juneteenth + 2 : juneteenth - (weekday - 1);
}
