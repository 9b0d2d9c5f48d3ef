import { isSpike } from './spike.js';

it.each([
  // kind, bad, sent, paused
  ['complaint', 2, 10, false], // fewer than three people
  ['complaint', 3, 10, true],
  ['complaint', 3, 1000, false], // 0.3% exactly
  ['complaint', 4, 1000, true],
  ['complaint', 30, 10_000, false],
  ['complaint', 31, 10_000, true],
  ['filtered', 4, 4, false],
  ['filtered', 5, 20, true],
  ['filtered', 5, 100, false], // 5% exactly
  ['filtered', 6, 100, true],
  ['filtered', 5, 0, true], // receipts of yesterday's texts
  ['complaint', 0, 0, false],
] as const)('%s: %d of %d sent pauses the campaign: %s', (kind, bad, sent, paused) =>
  expect(isSpike({ kind, bad, sent })).toBe(paused),
);
