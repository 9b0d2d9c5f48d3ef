import fc from 'fast-check';
import { roadTo } from './road.js';

const zone = 'America/New_York';
const midnight = (date: string) => new Date(`${date}T05:00:00Z`);
const deadline = new Date('2027-02-12T04:59:59Z'); // the end of February 11
const now = new Date('2027-02-02T04:59:59Z'); // ten days before, to the second

it('says how many a day it takes, and how many it was of late', () => {
  const days = [
    { at: midnight('2027-01-10'), count: 100 },
    { at: midnight('2027-01-26'), count: 120 },
    { at: midnight('2027-02-01'), count: 156 },
  ];
  const road = roadTo({ goal: 200, deadline, now, zone, days })!;
  expect(road).toMatchObject({ goal: 200, count: 156, left: 44, share: 0.78, perDay: 5 });
  // Since the midnight seven days before: the 20 of January 26, and 36 more.
  expect(road.lately).toBeCloseTo(56 / 8, 3);
  expect(road.ahead.at(0)).toEqual({ at: midnight('2027-02-01'), count: 157 });
  expect(road.ahead.at(-1)).toEqual({ at: midnight('2027-02-11'), count: 200 });
  expect(road.ahead).toHaveLength(11);
});

it('takes the first days of a campaign for what they are', () => {
  const days = [{ at: new Date(+now - 2 * 86_400_000), count: 10 }];
  expect(roadTo({ goal: 200, deadline, now, zone, days })!.lately).toBeCloseTo(5, 3);
  expect(roadTo({ goal: 200, deadline, now, zone, days: [] })).toMatchObject({ lately: 0, perDay: 20 });
});

it('asks for no pace when it is reached, or when no deadline lies ahead', () => {
  const days = [{ at: midnight('2027-02-01'), count: 250 }];
  expect(roadTo({ goal: 200, deadline, now, zone, days })).toMatchObject({
    left: 0,
    share: 1,
    perDay: null,
    ahead: [],
  });
  expect(roadTo({ goal: 300, deadline: null, now, zone, days })).toMatchObject({ left: 50, perDay: null });
  expect(roadTo({ goal: 300, deadline: now, now, zone, days })).toMatchObject({ left: 50, perDay: null });
  expect(roadTo({ goal: 0, deadline, now, zone, days })).toBeNull();
});

it('asks on the last day for all that is left', () => {
  const late = new Date(+deadline - 3_600_000);
  const road = roadTo({ goal: 7, deadline, now: late, zone, days: [] })!;
  expect([road.perDay, road.ahead]).toEqual([7, [{ at: midnight('2027-02-11'), count: 7 }]]);
});

it('never falls and ends at the goal, however far the deadline is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 60_000, max: 40_000_000_000 }),
      (goal, far) => {
        const { ahead } = roadTo({ goal, deadline: new Date(+now + far), now, zone, days: [] })!;
        expect(ahead.length).toBeLessThanOrEqual(15);
        expect(ahead.at(-1)!.count).toBe(goal);
        const counts = ahead.map(({ count }) => count);
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
        expect(new Set(ahead.map(({ at }) => +at)).size).toBe(ahead.length);
      },
    ),
  );
});
