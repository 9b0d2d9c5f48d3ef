import { deadlineOf } from './deadline.js';
import type { Channel, Rung } from './ladder.js';
import { planLadder } from './plan.js';
import { windowsFor } from './windows.js';
import type { SmsHours } from './windows.js';

/**
 * Examples to check by hand with a calendar. Deadlines are dockets' dates: 23:59:59 in New York. Every other time is what the clock on the
 * wall shows where the person is.
 */
type Row = readonly [
  where: string,
  zone: string,
  state: string,
  channel: Channel,
  rung: string,
  goes: string,
];

const longAgo = new Date('2026-01-01T12:00Z');

function wall(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant);
  const { weekday, month, day, hour, minute, second } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  );
  return `${weekday} ${month} ${day} ${hour}:${minute}${second === '00' ? '' : `:${second}`}`;
}

/** "1 day before at 10:00", "6 hours before", "2 days after at 10:00". */
function rungOf(text: string, channel: Channel): Rung {
  const [count, unit, side, , at = ''] = text.split(' ');
  const base = { id: 'rung', channels: [channel] };
  if (unit?.startsWith('hour')) return { ...base, hoursBefore: Number(count) };
  return side === 'after'
    ? { ...base, daysAfter: Number(count), at }
    : { ...base, daysBefore: Number(count), at };
}

function goes(
  date: string,
  [, zone, smsWindow, channel, rung]: Row,
  { joined = longAgo, smsHours }: { joined?: Date; smsHours?: SmsHours } = {},
): string {
  const touches = planLadder({
    deadline: deadlineOf(date),
    zone,
    windows: windowsFor({ zone, smsWindow, smsHours }),
    rungs: [rungOf(rung, channel)],
    signedUpAt: { [channel]: joined },
  });
  const last = touches.find((touch) => touch.rung === 'last_call') ?? touches[0]!;
  const name = last.rung === 'last_call' ? 'last call ' : '';
  return name + (last.at ? wall(last.at, zone) : last.skipped);
}

const newYork = 'America/New_York';
const phoenix = 'America/Phoenix';
const knox = 'America/Indiana/Knox';
const honolulu = 'Pacific/Honolulu';
const guam = 'Pacific/Guam';
const sanJuan = 'America/Puerto_Rico';
const adak = 'America/Adak';

describe('Wednesday, July 14, 2027 (in Guam the deadline is Thursday, 13:59:59)', () => {
  it.each<Row>([
    ['New York', newYork, 'NY', 'email', '1 day before at 10:00', 'Tue Jul 13 10:00'],
    ['Phoenix', phoenix, 'AZ', 'email', '1 day before at 10:00', 'Tue Jul 13 10:00'],
    ['Knox', knox, 'IN', 'email', '1 day before at 10:00', 'Tue Jul 13 10:00'],
    ['Honolulu', honolulu, 'HI', 'email', '1 day before at 10:00', 'Tue Jul 13 10:00'],
    ['Guam', guam, 'GU', 'email', '1 day before at 10:00', 'Wed Jul 14 10:00'],
    ['San Juan', sanJuan, 'PR', 'email', '1 day before at 10:00', 'Tue Jul 13 10:00'],
    ['Adak', adak, 'AK', 'email', '1 day before at 10:00', 'Tue Jul 13 10:00'],
    // On the last day at 18:00, or an hour before the deadline where that is sooner.
    ['New York', newYork, 'NY', 'email', '0 days before at 18:00', 'Wed Jul 14 18:00'],
    ['Phoenix', phoenix, 'AZ', 'email', '0 days before at 18:00', 'Wed Jul 14 18:00'], // deadline 20:59:59
    ['Knox', knox, 'IN', 'email', '0 days before at 18:00', 'Wed Jul 14 18:00'], // deadline 22:59:59
    ['Honolulu', honolulu, 'HI', 'email', '0 days before at 18:00', 'Wed Jul 14 16:59:59'], // deadline 17:59:59
    ['Guam', guam, 'GU', 'email', '0 days before at 18:00', 'Thu Jul 15 12:59:59'],
    ['San Juan', sanJuan, 'PR', 'email', '0 days before at 18:00', 'Wed Jul 14 18:00'],
    ['Adak', adak, 'AK', 'email', '0 days before at 18:00', 'Wed Jul 14 17:59:59'], // deadline 18:59:59
    // By text 18:00 is past the close: an hour before 18:00, or before the deadline.
    ['New York', newYork, 'NY', 'sms', '0 days before at 18:00', 'Wed Jul 14 17:00'],
    ['Honolulu', honolulu, 'HI', 'sms', '0 days before at 18:00', 'Wed Jul 14 16:59:59'],
    ['Guam', guam, 'GU', 'sms', '0 days before at 18:00', 'Thu Jul 15 12:59:59'],
    // Six hours before it is 17:59:59 in New York, 11:59:59 in Honolulu, 7:59:59 the next day in Guam.
    ['New York', newYork, 'NY', 'email', '6 hours before', 'Wed Jul 14 17:59:59'],
    ['Honolulu', honolulu, 'HI', 'email', '6 hours before', 'Wed Jul 14 11:59:59'],
    ['Guam', guam, 'GU', 'email', '6 hours before', 'Thu Jul 15 07:59:59'],
    ['New York', newYork, 'NY', 'sms', '6 hours before', 'Wed Jul 14 17:00'],
    ['Honolulu', honolulu, 'HI', 'sms', '6 hours before', 'Wed Jul 14 11:59:59'],
    ['Guam', guam, 'GU', 'sms', '6 hours before', 'Thu Jul 15 10:00'],
    // "Did you file?" isn't asked before the deadline has passed.
    ['New York', newYork, 'NY', 'email', '1 day after at 10:00', 'Thu Jul 15 10:00'],
    ['Guam', guam, 'GU', 'email', '0 days after at 10:00', 'Thu Jul 15 13:59:59'],
    ['New York', newYork, 'NY', 'email', '0 days after at 10:00', 'Thu Jul 15 07:00'],
  ])('%s (%s, %s), by %s %s: %s', (...row) => expect(goes('2027-07-14', row)).toBe(row[5]));
});

describe('Monday, March 15, 2027, after the clocks went forward on Sunday', () => {
  it.each<Row>([
    ['New York', newYork, 'NY', 'email', '2 days before at 10:00', 'Sat Mar 13 10:00'],
    ['New York', newYork, 'NY', 'email', '1 day before at 10:00', 'Sun Mar 14 10:00'],
    ['Knox', knox, 'IN', 'email', '2 days before at 10:00', 'Sat Mar 13 10:00'],
    ['Knox', knox, 'IN', 'email', '1 day before at 10:00', 'Sun Mar 14 10:00'],
    ['Adak', adak, 'AK', 'email', '1 day before at 10:00', 'Sun Mar 14 10:00'],
    ['Phoenix', phoenix, 'AZ', 'email', '1 day before at 10:00', 'Sun Mar 14 10:00'],
    ['New York', newYork, 'NY', 'email', '48 hours before', 'Sun Mar 14 07:00'], // Saturday 22:59:59 is night
    ['New York', newYork, 'NY', 'email', '42 hours before', 'Sun Mar 14 07:00'], // 5:59:59 is night too
    ['New York', newYork, 'NY', 'email', '40 hours before', 'Sun Mar 14 07:59:59'],
    ['New York', newYork, 'NY', 'email', '52 hours before', 'Sat Mar 13 18:59:59'], // an hour was skipped since
    ['Phoenix', phoenix, 'AZ', 'email', '52 hours before', 'Sat Mar 13 16:59:59'],
    ['New York', newYork, 'NY', 'sms', '1 day before at 10:00', 'Mon Mar 15 10:00'], // Sunday
  ])('%s (%s, %s), by %s %s: %s', (...row) => expect(goes('2027-03-15', row)).toBe(row[5]));
});

describe('Monday, November 8, 2027, after the clocks went back on Sunday', () => {
  it.each<Row>([
    ['New York', newYork, 'NY', 'email', '2 days before at 10:00', 'Sat Nov 6 10:00'],
    ['New York', newYork, 'NY', 'email', '1 day before at 10:00', 'Sun Nov 7 10:00'],
    ['Knox', knox, 'IN', 'email', '2 days before at 10:00', 'Sat Nov 6 10:00'],
    ['Adak', adak, 'AK', 'email', '1 day before at 10:00', 'Sun Nov 7 10:00'],
    ['Phoenix', phoenix, 'AZ', 'email', '1 day before at 10:00', 'Sun Nov 7 10:00'],
    ['New York', newYork, 'NY', 'email', '54 hours before', 'Sat Nov 6 18:59:59'], // one hour came twice since
    ['Phoenix', phoenix, 'AZ', 'email', '54 hours before', 'Sat Nov 6 15:59:59'],
    ['New York', newYork, 'NY', 'sms', '1 day before at 10:00', 'Mon Nov 8 10:00'], // Sunday
  ])('%s (%s, %s), by %s %s: %s', (...row) => expect(goes('2027-11-08', row)).toBe(row[5]));

  it('asks for a skipped hour later by the gap, and for a doubled one the first time', () => {
    const asked = (date: string, at: string) =>
      planLadder({
        deadline: deadlineOf(date),
        zone: newYork,
        windows: windowsFor({ zone: newYork, smsWindow: 'NY' }),
        rungs: [{ id: 'rung', channels: ['email'], daysBefore: 1, at }],
        signedUpAt: { email: longAgo },
      })[0]?.plannedAt;
    expect(asked('2027-03-15', '02:30')).toEqual(new Date('2027-03-14T03:30-04:00'));
    expect(asked('2027-11-08', '01:30')).toEqual(new Date('2027-11-07T01:30-04:00'));
  });
});

describe('days without texts', () => {
  const thanksgiving: [string, Row][] = [
    ['2027-11-30', ['New York', newYork, 'NY', 'sms', '5 days before at 12:00', 'Fri Nov 26 10:00']],
    ['2027-11-30', ['New York', newYork, 'NY', 'email', '5 days before at 12:00', 'Thu Nov 25 12:00']],
    [
      '2027-11-30',
      ['Birmingham', 'America/Chicago', 'AL', 'sms', '5 days before at 12:00', 'Sat Nov 27 10:00'],
    ],
    ['2027-11-25', ['New York', newYork, 'NY', 'sms', '0 days before at 12:00', 'Wed Nov 24 17:00']],
  ];
  const mardiGras: [string, Row][] = [
    [
      '2027-02-12',
      ['Birmingham', 'America/Chicago', 'AL', 'sms', '3 days before at 12:00', 'Wed Feb 10 10:00'],
    ],
    [
      '2027-02-12',
      ['New Orleans', 'America/Chicago', 'LA', 'sms', '3 days before at 12:00', 'Wed Feb 10 10:00'],
    ],
    [
      '2027-02-12',
      ['Nashville', 'America/Chicago', 'TN', 'sms', '3 days before at 12:00', 'Tue Feb 9 12:00'],
    ],
    [
      '2027-02-09',
      ['Birmingham', 'America/Chicago', 'AL', 'sms', '0 days before at 12:00', 'Mon Feb 8 17:00'],
    ],
    ['2027-02-12', ['no ZIP', 'America/Chicago', 'strict+America/Chicago', 'sms', '3 days before at 12:00', 'Wed Feb 10 10:00']], // prettier-ignore
    ['2027-02-12', ['no ZIP', 'America/Chicago', '*', 'sms', '3 days before at 12:00', 'Tue Feb 9 12:00']],
  ];
  const others: [string, Row][] = [
    ['2027-07-27', ['Salt Lake City', 'America/Denver', 'UT', 'sms', '4 days before at 12:00', 'Mon Jul 26 10:00']], // the 24th is a Saturday: Friday too
    ['2027-08-12', ['Providence', newYork, 'RI', 'sms', '3 days before at 12:00', 'Tue Aug 10 10:00']], // Victory Day
    ['2027-03-29', ['Philadelphia', newYork, 'PA', 'sms', '3 days before at 12:00', 'Sat Mar 27 10:00']], // Good Friday
    ['2027-07-12', ['New York', newYork, 'NY', 'sms', '8 days before at 12:00', 'Tue Jul 6 10:00']], // Sunday the 4th, kept on Monday
  ]; // prettier-ignore
  it.each([...thanksgiving, ...mardiGras, ...others])('%s: %j', (date, row) =>
    expect(goes(date, row)).toBe(row[5]),
  );
});

describe('an organizer who asked for texts from 08:00 to 21:00', () => {
  const smsHours = { open: '08:00', close: '21:00' };
  it.each<Row>([
    ['New York', newYork, 'NY', 'sms', '2 days before at 08:00', 'Mon Jul 12 08:00'],
    ['Houston', 'America/Chicago', 'TX', 'sms', '2 days before at 08:00', 'Mon Jul 12 09:00'],
    ['Houston', 'America/Chicago', 'TX', 'sms', '2 days before at 20:30', 'Mon Jul 12 20:30'],
    ['Houston', 'America/Chicago', 'TX', 'sms', '3 days before at 14:00', 'Mon Jul 12 09:00'], // Sunday, though Texas would allow it
    ['Louisville', 'America/Kentucky/Louisville', 'KY', 'sms', '2 days before at 08:00', 'Mon Jul 12 10:00'],
    ['Miami', newYork, 'FL', 'sms', '2 days before at 19:31', 'Tue Jul 13 08:00'], // closes at 20:00
    ['Providence', newYork, 'RI', 'sms', '4 days before at 16:31', 'Mon Jul 12 09:00'], // Saturday closes at 17:00
    ['no ZIP', newYork, '*', 'sms', '2 days before at 08:00', 'Mon Jul 12 10:00'],
    ['no ZIP', honolulu, 'strict+America/New_York', 'sms', '2 days before at 08:00', 'Mon Jul 12 10:00'], // 16:00 in New York
    ['no ZIP', honolulu, 'strict+America/New_York', 'sms', '2 days before at 12:00', 'Tue Jul 13 10:00'], // 18:00 in New York
    ['no ZIP', guam, 'strict+America/New_York', 'sms', '2 days before at 12:00', 'last call too_late'], // never both
  ])('%s (%s, %s), by %s %s: %s', (...row) => expect(goes('2027-07-14', row, { smsHours })).toBe(row[5]));
});

describe('a last call', () => {
  // The ladder's only rung is a week before.
  const rung = '7 days before at 10:00';
  const sunday = { joined: new Date('2027-07-17T11:00-04:00') }; // Saturday; the deadline is Sunday night
  it.each<Row>([
    ['New York', newYork, 'NY', 'email', rung, 'last call Sun Jul 18 20:00'], // 20:59:59 is a second before the close
    ['New York', newYork, 'NY', 'sms', rung, 'last call Sat Jul 17 16:00'],
    ['Phoenix', phoenix, 'AZ', 'email', rung, 'last call Sun Jul 18 17:59:59'],
    ['Guam', guam, 'GU', 'email', rung, 'last call Mon Jul 19 10:59:59'],
    ['Guam', guam, 'GU', 'sms', rung, 'last call Mon Jul 19 10:59:59'],
  ])('on a Sunday: %s (%s, %s), by %s: %s', (...row) => expect(goes('2027-07-18', row, sunday)).toBe(row[5]));

  const fiveHours = { joined: new Date('2027-07-14T18:59:59-04:00') };
  it.each<Row>([
    ['New York', newYork, 'NY', 'email', rung, 'last call Wed Jul 14 20:00'],
    ['New York', newYork, 'NY', 'sms', rung, 'last call too_late'], // texts end at 18:00
    ['Phoenix', phoenix, 'AZ', 'email', rung, 'last call Wed Jul 14 17:59:59'],
    ['Phoenix', phoenix, 'AZ', 'sms', rung, 'last call Wed Jul 14 17:00'],
    ['Honolulu', honolulu, 'HI', 'sms', rung, 'last call Wed Jul 14 14:59:59'],
    ['Guam', guam, 'GU', 'email', rung, 'last call Thu Jul 15 10:59:59'],
  ])('for who joined 5 hours before: %s (%s, %s), by %s: %s', (...row) =>
    expect(goes('2027-07-14', row, fiveHours)).toBe(row[5]),
  );
});
