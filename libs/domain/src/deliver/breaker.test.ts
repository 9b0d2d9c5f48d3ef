import { type Breaker, breakerAfter, breakerAllows, closedBreaker } from './breaker.js';

const busy = { outcome: 'later', slowDown: true } as const;
const after = (breaker: Breaker, answers: Parameters<typeof breakerAfter>[1][], now = 0) =>
  answers.reduce((state, answer) => breakerAfter(state, answer, now, 0.5), breaker);
const open = after(closedBreaker, [busy, busy, busy, busy, busy]);

it('opens after five answers in a row that slow us down, not after four', () => {
  expect(breakerAllows(after(closedBreaker, [busy, busy, busy, busy]), 20, 0)).toEqual({
    allowed: 20,
    wait: 0,
  });
  expect(breakerAllows(open, 20, 0)).toEqual({ allowed: 0, wait: 750 });
});

it.each([
  ['sent', { outcome: 'sent' }],
  ['a recipient refused', { outcome: 'failed' }],
  ['a mailbox that is full for now', { outcome: 'later' }],
] as const)('is closed by an answer about a message: %s', (_, answer) => {
  expect(after(closedBreaker, [busy, busy, busy, busy, answer, busy])).toMatchObject({ failures: 1 });
  expect(after(open, [answer])).toEqual(closedBreaker);
});

it('counts what nobody answered', () => {
  const silence = { outcome: 'ambiguous' } as const;
  expect(
    breakerAllows(after(closedBreaker, [silence, silence, silence, silence, silence]), 5, 0).allowed,
  ).toBe(0);
});

it('tries with one message when its rest is over, and rests twice as long when that fails, up to a minute', () => {
  expect(breakerAllows(open, 20, 750)).toEqual({ allowed: 1, wait: 0 });
  const again = after(open, [busy], 750);
  expect(breakerAllows(again, 20, 750)).toEqual({ allowed: 0, wait: 1_500 });
  let [breaker, now] = [again, 750];
  for (let tries = 0; tries < 20; tries++) {
    now += breakerAllows(breaker, 1, now).wait;
    breaker = after(breaker, [busy], now);
  }
  expect(breakerAllows(breaker, 1, now).wait).toBe(45_000);
});

it('does not count again what was in flight when it opened', () => {
  expect(after(open, [busy, busy, busy], 10)).toEqual(open);
});
