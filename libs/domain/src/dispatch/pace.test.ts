import { windowsFor } from '../schedule/windows.js';
import { fitPace, mayHandOver, validityOf } from './pace.js';

const { sms: windows } = windowsFor({ zone: 'America/New_York', smsWindow: 'NY' });
const at = new Date('2027-07-14T16:00-04:00');
const expiresAt = new Date('2027-07-14T18:00-04:00');

it('starts a wave earlier by what it would be late, inside its window', () => {
  const wave = { at, expiresAt, windows, segments: 2, perSecond: 1 };
  expect(fitPace({ ...wave, people: 1800 })).toEqual({
    fits: true,
    startsAt: at,
    endsAt: new Date('2027-07-14T17:00-04:00'),
  });
  expect(fitPace({ ...wave, people: 5400 })).toEqual({
    fits: true,
    startsAt: new Date('2027-07-14T15:00-04:00'),
    endsAt: expiresAt,
  });
  // The window opens at 10:00: eight hours are 14,400 people with two segments each, and no more.
  expect(fitPace({ ...wave, people: 14_400 })).toEqual({
    fits: true,
    startsAt: new Date('2027-07-14T10:00-04:00'),
    endsAt: expiresAt,
  });
  expect(fitPace({ ...wave, people: 16_200 })).toEqual({
    fits: false,
    takesSeconds: 32_400,
    roomSeconds: 28_800,
  });
});

it('starts no wave before the launch, and any at its own moment', () => {
  const wave = { at, expiresAt, windows, segments: 1, perSecond: 1 };
  const notBefore = new Date('2027-07-14T15:00-04:00');
  expect(fitPace({ ...wave, people: 10_800, notBefore })).toMatchObject({ fits: true, startsAt: notBefore });
  expect(fitPace({ ...wave, people: 10_801, notBefore })).toMatchObject({ fits: false, roomSeconds: 10_800 });
  expect(fitPace({ ...wave, people: 0 })).toEqual({ fits: true, startsAt: at, endsAt: at });
  expect(() => fitPace({ ...wave, people: 1, perSecond: 0 })).toThrow('A pace of 0 a second sends nothing');
});

it('counts only the open hours of a follow-up that may take days', () => {
  const { email } = windowsFor({ zone: 'America/New_York', smsWindow: 'NY' });
  const followUp = {
    at: new Date('2027-07-15T20:00-04:00'),
    expiresAt: new Date('2027-07-22T20:00-04:00'),
    windows: email,
    segments: 1,
    perSecond: 1,
  };
  // An hour this evening, fourteen a day from 7:00, thirteen on the last day.
  expect(fitPace({ ...followUp, people: 5 * 3600 })).toMatchObject({
    startsAt: followUp.at,
    endsAt: new Date('2027-07-16T11:00-04:00'),
  });
  expect(fitPace({ ...followUp, people: (1 + 6 * 14 + 13) * 3600 })).toMatchObject({
    startsAt: followUp.at,
    endsAt: followUp.expiresAt,
  });
  expect(fitPace({ ...followUp, people: 8 * 24 * 3600 })).toMatchObject({ fits: false });
});

it('lets no text live past its expiry', () => {
  expect(validityOf({ now: at, expiresAt })).toBe(7200);
  expect(validityOf({ now: expiresAt, expiresAt })).toBeNull();
  expect(validityOf({ now: new Date('2027-07-10T16:00Z'), expiresAt })).toBe(36_000);
});

it('hands over between the moment and the expiry only, in the window', () => {
  const may = (now: string) => mayHandOver({ now: new Date(now), at, expiresAt, windows });
  expect(may('2027-07-14T15:59:59-04:00')).toBe(false);
  expect(may('2027-07-14T16:00-04:00')).toBe(true);
  expect(may('2027-07-14T18:00-04:00')).toBe(false);
});
