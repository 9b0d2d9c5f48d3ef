import fc from 'fast-check';
import { shownBrought } from './referrals.js';

it.each([
  [0, null],
  [2, null],
  [3, 3],
  [4, 3],
  [5, 5],
  [9, 5],
  [10, 10],
  [14, 10],
])('shows of %i: %s', (exact, shown) => {
  expect(shownBrought({ joined: exact, done: exact })).toEqual({ joined: shown, done: shown });
});

it('claims no more than there are, and never falls while they grow', () => {
  fc.assert(
    fc.property(fc.nat(500), (n) => {
      const at = (joined: number) => shownBrought({ joined, done: 0 }).joined ?? 0;
      expect(at(n)).toBeLessThanOrEqual(n);
      expect(at(n + 1)).toBeGreaterThanOrEqual(at(n));
    }),
  );
});
