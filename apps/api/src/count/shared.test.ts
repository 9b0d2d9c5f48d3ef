import { jest } from '@jest/globals';
import { Shared } from './shared.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('asks once for everybody who wants to know within a few seconds, and again after them', async () => {
  let asked = 0;
  const shared = new Shared(() => Promise.resolve(++asked));
  expect(await Promise.all([shared.of('one'), shared.of('one'), shared.of('two')])).toEqual([1, 1, 2]);
  jest.advanceTimersByTime(5_000);
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
