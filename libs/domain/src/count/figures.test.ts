import fc from 'fast-check';
import { publicFigures, rateOf } from './figures.js';

it('shows the public nothing below ten, then steps of five', () => {
  expect(publicFigures({ signups: 50, confirmed: 9 })).toBeNull();
  expect(publicFigures({ signups: 10, confirmed: 10 })).toEqual({ signups: 10, confirmed: 10, rate: 1 });
  expect(publicFigures({ signups: 44, confirmed: 19 })).toEqual({ signups: 40, confirmed: 15, rate: 0.375 });
});

it('gives away nothing finer than the steps', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 200 }),
      fc.integer({ min: 2, max: 200 }),
      fc.nat(4),
      fc.nat(4),
      (s, c, ds, dc) => {
        const coarse = { signups: s * 5, confirmed: c * 5 };
        expect(publicFigures({ signups: s * 5 + ds, confirmed: c * 5 + dc })).toEqual(publicFigures(coarse));
      },
    ),
  );
});

it('has no rate before anybody signed up', () => {
  expect(rateOf({ signups: 0, confirmed: 0 })).toBeNull();
  expect(rateOf({ signups: 4, confirmed: 1 })).toBe(0.25);
});
