import { sayMomentShort } from '#domain';
import { countSegments } from './count-segments.js';

describe('a deadline in a text', () => {
  it('keeps to the cheap alphabet on every day of the year', () => {
    const monday = new Date('2027-03-16T03:59:59Z'); // clocks went forward on the 14th
    expect(sayMomentShort(monday, 'America/New_York', 'en')).toBe('Mon Mar 15, 11:59 pm');
    for (let day = 0; day < 366; day += 1)
      for (const language of ['en', 'es'] as const) {
        const said = sayMomentShort(new Date(+monday + day * 86_400_000), 'America/New_York', language);
        expect(countSegments(said).encoding).toBe('GSM-7');
        expect(said.length).toBeLessThanOrEqual(22);
      }
  });
});
