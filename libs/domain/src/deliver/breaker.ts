import type { Answer } from './answer.js';

/** How many bad answers in a row open it, and for how many milliseconds it is left alone: at first, and at most. */
export type Rests = { patience: number; first: number; longest: number };
const ofSenders: Rests = { patience: 5, first: 1_000, longest: 60_000 };

/**
 * Whether a provider is asked at all. `closed`: as usual. Open until `restsUntil`; then `probes`: one message at a time, until
 * an answer closes it again or opens it for twice as long. Times are milliseconds of any clock that only goes on.
 */
export type Breaker = { failures: number; openings: number; restsUntil: number };

export const closedBreaker: Breaker = { failures: 0, openings: 0, restsUntil: 0 };

/**
 * What an answer makes of a breaker. An answer about one recipient, whatever it says, shows that the provider works.
 * @param random in [0, 1): what opened together does not come back together
 */
export function breakerAfter(
  { failures, openings, restsUntil }: Breaker,
  answer: Pick<Answer, 'outcome' | 'slowDown'>,
  now: number,
  random: number,
  { patience, first, longest }: Rests = ofSenders,
): Breaker {
  if (!answer.slowDown && answer.outcome !== 'ambiguous') return closedBreaker;
  // What was in flight when it opened says nothing new.
  if (now < restsUntil) return { failures, openings, restsUntil };
  if (failures + 1 < patience && openings === 0) return { failures: failures + 1, openings, restsUntil };
  const rest = Math.min(longest, first * 2 ** Math.min(openings, 30));
  return { failures: failures + 1, openings: openings + 1, restsUntil: now + rest / 2 + (rest / 2) * random };
}

/** How many of `wanted` may be handed over now, and how many milliseconds to wait when none may. */
export function breakerAllows({ openings, restsUntil }: Breaker, wanted: number, now: number) {
  if (now < restsUntil) return { allowed: 0, wait: restsUntil - now };
  return { allowed: openings > 0 ? Math.min(1, wanted) : wanted, wait: 0 };
}
