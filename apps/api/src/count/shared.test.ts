import { jest } from '@jest/globals';
import { Shared } from './shared.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Answers with how often it was asked, after so long. */
function slowly(ms: number) {
  let asked = 0;
  const shared = new Shared(async () => {
    const n = ++asked;
    await new Promise((answer) => setTimeout(answer, ms));
    return n;
  });
  return { shared, asked: () => asked };
}

it('asks once for everybody who wants to know within a few seconds, and again after them', async () => {
  let asked = 0;
  const shared = new Shared(() => Promise.resolve(++asked));
  expect(await Promise.all([shared.of('one'), shared.of('one'), shared.of('two')])).toEqual([1, 1, 2]);
  await jest.advanceTimersByTimeAsync(1_900);
  expect(await shared.of('one')).toBe(1);
  await jest.advanceTimersByTimeAsync(200);
  expect(await shared.of('one')).toBe(3);
});

it('asks again at once when the answer was an error', async () => {
  let asked = 0;
  const shared = new Shared(() =>
    ++asked === 1 ? Promise.reject(new Error('away')) : Promise.resolve(asked),
  );
  await expect(shared.of('one')).rejects.toThrow('away');
  expect(await shared.of('one')).toBe(2);
});

it('does not ask a second time while an answer takes long', async () => {
  const { shared, asked } = slowly(5_000);
  const first = shared.of('one');
  await jest.advanceTimersByTimeAsync(4_000);
  const second = shared.of('one');
  await jest.advanceTimersByTimeAsync(1_000);
  expect([await first, await second, asked()]).toEqual([1, 1, 1]);
});

it('renews what takes long while somebody looks, so that only the first one waits', async () => {
  const { shared, asked } = slowly(500);
  const first = shared.of('one');
  await jest.advanceTimersByTimeAsync(500);
  expect(await first).toBe(1);
  // Renewed half a second after it came, and meanwhile the old answer serves.
  await jest.advanceTimersByTimeAsync(600);
  expect([await shared.of('one'), asked()]).toEqual([1, 2]);
  await jest.advanceTimersByTimeAsync(500);
  expect([await shared.of('one'), asked()]).toEqual([2, 2]);
});

it('stops renewing when nobody has looked for a while', async () => {
  const { shared, asked } = slowly(500);
  void shared.of('one');
  await jest.advanceTimersByTimeAsync(60_000);
  const before = asked();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(before);
  expect(before).toBeLessThan(13);
  const next = shared.of('one');
  await jest.advanceTimersByTimeAsync(500);
  expect(await next).toBe(before + 1);
});

it('gives up an answer that could not be renewed, and asks again', async () => {
  let asked = 0;
  const shared = new Shared(async () => {
    const n = ++asked;
    await new Promise((answer) => setTimeout(answer, 500));
    if (n === 2) throw new Error('away');
    return n;
  });
  void shared.of('one');
  await jest.advanceTimersByTimeAsync(2_600);
  const third = shared.of('one');
  await jest.advanceTimersByTimeAsync(500);
  expect(await third).toBe(3);
});
