import fc from 'fast-check';
import { sharesOf } from './share.js';

const now = new Date('2027-03-01T12:00:00Z');
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

it('gives all to one, and the same to two that are equal', () => {
  expect(sharesOf([inHours(1)], now)).toEqual([1]);
  expect(sharesOf([null, inHours(400)], now)).toEqual([0.5, 0.5]);
});

it('gives more to the nearer deadline, and a tenth at least to the other', () => {
  const [near, far] = sharesOf([inHours(3), inHours(500)], now);
  expect(near).toBeGreaterThan(0.85);
  expect(far).toBeGreaterThanOrEqual(0.1);
});

it('keeps these rules for any campaigns', () => {
  const deadline = fc.option(fc.integer({ min: -100, max: 2_000 }).map(inHours), { nil: null });
  fc.assert(
    fc.property(fc.array(deadline, { minLength: 1, maxLength: 30 }), (deadlines) => {
      const shares = sharesOf(deadlines, now);
      expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
      for (const share of shares) expect(share).toBeGreaterThan(Math.min(0.1, 1 / deadlines.length) - 1e-9);
      deadlines.forEach((one, at) =>
        deadlines.forEach((other, otherAt) => {
          if (one && other && one < other) expect(shares[at]!).toBeGreaterThan(shares[otherAt]! - 1e-9);
        }),
      );
    }),
  );
});
