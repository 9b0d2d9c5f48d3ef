import { startOfDay } from './days.js';

it('begins the day where one is, on days of 23 and 25 hours too', () => {
  const newYork = (text: string) => startOfDay(new Date(text), 'America/New_York').toISOString();
  expect(newYork('2027-03-14T03:30:00Z')).toBe('2027-03-13T05:00:00.000Z');
  expect(newYork('2027-03-14T20:00:00Z')).toBe('2027-03-14T05:00:00.000Z');
  expect(newYork('2027-11-07T23:00:00Z')).toBe('2027-11-07T04:00:00.000Z');
  expect(startOfDay(new Date('2027-03-14T13:59:00Z'), 'Pacific/Guam').toISOString()).toBe(
    '2027-03-13T14:00:00.000Z',
  );
});
