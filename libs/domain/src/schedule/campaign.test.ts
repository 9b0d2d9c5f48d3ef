import { checkLadder, checkSmsHours } from './check.js';
import { deadlineOf } from './deadline.js';
import type { Rung } from './ladder.js';
import { transition } from './life.js';
import { planMoved, startsRound } from './move.js';
import { planNudges, planQuestion } from './nudge.js';
import { windowsFor } from './windows.js';

const zone = 'America/New_York';
const windows = windowsFor({ zone, smsWindow: 'NY' });
const email = (id: string, daysBefore: number, at = '10:00'): Rung => ({
  id,
  channels: ['email'],
  daysBefore,
  at,
});

describe('checking a ladder', () => {
  const paths = (rungs: Rung[], campaign?: { deadline: Date; zone: string }) =>
    checkLadder(rungs, campaign).map(({ path }) => path);

  it('finds nothing wrong with a good one', () => {
    const rungs = [
      email('7', 7),
      email('1', 1),
      { id: 'after', channels: ['email' as const], daysAfter: 1, at: '10:00' },
    ];
    expect(checkLadder(rungs, { deadline: deadlineOf('2027-03-15'), zone })).toEqual([]);
  });

  it('names every bad part at once', () => {
    expect(paths([])).toEqual(['rungs']);
    expect(
      paths([email('a', -1), email('a', 2, '24:00'), { id: 'c', channels: [], hoursBefore: 3 }]),
    ).toEqual(['rungs.0.daysBefore', 'rungs.1.at', 'rungs.1.id', 'rungs.2.channels']);
    expect(paths([email('a', 367)])).toEqual(['rungs.0.daysBefore']);
    expect(paths([email('last_call', 1)])).toEqual(['rungs.0.id']);
    expect(paths([{ id: 'f', channels: ['sms'], daysAfter: 1, at: '10:00' }])).toEqual(['rungs.0.channels']);
    expect(paths([email('a', 1), email('b', 1)])).toEqual(['rungs.1']);
    expect(paths([{ ...email('a', 1), audience: 'updates' }])).toEqual(['rungs.0.audience']);
  });

  it('knows the wrong side of a deadline, and a deadline that is none', () => {
    const deadline = new Date('2027-03-15T17:00-04:00');
    expect(paths([email('late', 0, '17:00')], { deadline, zone })).toEqual(['rungs.0.at']);
    expect(
      paths([{ id: 'early', channels: ['email'], daysAfter: 0, at: '16:00' }], { deadline, zone }),
    ).toEqual(['rungs.0.at']);
    expect(
      paths([email('same', 1, '17:00'), { id: 'h', channels: ['email'], hoursBefore: 24 }], {
        deadline,
        zone,
      }),
    ).toEqual(['rungs.1']);
    expect(paths([email('a', 1)], { deadline: new Date(NaN), zone })).toEqual(['deadline']);
    expect(paths([email('a', 1)], { deadline: new Date('2127-03-15T17:00Z'), zone })).toEqual(['deadline']);
  });
});

it('takes wider hours for texts, and no others', () => {
  const paths = (open: string, close: string) => checkSmsHours({ open, close }).map(({ path }) => path);
  expect(paths('08:00', '21:00')).toEqual([]);
  expect(paths('10:00', '18:00')).toEqual([]);
  expect(paths('07:59', '21:01')).toEqual(['smsHours.open', 'smsHours.close']);
  expect(paths('20:00', '09:00')).toEqual(['smsHours.open', 'smsHours.close']);
  expect(paths('8:00', '24:00')).toEqual(['smsHours.open', 'smsHours.close']);
});

describe('nudges', () => {
  const at = (signedUpAt: string, deadline: string | null) =>
    planNudges({
      signedUpAt: new Date(signedUpAt),
      deadline: deadline ? new Date(deadline) : null,
      windows,
    }).map((nudge) => `${nudge.nudge} ${nudge.at ? nudge.at.toISOString().slice(0, 16) : nudge.skipped}`);

  it('come after 24 and 72 hours, in the email window', () => {
    expect(at('2027-07-12T12:00-04:00', null)).toEqual(['1 2027-07-13T16:00', '2 2027-07-15T16:00']);
    expect(at('2027-07-12T22:00-04:00', null)).toEqual(['1 2027-07-14T11:00', '2 2027-07-16T11:00']);
  });

  it('end a day before a near deadline, and never pass it', () => {
    expect(at('2027-07-12T12:00-04:00', '2027-07-14T20:00-04:00')).toEqual([
      '1 2027-07-13T16:00',
      '2 2027-07-14T00:00',
    ]);
    expect(at('2027-07-12T12:00-04:00', '2027-07-12T23:59-04:00')).toEqual([
      '2 before_signup',
      '1 no_window',
    ]);
  });
});

it('asks for a YES between 8 and 9 pm at once, else at the next opening', () => {
  const at = (askedAt: string) => planQuestion({ askedAt: new Date(askedAt), windows })?.at;
  expect(at('2027-07-18T20:00-04:00')).toEqual(new Date('2027-07-18T20:00-04:00')); // a Sunday: they just asked for it
  expect(at('2027-07-18T21:00-04:00')).toEqual(new Date('2027-07-19T08:00-04:00'));
  expect(at('2027-07-18T07:59-04:00')).toEqual(new Date('2027-07-18T08:00-04:00'));
});

describe('a moved deadline', () => {
  const rungs = [email('7', 7), email('3', 3), email('1', 1)];
  const move = (to: string, now: string) =>
    planMoved({
      deadline: deadlineOf(to),
      ahead: new Set(['7', '3', '1']),
      now: new Date(now),
      zone,
      windows,
      rungs,
      channel: 'email',
    }).map(
      ({ rung, at, ...touch }) =>
        `${rung === 'last_call' ? rung : rung.id} ${at ? at.toISOString().slice(0, 16) : 'skipped' in touch && touch.skipped}`,
    );

  it('sends the latest of what it puts in the past at the next opening', () => {
    expect(move('2027-07-15', '2027-07-12T22:00-04:00')).toEqual([
      '7 moved_past',
      '3 2027-07-13T11:00',
      '1 2027-07-14T14:00',
    ]);
  });

  it('starts a round when it moves 48 hours later', () => {
    expect(startsRound(deadlineOf('2027-07-14'), deadlineOf('2027-07-16'))).toBe(true);
    expect(startsRound(deadlineOf('2027-07-14'), deadlineOf('2027-07-15'))).toBe(false);
    expect(startsRound(deadlineOf('2027-07-16'), deadlineOf('2027-07-14'))).toBe(false);
  });
});

describe("a campaign's life", () => {
  const now = new Date('2027-07-14T12:00Z');
  const ahead = { now, deadline: new Date('2027-07-15T12:00Z') };
  const past = { now, deadline: now };
  const unknown = { now, deadline: null };

  it('runs from draft to closed', () => {
    expect(transition('draft', 'launch', unknown)).toEqual({ status: 'awaiting' });
    expect(transition('awaiting', 'move', ahead)).toEqual({ status: 'running' });
    expect(transition('draft', 'launch', ahead)).toEqual({ status: 'running' });
    expect(transition('running', 'pause', ahead)).toEqual({ status: 'paused' });
    expect(transition('paused', 'resume', ahead)).toEqual({ status: 'running' });
    expect(transition('running', 'end', past)).toEqual({ status: 'ended' });
    expect(transition('paused', 'end', past)).toEqual({ status: 'ended' });
    expect(transition('ended', 'move', ahead)).toEqual({ status: 'running' });
    expect(transition('ended', 'finish', past)).toEqual({ status: 'closed' });
  });

  it('says the next step when it cannot', () => {
    const code = (answer: ReturnType<typeof transition>) =>
      'problem' in answer ? answer.problem.code : answer.status;
    expect(code(transition('running', 'launch', ahead))).toBe('already_launched');
    expect(code(transition('draft', 'launch', past))).toBe('deadline_past');
    expect(code(transition('running', 'end', ahead))).toBe('deadline_ahead');
    expect(code(transition('paused', 'resume', past))).toBe('deadline_past');
    expect(code(transition('ended', 'pause', past))).toBe('not_running');
    expect(code(transition('draft', 'close', unknown))).toBe('not_launched');
    expect(code(transition('closed', 'launch', ahead))).toBe('over');
    expect(code(transition('running', 'move', unknown))).toBe('deadline_missing');
  });
});
