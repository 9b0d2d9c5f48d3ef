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
  expect(fitPace({ ...wave, people: 16_200 })).toEqual({ fits: false, shortfallSeconds: 3600 });
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
