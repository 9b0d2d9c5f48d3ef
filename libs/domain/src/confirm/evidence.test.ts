import { parseTrackingNumber, strongerEvidence } from './evidence.js';
import { isConfirmed, outcomesOf } from './outcome.js';

it('lets evidence only go up', () => {
  expect(strongerEvidence('tracking_number', 'said')).toBe('tracking_number');
  expect(strongerEvidence('said', 'seen_on_docket')).toBe('seen_on_docket');
});

it('reads a tracking number as people paste it', () => {
  expect(parseTrackingNumber(' L2Z-02TQ-BSBU ')).toBe('l2z-02tq-bsbu');
  expect(parseTrackingNumber('Comment Tracking Number: l2z–02tq–bsbu')).toBe('l2z-02tq-bsbu');
  for (const text of ['', 'BLS-2024-0001', 'l2z-02tq-bsbu-1', "l2z-02tq-bsb'"])
    expect(parseTrackingNumber(text)).toBeNull();
});

it('counts a pledge apart from what is confirmed', () => {
  expect(outcomesOf('census_occupation')).toEqual(['answered', 'pledged', 'not_sampled']);
  expect(outcomesOf('census_occupation').map(isConfirmed)).toEqual([true, false, false]);
  expect(outcomesOf('regulatory_comment')).toEqual(['filed']);
});
