import fc from 'fast-check';
import { dutiesPhrase, dutiesRoom, lengthOf } from './duties.js';

it.each([
  [[], '', []],
  [['advocate'], 'Advocate', []],
  [
    ['share lived experience', 'plan goals', 'link to resources'],
    'Share lived experience, plan goals, link to resources',
    [],
  ],
  // The fourth would make it 62; the fifth is short enough.
  [
    ['share lived experience', 'plan goals', 'link to services', 'advocate', 'teach'],
    'Share lived experience, plan goals, link to services, teach',
    ['advocate'],
  ],
  [['x'.repeat(61), 'advocate'], 'Advocate', ['x'.repeat(61)]],
  [['ñ'.repeat(60)], `Ñ${'ñ'.repeat(59)}`, []],
])('makes one phrase of %j', (ticked, phrase, left) => {
  expect(dutiesPhrase(ticked)).toEqual({ phrase, left });
});

const duties = fc.uniqueArray(
  fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,12}){0,4}$/).filter((duty) => duty.length <= dutiesRoom),
  { maxLength: 12 },
);

it('is never longer than its room, and cuts no duty', () => {
  fc.assert(
    fc.property(duties, (ticked) => {
      const { phrase, left } = dutiesPhrase(ticked);
      expect(lengthOf(phrase)).toBeLessThanOrEqual(dutiesRoom);
      const written = phrase ? phrase.split(', ').map((duty) => duty.toLowerCase()) : [];
      expect(written).toEqual(ticked.filter((duty) => !left.includes(duty)));
      for (const duty of left) {
        const before = written.filter((each) => ticked.indexOf(each) < ticked.indexOf(duty));
        expect([...before, duty].join(', ').length).toBeGreaterThan(dutiesRoom);
      }
    }),
  );
});

it('starts with the first one ticked, so that tasks come first', () => {
  fc.assert(
    fc.property(
      duties.filter(({ length }) => length > 0),
      (ticked) => {
        expect(dutiesPhrase(ticked).phrase.toLowerCase().startsWith(ticked[0]!)).toBe(true);
      },
    ),
  );
});
