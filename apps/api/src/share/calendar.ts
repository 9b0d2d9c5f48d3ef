import { createEvent, type DateArray } from 'ics';

export type CalendarEvent = {
  /** The same for one campaign for good. */
  uid: string;
  /** How often the deadline moved: a calendar takes the higher one for the news. */
  sequence: number;
  deadlineAt: Date;
  title: string;
  description: string;
  url: string;
  /** What the calendar says a day before. */
  alarm: string;
};

/** The deadline as a calendar takes it (RFC 5545): its last hour, in UTC, with an alarm a day before. */
export function calendarOf({
  uid,
  sequence,
  deadlineAt,
  title,
  description,
  url,
  alarm,
}: CalendarEvent): string {
  const { error, value } = createEvent({
    uid,
    sequence,
    productId: '-//Drumbeat//Deadlines//EN',
    title,
    description,
    url,
    start: partsOf(new Date(deadlineAt.getTime() - 3_600_000)),
    end: partsOf(deadlineAt),
    startInputType: 'utc',
    startOutputType: 'utc',
    endInputType: 'utc',
    endOutputType: 'utc',
    busyStatus: 'FREE',
    alarms: [{ action: 'display', description: alarm, trigger: { hours: 24, before: true } }],
  });
  if (error) throw error;
  return value!;
}

const partsOf = (at: Date): DateArray => [
  at.getUTCFullYear(),
  at.getUTCMonth() + 1,
  at.getUTCDate(),
  at.getUTCHours(),
  at.getUTCMinutes(),
];
