import type { Calendar } from './holidays.js';
import { stateHolidays } from './stateHolidays.js';

/**
 * Hours in which a state lets an organization text, stricter than the federal 8 am – 9 pm (FACTS §5, from vendors' tables, for counsel
 * to confirm). An organizer's wider hours never pass them. Minutes after local midnight; null = no texts that day.
 */
export interface StateRow {
  weekdays: Hours;
  saturday: Hours;
  sunday: Hours | null;
  /** The state's own holidays, where they forbid texts. Federal ones are closed everywhere. */
  holidays?: Calendar;
}

export type Hours = readonly [opensAt: number, closesAt: number];

const hours = (from: number, to: number): Hours => [from * 60, to * 60];
const daily = (from: number, to: number, more: Partial<StateRow> = {}): StateRow => ({
  weekdays: hours(from, to),
  saturday: hours(from, to),
  sunday: hours(from, to),
  ...more,
});

/** Federal quiet hours end at 8 am and begin at 9 pm where the recipient is (47 CFR 64.1200(c)(1)). */
export const federalHours: Hours = hours(8, 21);
export const federalRow: StateRow = daily(8, 21);

export const stateRows: Readonly<Record<string, StateRow>> = {
  AL: daily(8, 20, { sunday: null, holidays: stateHolidays.AL }),
  CA: daily(9, 21),
  CT: daily(9, 20),
  FL: daily(8, 20),
  IL: daily(9, 21),
  KY: daily(10, 21),
  LA: daily(8, 20, { sunday: null, holidays: stateHolidays.LA }),
  MA: daily(8, 20),
  MD: daily(8, 20),
  MI: daily(9, 21),
  MN: daily(9, 21),
  MS: daily(8, 20, { sunday: null, holidays: stateHolidays.MS }),
  NJ: daily(8, 20),
  OK: daily(8, 20),
  PA: daily(8, 21, { holidays: stateHolidays.PA }),
  RI: { weekdays: hours(9, 18), saturday: hours(10, 17), sunday: hours(10, 17), holidays: stateHolidays.RI },
  TX: daily(9, 21, { sunday: hours(12, 21) }),
  UT: daily(8, 21, { holidays: stateHolidays.UT }),
  WA: daily(8, 20),
};

const rows = Object.values(stateRows);
const calendars = rows.flatMap(({ holidays }) => holidays ?? []);

/** All rows at once: the latest opening, the earliest close, no Sunday and no holiday that any row forbids. */
export const strictestRow: StateRow = {
  ...rows.reduce((all, row) => ({
    weekdays: overlap(all.weekdays, row.weekdays),
    saturday: overlap(all.saturday, row.saturday),
    sunday: all.sunday && row.sunday && overlap(all.sunday, row.sunday),
  })),
  holidays: (dayNumber) => calendars.some((isHoliday) => isHoliday(dayNumber)),
};

/** What both allow; may be empty (closing before it opens). */
export function overlap(a: Hours, b: Hours): Hours {
  return [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
}
