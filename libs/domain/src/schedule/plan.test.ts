import { deadlineOf } from './deadline.js';
import type { Rung } from './ladder.js';
import { planLadder } from './plan.js';
import type { Touch } from './plan.js';
import { windowsFor } from './windows.js';
import type { SmsHours } from './windows.js';

const longAgo = new Date('2026-01-01T12:00Z');

function plan(
  zone: string,
  deadline: Date,
  rungs: Rung[],
  {
    signedUpAt = longAgo,
    state = '*',
    smsHours,
  }: { signedUpAt?: Date; state?: string; smsHours?: SmsHours } = {},
) {
  const windows = windowsFor({ zone, smsWindow: state, smsHours });
  return planLadder({ deadline, zone, windows, rungs, signedUpAt: { email: signedUpAt, sms: signedUpAt } });
}

const name = ({ rung }: Touch) => (rung === 'last_call' ? rung : rung.id);
const said = (touches: Touch[]) =>
  touches.map(
    (touch) =>
      `${name(touch)} ${touch.channel} ${touch.at ? touch.at.toISOString().slice(0, 16) : touch.skipped}`,
  );

const email = (id: string, daysBefore: number, at: string): Rung => ({
  id,
  channels: ['email'],
  daysBefore,
  at,
});
const text = (id: string, daysBefore: number, at: string): Rung => ({
  id,
  channels: ['sms'],
  daysBefore,
  at,
});

describe('a rung', () => {
  it('says 10:00 on the wall on both sides of the spring change', () => {
    // 2027-03-15 is a Monday; clocks go forward on Sunday the 14th.
    const touches = plan('America/New_York', new Date('2027-03-15T17:00-04:00'), [
      email('2', 2, '10:00'),
      email('0', 0, '10:00'),
    ]);
    expect(said(touches)).toEqual(['2 email 2027-03-13T15:00', '0 email 2027-03-15T14:00']);
  });

  it('says 10:00 on the wall on both sides of the autumn change', () => {
    // 2027-11-08 is a Monday; clocks go back on Sunday the 7th.
    const touches = plan('America/Chicago', deadlineOf('2027-11-08'), [
      email('2', 2, '10:00'),
      email('0', 0, '10:00'),
    ]);
    expect(said(touches)).toEqual(['2 email 2027-11-06T15:00', '0 email 2027-11-08T16:00']);
  });

  it.each([
    // One day before Wednesday 14 July 2027, 23:59:59 Eastern, at 10:00 where they are.
    ['America/New_York', '2027-07-13T14:00'],
    ['America/Phoenix', '2027-07-13T17:00'],
    ['America/Indiana/Knox', '2027-07-13T15:00'],
    ['Pacific/Honolulu', '2027-07-13T20:00'],
    ['America/Puerto_Rico', '2027-07-13T14:00'],
    ['America/Adak', '2027-07-13T19:00'],
    ['Pacific/Guam', '2027-07-14T00:00'], // the deadline is on the 15th there: one day before is the 14th
  ])('is counted in the days of %s', (zone, at) => {
    expect(said(plan(zone, deadlineOf('2027-07-14'), [email('1', 1, '10:00')]))).toEqual([`1 email ${at}`]);
  });

  it('comes earlier where the deadline falls before its hour', () => {
    // 23:59:59 Eastern on the 14th is 13:59:59 on the 15th in Guam: 18:00 that day is too late, an hour before is not.
    const [touch] = plan('Pacific/Guam', deadlineOf('2027-07-14'), [email('last', 0, '18:00')]);
    expect(touch?.at).toEqual(new Date('2027-07-15T12:59:59+10:00'));
    expect(touch).toMatchObject({ expiresAt: new Date('2027-07-15T13:29:59+10:00') });
  });

  it('keeps hours before the deadline the same instant for everybody', () => {
    const rung: Rung = { id: 'h', channels: ['email'], hoursBefore: 6 };
    for (const zone of ['America/New_York', 'Pacific/Honolulu']) {
      expect(said(plan(zone, deadlineOf('2027-07-14'), [rung]))).toEqual(['h email 2027-07-14T21:59']);
    }
  });
});

describe('fitting', () => {
  it('moves a text from a Sunday to Monday morning', () => {
    // Sunday 4 July 2027 is a holiday observed on Monday the 5th: Tuesday it is.
    expect(said(plan('America/New_York', deadlineOf('2027-07-09'), [text('s', 5, '12:00')]))).toEqual([
      's sms 2027-07-06T14:00',
    ]);
    expect(said(plan('America/New_York', deadlineOf('2027-07-23'), [text('s', 5, '12:00')]))).toEqual([
      's sms 2027-07-19T14:00',
    ]);
  });

  it('moves a text back when the next opening is past the deadline', () => {
    // Deadline Sunday 18 July: a text for Sunday noon goes on Saturday, an hour before 17:00.
    const [touch] = plan('America/New_York', deadlineOf('2027-07-18'), [text('s', 0, '12:00')]);
    expect(touch?.at).toEqual(new Date('2027-07-17T16:00-04:00'));
    expect(touch).toMatchObject({ expiresAt: new Date('2027-07-17T17:00-04:00') });
  });

  it('needs 30 minutes of the window', () => {
    const at = (time: string) =>
      said(plan('America/New_York', deadlineOf('2027-07-14'), [email('e', 3, time)]));
    expect(at('20:30')).toEqual(['e email 2027-07-12T00:30']);
    expect(at('20:31')).toEqual(['e email 2027-07-12T11:00']);
  });

  it('skips what no window is left for', () => {
    // Deadline at 07:30 on the first day after a rung that has no earlier window than the search: never happens by mail; by text it does
    // where the zones of person and phone never meet.
    expect(
      said(
        plan('Pacific/Guam', deadlineOf('2027-07-14'), [text('s', 1, '12:00')], {
          state: 'strict+America/New_York',
        }),
      ),
    ).toEqual(['s sms no_window', 'last_call sms too_late']);
  });

  it('never passes the row of the state', () => {
    const wide = { open: '08:00', close: '21:00' };
    const at = (state: string, time: string) =>
      said(
        plan('America/New_York', deadlineOf('2027-07-16'), [text('s', 2, time)], { state, smsHours: wide }),
      )[0];
    expect(at('NY', '08:00')).toBe('s sms 2027-07-14T12:00');
    expect(at('CT', '08:00')).toBe('s sms 2027-07-14T13:00');
    expect(at('KY', '08:00')).toBe('s sms 2027-07-14T14:00');
    expect(at('*', '08:00')).toBe('s sms 2027-07-14T14:00'); // state unknown: the default hours
    expect(at('FL', '19:31')).toBe('s sms 2027-07-15T12:00');
    expect(at('RI', '19:31')).toBe('s sms 2027-07-15T13:00');
  });
});

describe('late signups', () => {
  const rungs = [email('7', 7, '10:00'), email('1', 1, '10:00')];
  const deadline = deadlineOf('2027-07-14');

  it('leave out what lies less than two hours after them', () => {
    const at = (signedUpAt: string) =>
      said(plan('America/New_York', deadline, rungs, { signedUpAt: new Date(signedUpAt) }));
    expect(at('2027-07-13T08:00-04:00')).toEqual(['7 email before_signup', '1 email 2027-07-13T14:00']);
    expect(at('2027-07-13T08:00:01-04:00')).toEqual([
      '7 email before_signup',
      '1 email before_signup',
      'last_call email 2027-07-15T00:00', // 20:59:59 has too little left: back to 20:00
    ]);
  });

  it('get their last call an hour after them', () => {
    const noon = new Date('2027-07-14T17:00-04:00');
    const signedUpAt = new Date('2027-07-14T14:30-04:00');
    expect(said(plan('America/New_York', noon, rungs, { signedUpAt })).at(-1)).toBe(
      'last_call email 2027-07-14T19:30',
    );
  });

  it('are told nothing when it is too late', () => {
    const signedUpAt = new Date('2027-07-14T22:00-04:00');
    expect(said(plan('America/New_York', deadline, rungs, { signedUpAt })).at(-1)).toMatch(/too_late$/);
  });

  it('bring a last call on a Sunday forward to Saturday for texts', () => {
    const signedUpAt = new Date('2027-07-17T11:00-04:00'); // Saturday; the deadline is Sunday night
    const touches = plan('America/New_York', deadlineOf('2027-07-18'), [text('1', 2, '12:00')], {
      signedUpAt,
    });
    expect(said(touches)).toEqual(['1 sms before_signup', 'last_call sms 2027-07-17T20:00']);
  });
});

describe('spacing', () => {
  it('lets the later of two close reminders stand', () => {
    const rungs = [
      email('a', 1, '10:00'),
      email('b', 1, '15:59'),
      email('c', 1, '16:00'),
      email('d', 0, '10:00'),
    ];
    expect(said(plan('America/New_York', deadlineOf('2027-07-14'), rungs))).toEqual([
      'a email 2027-07-13T14:00',
      'b email superseded',
      'c email 2027-07-13T20:00',
      'd email 2027-07-14T14:00',
    ]);
  });

  it('keeps texts 20 hours apart and lets the later planned of equals stay', () => {
    // Saturday evening and Sunday both move to Monday 10:00.
    const rungs = [text('sat', 5, '18:00'), text('sun', 4, '12:00'), text('mon', 3, '16:00')];
    expect(said(plan('America/New_York', deadlineOf('2027-07-22'), rungs.slice(0, 2)))).toEqual([
      'sat sms superseded',
      'sun sms 2027-07-19T14:00',
    ]);
  });

  it('leaves alerts and follow-ups alone', () => {
    const rungs: Rung[] = [
      email('r', 1, '10:00'),
      { id: 'news', channels: ['email'], sendAt: new Date('2027-07-13T14:30Z') },
      { id: 'after', channels: ['email'], daysAfter: 1, at: '10:00' },
    ];
    expect(said(plan('America/New_York', deadlineOf('2027-07-14'), rungs))).toEqual([
      'r email 2027-07-13T14:00',
      'news email 2027-07-13T14:30',
      'after email 2027-07-15T14:00',
    ]);
  });
});

it('follows up for seven days, by email only', () => {
  const rungs: Rung[] = [{ id: 'after', channels: ['email', 'sms'], daysAfter: 1, at: '22:00' }];
  expect(plan('America/New_York', deadlineOf('2027-07-14'), rungs)).toEqual([
    {
      rung: rungs[0],
      channel: 'email',
      plannedAt: new Date('2027-07-15T22:00-04:00'),
      at: new Date('2027-07-16T07:00-04:00'),
      expiresAt: new Date('2027-07-23T07:00-04:00'),
    },
  ]);
});

it('never moves an alert back, and lets one after the deadline be', () => {
  const alert = (sendAt: string): Rung => ({ id: 'news', channels: ['email'], sendAt: new Date(sendAt) });
  const at = (sendAt: string) => said(plan('America/New_York', deadlineOf('2027-07-14'), [alert(sendAt)]));
  expect(at('2027-07-14T22:00-04:00')).toEqual(['news email no_window']);
  expect(at('2027-07-20T22:00-04:00')).toEqual(['news email 2027-07-21T11:00']);
});
