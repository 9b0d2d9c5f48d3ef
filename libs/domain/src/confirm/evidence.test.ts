import { alikeTrackingNumber, parseTrackingNumber, strongerEvidence } from './evidence.js';
import { isConfirmed, outcomesOf } from './outcome.js';

it('lets evidence only go up', () => {
  expect(strongerEvidence('tracking_number', 'said')).toBe('tracking_number');
  expect(strongerEvidence('said', 'seen_on_docket')).toBe('seen_on_docket');
});

it('reads a tracking number as people paste it', () => {
  expect(parseTrackingNumber(' L2Z-02TQ-BSBU ')).toBe('l2z-02tq-bsbu');
  for (const text of ['Comment Tracking Number: l2z–02tq–bsbu', 'l2z - 02tq - bsbu', 'L2Z 02TQ\tBSBU'])
    expect(parseTrackingNumber(text)).toBe('l2z-02tq-bsbu');
  for (const text of ['', 'BLS-2024-0001', 'l2z-02tq-bsbu-1', "l2z-02tq-bsb'"])
    expect(parseTrackingNumber(text)).toBeNull();
});

it('takes for one number what was read from a screen in two ways', () => {
  const read = (text: string) => alikeTrackingNumber(parseTrackingNumber(text)!);
  for (const text of ['L2Z-O2TQ-BSBU', '12z-02tq-bsbu', 'i2z o2tq bsbu'])
    expect(read(text)).toBe(read('l2z-02tq-bsbu'));
  expect(read('l2z-02tq-bsbv')).not.toBe(read('l2z-02tq-bsbu'));
});

it('counts a pledge apart from what is confirmed', () => {
  expect(outcomesOf('census_occupation')).toEqual(['answered', 'pledged', 'not_sampled']);
  expect(outcomesOf('census_occupation').map(isConfirmed)).toEqual([true, false, false]);
  expect(outcomesOf('regulatory_comment')).toEqual(['filed']);
});
