import type { Channel } from './ladder.js';
import { planSnooze, snoozesFor } from './snooze.js';
import type { Later } from './snooze.js';
import { windowsFor } from './windows.js';

const newYork = windowsFor({ zone: 'America/New_York', smsWindow: 'NY' });

/** Monday 12 July 2027 is "2027-07-12"; the wall of New York. */
const wall = (text: string) => new Date(`${text.replace(' ', 'T')}-04:00`);
const said = (at: Date) =>
  new Date(at.getTime() - 4 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

function snooze(later: Later, now: string, deadline: string | null, channel: Channel = 'email') {
  const planned = planSnooze({
    later,
    now: wall(now),
    deadline: deadline === null ? null : wall(deadline),
    windows: newYork,
    channel,
  });
  return planned && said(planned.at);
}

it.each<[Later, string, string | null, Channel, string | null]>([
  // what, said at, deadline, channel, reminded at
  ['tonight', '2027-07-12 12:00', '2027-07-30 23:59', 'email', '2027-07-12 19:00'],
  ['tonight', '2027-07-12 18:30', '2027-07-30 23:59', 'email', '2027-07-12 19:00'],
  ['tonight', '2027-07-12 18:31', '2027-07-30 23:59', 'email', null],
  ['tonight', '2027-07-12 22:00', '2027-07-30 23:59', 'email', null],
  ['tonight', '2027-07-12 12:00', '2027-07-30 23:59', 'sms', '2027-07-13 10:00'], // texts rest at 19:00
  ['tonight', '2027-07-12 12:00', '2027-07-12 19:30', 'email', '2027-07-12 18:30'], // an hour before the deadline
  ['tonight', '2027-07-12 18:15', '2027-07-12 19:30', 'email', null], // … which is too soon
  ['tonight', '2027-07-12 12:00', '2027-07-12 23:59', 'sms', '2027-07-12 17:00'],
  ['tomorrow', '2027-07-12 12:00', '2027-07-30 23:59', 'email', '2027-07-13 10:00'],
  ['tomorrow', '2027-07-12 00:10', '2027-07-30 23:59', 'email', '2027-07-13 10:00'],
  ['tomorrow', '2027-07-12 12:00', '2027-07-13 09:00', 'email', '2027-07-13 08:00'],
  ['tomorrow', '2027-07-12 12:00', '2027-07-12 23:59', 'email', '2027-07-12 20:00'],
  ['tomorrow', '2027-07-12 20:00', '2027-07-12 21:00', 'email', null],
  ['tomorrow', '2027-07-17 12:00', '2027-07-30 23:59', 'sms', '2027-07-19 10:00'], // Sunday: Monday
  ['sunday', '2027-07-12 12:00', '2027-07-30 23:59', 'email', '2027-07-18 16:00'],
  ['sunday', '2027-07-18 09:00', '2027-07-30 23:59', 'email', '2027-07-25 16:00'],
  ['sunday', '2027-07-12 12:00', '2027-07-30 23:59', 'sms', '2027-07-19 10:00'],
  ['sunday', '2027-07-12 12:00', '2027-07-18 23:59', 'sms', '2027-07-17 16:00'], // Saturday, an hour before 17:00
  ['sunday', '2027-07-12 12:00', '2027-07-14 17:00', 'email', '2027-07-14 16:00'],
  ['sunday', '2027-07-12 12:00', null, 'email', '2027-07-18 16:00'],
  ['tomorrow', '2027-07-12 12:00', '2027-07-12 12:30', 'email', null],
])('%s, said on %s with the deadline at %s, by %s: %s', (later, now, deadline, channel, at) =>
  expect(snooze(later, now, deadline, channel)).toBe(at),
);

it('ends with its window or half an hour before the deadline, as a rung does', () => {
  const now = wall('2027-07-12 12:00');
  const planned = (deadline: string, channel: Channel) =>
    planSnooze({ later: 'tomorrow', now, deadline: wall(deadline), windows: newYork, channel })?.expiresAt;
  expect(planned('2027-07-30 23:59', 'sms')).toEqual(wall('2027-07-13 18:00'));
  expect(planned('2027-07-13 12:00', 'sms')).toEqual(wall('2027-07-13 11:30'));
});

it('asks the wall where the person is, on both sides of a clock change', () => {
  const chicago = windowsFor({ zone: 'America/Chicago', smsWindow: 'IL' });
  const at = (later: Later, now: string) =>
    planSnooze({ later, now: new Date(now), deadline: null, windows: chicago, channel: 'email' })?.at;
  // Saturday 13 March 2027; clocks go forward in the night.
  expect(at('tonight', '2027-03-13T12:00-06:00')).toEqual(new Date('2027-03-13T19:00-06:00'));
  expect(at('tomorrow', '2027-03-13T12:00-06:00')).toEqual(new Date('2027-03-14T10:00-05:00'));
  expect(at('sunday', '2027-03-13T12:00-06:00')).toEqual(new Date('2027-03-14T16:00-05:00'));
  expect(at('tomorrow', '2027-11-06T12:00-05:00')).toEqual(new Date('2027-11-07T10:00-06:00'));
});

it('offers what is possible, each moment once', () => {
  const offers = (now: string, deadline: string | null, channel: Channel = 'email') =>
    snoozesFor({ now: wall(now), deadline: deadline ? wall(deadline) : null, windows: newYork, channel }).map(
      ({ later, at }) => `${later} ${said(at)}`,
    );
  expect(offers('2027-07-12 12:00', null)).toEqual([
    'tonight 2027-07-12 19:00',
    'tomorrow 2027-07-13 10:00',
    'sunday 2027-07-18 16:00',
  ]);
  // A text of tonight would go tomorrow at 10:00, which is what "tomorrow" says.
  expect(offers('2027-07-12 12:00', '2027-07-14 23:59', 'sms')).toEqual(['tomorrow 2027-07-13 10:00']);
  // On a Saturday both days of a text become Monday; Sunday's is the nearer.
  expect(offers('2027-07-17 12:00', null, 'sms')).toEqual(['sunday 2027-07-19 10:00']);
  // What lies after the deadline's day isn't offered.
  expect(offers('2027-07-12 12:00', '2027-07-12 23:59')).toEqual(['tonight 2027-07-12 19:00']);
  expect(offers('2027-07-12 19:00', '2027-07-13 09:00')).toEqual(['tomorrow 2027-07-13 08:00']);
  expect(offers('2027-07-12 23:00', '2027-07-12 23:59')).toEqual([]);
});
