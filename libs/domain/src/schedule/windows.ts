import { isFederalHoliday, weekdayOf } from './holidays.js';
import { minutesOf } from './ladder.js';
import type { WallTime } from './ladder.js';
import { federalHours, federalRow, overlap, stateRows, strictestRow } from './states.js';
import type { Hours, StateRow } from './states.js';
import { minute, wallClockOf } from './zone.js';

/** One opening of a channel: half-open, both ends in epoch milliseconds. */
export interface Span {
  readonly opensAt: number;
  readonly closesAt: number;
}

/** When a channel may be used where one group of people is. */
export interface ChannelWindows {
  /** The person's zone, whose local days the openings belong to. */
  readonly zone: string;
  /** The openings of one local day (days since 1970-01-01), in order. */
  spansOn(dayNumber: number): readonly Span[];
}

/** Windows of everybody who shares a zone and the rows that apply to their texts. */
export interface Windows {
  readonly zone: string;
  readonly email: ChannelWindows;
  readonly sms: ChannelWindows;
  /** For the one text that asks "reply YES": 08:00–21:00 every day (RULES §6). */
  readonly question: ChannelWindows;
}

/**
 * Which rows apply to a person's texts: a state's code (`TX`; the zone comes from the ZIP), `*` (state unknown: the default hours), or
 * `strict+ZONE` (no ZIP: only where the windows of the person's zone and of the phone's area code meet, under the strictest rows).
 */
export type SmsWindow = string;

/** An organizer's wider hours for texts, Monday to Saturday. */
export interface SmsHours {
  open: WallTime;
  close: WallTime;
}

const emailHours: Hours = [7 * 60, 21 * 60];
const defaultWeekday: Hours = [10 * 60, 18 * 60];
const defaultSaturday: Hours = [10 * 60, 17 * 60];

const known = new Map<string, Windows>();

/**
 * The windows of a zone and of the rows that apply there (RULES §3). `smsHours` widens texts where the state is known, never past
 * 08:00–21:00 or that state's row; Sundays, federal holidays and those of the row stay closed.
 * Throws RangeError for an unknown zone, an unknown key or hours that are no `HH:mm`.
 */
export function windowsFor(input: {
  zone: string;
  smsWindow: SmsWindow;
  smsHours?: SmsHours | null;
}): Windows {
  const { zone, smsWindow, smsHours } = input;
  const key = `${zone}|${smsWindow}|${smsHours ? `${smsHours.open}-${smsHours.close}` : ''}`;
  let windows = known.get(key);
  if (!windows) {
    if (known.size > 5000) known.clear();
    known.set(key, (windows = build(zone, smsWindow, smsHours ?? undefined)));
  }
  return windows;
}

function build(zone: string, smsWindow: SmsWindow, smsHours: SmsHours | undefined): Windows {
  const phoneZone = /^strict\+(.+)$/.exec(smsWindow)?.[1];
  const texts = textHours(rowOf(smsWindow), /^[A-Z]{2}$/.test(smsWindow) ? smsHours : undefined);
  const everyDay = () => federalHours;
  const where = (hoursOn: DayHours) =>
    phoneZone ? both(opening(zone, hoursOn), opening(phoneZone, hoursOn)) : opening(zone, hoursOn);
  return { zone, email: opening(zone, () => emailHours), sms: where(texts), question: where(everyDay) };
}

function rowOf(smsWindow: SmsWindow): StateRow {
  if (smsWindow === '*') return federalRow;
  if (smsWindow.startsWith('strict+')) return strictestRow;
  if (/^[A-Z]{2}$/.test(smsWindow)) return stateRows[smsWindow] ?? federalRow;
  throw new RangeError(
    `"${smsWindow}" is no window for texts; use a state's code, "*" or "strict+" and a zone.`,
  );
}

type DayHours = (dayNumber: number) => Hours | null;

function textHours(row: StateRow, wider: SmsHours | undefined): DayHours {
  const asked = wider && overlap(parseHours(wider), federalHours);
  const weekday = overlap(asked ?? defaultWeekday, row.weekdays);
  const saturday = overlap(asked ?? defaultSaturday, row.saturday);
  return (dayNumber) => {
    const day = weekdayOf(dayNumber);
    if (day === 0 || isFederalHoliday(dayNumber) || row.holidays?.(dayNumber)) return null;
    return day === 6 ? saturday : weekday;
  };
}

function parseHours({ open, close }: SmsHours): Hours {
  const [from, to] = [minutesOf(open), minutesOf(close)];
  if (from === undefined || to === undefined || from >= to) {
    throw new RangeError(
      `Texting hours "${open}" to "${close}" are not usable; write them as 08:00 to 21:00.`,
    );
  }
  return [from, to];
}

/** Openings by the wall of one zone, each day worked out once. */
function opening(zone: string, hoursOn: DayHours): ChannelWindows {
  const clock = wallClockOf(zone);
  return remembering(zone, (dayNumber) => {
    const hours = hoursOn(dayNumber);
    if (!hours) return [];
    const span = {
      opensAt: clock.instantOn(dayNumber, hours[0]),
      closesAt: clock.instantOn(dayNumber, hours[1]),
    };
    return span.opensAt < span.closesAt ? [span] : [];
  });
}

/** Where two zones' openings meet, by the local days of the first. */
function both(own: ChannelWindows, other: ChannelWindows): ChannelWindows {
  return remembering(own.zone, (dayNumber) =>
    own.spansOn(dayNumber).flatMap((a) =>
      [-1, 0, 1]
        .flatMap((shift) => other.spansOn(dayNumber + shift))
        .map((b) => ({ opensAt: Math.max(a.opensAt, b.opensAt), closesAt: Math.min(a.closesAt, b.closesAt) }))
        .filter((span) => span.opensAt < span.closesAt),
    ),
  );
}

function remembering(zone: string, work: (dayNumber: number) => Span[]): ChannelWindows {
  const days = new Map<number, Span[]>();
  return {
    zone,
    spansOn(dayNumber) {
      let spans = days.get(dayNumber);
      if (!spans) {
        if (days.size > 4000) days.clear();
        days.set(dayNumber, (spans = work(dayNumber)));
      }
      return spans;
    },
  };
}

/** The opening that holds an instant (epoch ms), if the channel is open then. */
export function spanAt(windows: ChannelWindows, instant: number): Span | undefined {
  return windows
    .spansOn(wallClockOf(windows.zone).dayAt(instant))
    .find((span) => span.opensAt <= instant && instant < span.closesAt);
}

/**
 * Local days that are looked through: longer than any calendar closes. Two zones that meet only in one half of the year (Guam and Denver) are
 * taken to never meet in the other.
 */
const longestSearch = 21;

/** The first opening after an instant (epoch ms) that lasts `room` ms or more. */
export function spanAfter(windows: ChannelWindows, instant: number, room: number): Span | undefined {
  const first = wallClockOf(windows.zone).dayAt(instant);
  for (let dayNumber = first; dayNumber <= first + longestSearch; dayNumber++) {
    for (const span of windows.spansOn(dayNumber)) {
      if (span.opensAt > instant && span.closesAt - span.opensAt >= room) return span;
    }
  }
  return undefined;
}

/** May the channel be used at this moment? */
export function isOpen(moment: Date, windows: ChannelWindows): boolean {
  return spanAt(windows, moment.getTime()) !== undefined;
}

/** The opening that holds the moment, or null. */
export function openingAt(moment: Date, windows: ChannelWindows): { opensAt: Date; closesAt: Date } | null {
  const span = spanAt(windows, moment.getTime());
  return span ? { opensAt: new Date(span.opensAt), closesAt: new Date(span.closesAt) } : null;
}

/**
 * The moment itself when the channel is open then for `roomMinutes` more, else the next opening that lasts as long; null when
 * none comes within three weeks.
 */
export function nextOpening(moment: Date, windows: ChannelWindows, roomMinutes = 30): Date | null {
  const at = moment.getTime();
  const room = roomMinutes * minute;
  const now = spanAt(windows, at);
  if (now && now.closesAt - at >= room) return moment;
  const next = spanAfter(windows, at, room);
  return next ? new Date(next.opensAt) : null;
}
