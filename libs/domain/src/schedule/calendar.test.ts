import { deadlineOf } from './deadline.js';
import { easter, isFederalHoliday } from './holidays.js';
import { sameWall, sayMoment, sayZone } from './say.js';
import { stateHolidays } from './stateHolidays.js';
import { stateRows, strictestRow } from './states.js';
import { isOpen, nextOpening, openingAt, windowsFor } from './windows.js';
import { isZone } from './zone.js';

const holiday = (date: string) => isFederalHoliday(Date.parse(date) / 86_400_000);

describe('federal holidays', () => {
  it.each([
    '2027-01-01', '2027-01-18', '2027-02-15', '2027-05-31', '2027-06-18', '2027-06-19', '2027-07-04', '2027-07-05', '2027-09-06', '2027-10-11', '2027-11-11',
    '2027-11-25', '2027-12-24', '2027-12-25', '2027-12-31', '2028-01-01', '2026-07-03',
  ])('%s is one or its observed day', (date) => expect(holiday(date)).toBe(true)); // prettier-ignore

  it.each(['2027-01-04', '2027-05-24', '2027-07-06', '2027-11-18', '2027-12-26', '2028-12-31'])(
    '%s is none',
    (date) => expect(holiday(date)).toBe(false),
  );
});

describe("a state's own holidays", () => {
  const dayOf = (date: string) => Date.parse(date) / 86_400_000;

  it.each(['2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21', '2031-04-13', '2038-04-25'])(
    'Easter is on %s',
    (date) => expect(easter(0)(Number(date.slice(0, 4)))).toBe(dayOf(date)),
  );

  it.each([
    ['AL', '2027-02-09 2027-04-26 2027-06-07 2027-11-26 2027-12-01'],
    ['LA', '2027-01-08 2027-02-09 2027-03-26 2027-08-30 2027-11-01 2028-11-07 2027-11-26'],
    ['MS', '2027-02-09 2027-04-26 2027-11-26'],
    ['PA', '2027-02-12 2027-03-26 2027-06-14 2027-11-02 2028-11-07'],
    ['RI', '2027-05-04 2027-08-09 2028-11-07 2027-12-27 2026-07-06'],
    ['UT', '2027-03-26 2027-06-21 2028-06-19 2029-06-18 2027-07-23 2027-07-24 2032-07-23'],
  ] as const)('close %s on %s, and whoever has no ZIP', (state, dates) => {
    for (const date of dates.split(' ')) {
      expect([date, stateHolidays[state](dayOf(date))]).toEqual([date, true]);
      expect([date, strictestRow.holidays?.(dayOf(date))]).toEqual([date, true]);
    }
  });

  it.each([
    ['AL', '2027-03-26 2027-07-24 2027-05-04'],
    ['LA', '2027-11-02 2027-04-26'], // no election in an odd year
    ['RI', '2027-11-02 2027-02-09'],
    ['UT', '2027-02-09 2027-06-14'],
  ] as const)('leave %s open on %s', (state, dates) => {
    for (const date of dates.split(' ')) expect(stateHolidays[state](dayOf(date))).toBe(false);
  });

  it('bind the six states that forbid texts on them, and no other', () => {
    const bound = Object.entries(stateRows).flatMap(([state, { holidays }]) => (holidays ? state : []));
    expect(bound.toSorted()).toEqual(['AL', 'LA', 'MS', 'PA', 'RI', 'UT']);
  });
});

describe('windows', () => {
  const newYork = windowsFor({ zone: 'America/New_York', smsWindow: 'NY' });

  it('are half-open', () => {
    expect(isOpen(new Date('2027-07-14T10:00-04:00'), newYork.sms)).toBe(true);
    expect(isOpen(new Date('2027-07-14T17:59:59.999-04:00'), newYork.sms)).toBe(true);
    expect(isOpen(new Date('2027-07-14T18:00-04:00'), newYork.sms)).toBe(false);
    expect(openingAt(new Date('2027-07-14T12:00-04:00'), newYork.email)).toEqual({
      opensAt: new Date('2027-07-14T07:00-04:00'),
      closesAt: new Date('2027-07-14T21:00-04:00'),
    });
  });

  it('say when they open next', () => {
    const friday = new Date('2027-07-02T17:45-04:00');
    expect(nextOpening(friday, newYork.sms, 15)).toEqual(friday);
    expect(nextOpening(friday, newYork.sms)).toEqual(new Date('2027-07-03T10:00-04:00'));
    // Sunday the 4th is a holiday, Monday its observed day.
    expect(nextOpening(new Date('2027-07-03T16:45-04:00'), newYork.sms)).toEqual(
      new Date('2027-07-06T10:00-04:00'),
    );
  });

  it('without a ZIP are where the person and the phone both allow', () => {
    const hawaii = windowsFor({ zone: 'Pacific/Honolulu', smsWindow: 'strict+America/New_York' });
    expect(openingAt(new Date('2027-07-14T21:00Z'), hawaii.sms)).toEqual({
      opensAt: new Date('2027-07-14T20:00Z'), // 10:00 in Honolulu
      closesAt: new Date('2027-07-14T22:00Z'), // 18:00 in New York
    });
    const guam = windowsFor({ zone: 'Pacific/Guam', smsWindow: 'strict+America/New_York' });
    expect(nextOpening(new Date('2027-07-14T21:00Z'), guam.sms)).toBeNull();
    expect(nextOpening(new Date('2027-07-14T21:00Z'), guam.question)).toEqual(new Date('2027-07-14T22:00Z'));
  });

  it('are not widened on Sundays or where the state is unknown', () => {
    const smsHours = { open: '07:00', close: '22:00' };
    const texas = windowsFor({ zone: 'America/Chicago', smsWindow: 'TX', smsHours });
    expect(isOpen(new Date('2027-07-18T14:00-05:00'), texas.sms)).toBe(false);
    expect(openingAt(new Date('2027-07-14T12:00-05:00'), texas.sms)).toEqual({
      opensAt: new Date('2027-07-14T09:00-05:00'),
      closesAt: new Date('2027-07-14T21:00-05:00'),
    });
    const unknown = windowsFor({ zone: 'America/Chicago', smsWindow: '*', smsHours });
    expect(isOpen(new Date('2027-07-14T09:30-05:00'), unknown.sms)).toBe(false);
  });

  it('refuse what they do not know', () => {
    expect(() => windowsFor({ zone: 'Mars/Base', smsWindow: '*' })).toThrow('"Mars/Base" is not a time zone');
    expect(() => windowsFor({ zone: 'UTC', smsWindow: 'texas' })).toThrow('"texas" is no window');
  });
});

describe('a deadline', () => {
  it('ends its date on the wall', () => {
    expect(deadlineOf('2026-06-16').toISOString()).toBe('2026-06-17T03:59:59.000Z');
    expect(deadlineOf('2026-12-16').toISOString()).toBe('2026-12-17T04:59:59.000Z');
    expect(deadlineOf('2027-03-14', 'Pacific/Guam').toISOString()).toBe('2027-03-14T13:59:59.000Z');
    expect(() => deadlineOf('2027-02-30')).toThrow('is not a date');
  });

  it('is said as people say it', () => {
    const deadline = deadlineOf('2027-03-15');
    expect(sayMoment(deadline, 'America/New_York', 'en')).toBe('Monday, March 15, 11:59 pm Eastern');
    expect(sayMoment(deadline, 'Pacific/Guam', 'en')).toBe('Tuesday, March 16, 1:59 pm Chamorro (Guam)');
    expect(sayMoment(deadline, 'America/Phoenix', 'es')).toBe(
      'lunes 15 de marzo, 8:59 p.\u00a0m., hora de Arizona',
    );
    expect(sayMoment(new Date('2027-03-15T16:00Z'), 'America/New_York', 'en')).toBe(
      'Monday, March 15, noon Eastern',
    );
    expect(sayMoment(new Date('2027-03-15T14:00Z'), 'America/Chicago', 'en')).toBe(
      'Monday, March 15, 9 am Central',
    );
    expect(sayZone('Europe/Berlin', 'en')).toBe('Berlin time');
    expect(sameWall(deadline, 'America/New_York', 'America/Detroit')).toBe(true);
    expect(sameWall(deadline, 'America/New_York', 'America/Chicago')).toBe(false);
  });
});

it('knows zones by name', () => {
  for (const name of ['America/New_York', 'America/Indiana/Knox', 'UTC', 'Pacific/Guam'])
    expect(isZone(name)).toBe(true);
  for (const name of ['', 'Eastern', '+05:00', 'America/Nowhere', 'america/new_york'])
    expect(isZone(name)).toBe(false);
});
