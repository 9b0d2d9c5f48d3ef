import { sayDeadline, sayDeadlineEastern, sayDeadlineShort } from './say-deadline.js';
import { countSegments } from './count-segments.js';

const monday = new Date('2027-03-16T03:59:59Z'); // clocks went forward on the 14th

describe('saying a deadline', () => {
  it('says it as people do, where the person is', () => {
    expect(sayDeadline(monday, 'America/Los_Angeles', 'en')).toBe('Monday, March 15, 8:59 pm Pacific');
    expect(sayDeadline(monday, 'America/Phoenix', 'en')).toBe('Monday, March 15, 8:59 pm Mountain');
    expect(sayDeadline(monday, 'Pacific/Guam', 'en')).toBe('Tuesday, March 16, 1:59 pm Chamorro');
    expect(sayDeadlineEastern(monday, 'en')).toBe('Monday, March 15, 11:59 pm Eastern');
    expect(sayDeadline(monday, 'America/Los_Angeles', 'es')).toBe(
      'lunes 15 de marzo, 8:59 pm, hora del Pacífico',
    );
    expect(sayDeadline(new Date('2027-06-15T05:00Z'), 'America/New_York', 'en')).toBe(
      'Tuesday, June 15, 1:00 am Eastern',
    );
  });

  it('keeps texts in the cheap alphabet on every day of the year', () => {
    expect(sayDeadlineShort(monday, 'America/New_York', 'en')).toBe('Mon Mar 15, 11:59 pm');
    for (let day = 0; day < 366; day += 1)
      for (const language of ['en', 'es'] as const) {
        const said = sayDeadlineShort(new Date(+monday + day * 86_400_000), 'America/New_York', language);
        expect(countSegments(said).encoding).toBe('GSM-7');
        expect(said.length).toBeLessThanOrEqual(22);
      }
  });
});
