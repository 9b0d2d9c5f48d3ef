import { retryDelay, retryIn } from './retry.js';

const now = new Date('2027-03-01T12:00:00Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

it('doubles from 5 seconds to 15 minutes, half of it by chance', () => {
  expect([1, 2, 3, 9, 40].map((tries) => retryDelay(tries, 0))).toEqual([2.5, 5, 10, 450, 450]);
  expect(retryDelay(1, 0.999)).toBeCloseTo(5, 1);
});

it.each([
  ['as long as the answer asks', { retryAfterSeconds: 60 }, 1, 3_600, 60],
  ['longer when it failed often', { retryAfterSeconds: 60 }, 8, 3_600, 320],
  ['less when the reminder would expire meanwhile', { retryAfterSeconds: 60 }, 1, 40, 20],
  ['a second when it is about to', {}, 5, 0.5, 1],
])('waits %s', (_, answer, tries, left, seconds) => {
  expect(retryIn(answer, { tries, now, expiresAt: inSeconds(left) }, 0)).toBe(seconds);
});
