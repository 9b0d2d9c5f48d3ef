import { fitLadder } from './fit-ladder.js';
import type { Crowd } from './fit-ladder.js';
import type { Rung } from '../schedule/ladder.js';
import { planWaves } from '../schedule/plan.js';
import { windowsFor } from '../schedule/windows.js';

const deadline = new Date('2027-07-16T23:59-04:00');
const now = new Date('2027-07-01T12:00-04:00');
const text = (id: string, at: string): Rung => ({ id, channels: ['sms'], daysBefore: 2, at });
const mail = (id: string): Rung => ({ id, channels: ['email'], daysBefore: 2, at: '16:00' });

function crowd(rung: Rung, people: number, { zone = 'America/New_York', smsWindow = 'NY' } = {}): Crowd {
  const windows = windowsFor({ zone, smsWindow });
  const [channel] = rung.channels as ['sms'];
  return {
    zone,
    smsWindow,
    windows,
    touches: planWaves({ deadline, zone, windows, rungs: [rung], channel }),
    people: { open: { email: people, sms: people }, updates: { email: 0, sms: 0 } },
  };
}
const fit = (...crowds: Crowd[]) =>
  fitLadder(crowds, { segmentsOf: () => 2, pace: { email: 10, sms: 1 }, now });

it('says for how many a rung is, how long it takes and when it ends', () => {
  expect(fit(crowd(text('soon', '16:00'), 1_800))).toEqual([
    {
      rung: text('soon', '16:00'),
      channel: 'sms',
      people: 1_800,
      segments: 2,
      seconds: 3_600,
      fits: true,
      at: new Date('2027-07-14T16:00-04:00'),
      startsAt: new Date('2027-07-14T16:00-04:00'),
      endsAt: new Date('2027-07-14T17:00-04:00'),
      expiresAt: new Date('2027-07-14T18:00-04:00'),
      takesSeconds: 3_600,
      roomSeconds: null,
    },
  ]);
});

it('adds up those who share a moment: two states that each would fit do not fit together', () => {
  const rung = text('soon', '16:00');
  const [ny, nj] = [crowd(rung, 9_000), crowd(rung, 9_000, { smsWindow: 'NJ' })];
  expect(fit(ny)).toMatchObject([{ fits: true, startsAt: new Date('2027-07-14T13:00-04:00') }]);
  expect(fit(ny, nj)).toMatchObject([
    { fits: false, people: 18_000, seconds: 36_000, takesSeconds: 18_000, roomSeconds: 10_800, endsAt: null },
  ]);
});

it('lets a later zone wait for what is still going out in an earlier one', () => {
  const rung = text('soon', '10:00');
  const central = crowd(rung, 1_800, { zone: 'America/Chicago', smsWindow: 'IL' });
  expect(fit(central)).toMatchObject([{ endsAt: new Date('2027-07-14T11:00-05:00') }]);
  // Two hours in New York, of which one is left when Chicago opens.
  expect(fit(crowd(rung, 3_600), central)).toMatchObject([
    { people: 5_400, fits: true, endsAt: new Date('2027-07-14T12:00-05:00') },
  ]);
  expect(fit(crowd(rung, 14_400), central)).toMatchObject([{ fits: true, people: 16_200 }]);
  expect(
    fit(crowd(rung, 14_400), crowd(rung, 3_600, { zone: 'America/Chicago', smsWindow: 'IL' })),
  ).toMatchObject([{ fits: false, people: 18_000 }]);
});

it('counts a mail’s people once, whatever the SMS windows in their zone, and each as one', () => {
  const crowds = ['NY', 'NJ', '*'].map((smsWindow) => crowd(mail('soon'), 100, { smsWindow }));
  expect(fit(...crowds)).toMatchObject([{ channel: 'email', people: 300, segments: 1, seconds: 30 }]);
});

it('leaves out what is for nobody, and what is over', () => {
  expect(fit(crowd(mail('soon'), 0))).toEqual([]);
  const over = { ...crowd(mail('soon'), 10) };
  expect(
    fitLadder([over], {
      segmentsOf: () => 1,
      pace: { email: 1, sms: 1 },
      now: new Date('2027-07-15T12:00Z'),
    }),
  ).toEqual([]);
});
