import type { Answer } from './answer.js';

const firstDelay = 5;
const longestDelay = 15 * 60;

/**
 * Seconds to wait before attempt `attempt + 1` (the first attempt is 1): doubling from 5 seconds to 15 minutes, with half of it left to
 * chance so that what failed together doesn't come back together. `random` is in [0, 1).
 */
export function retryDelay(attempt: number, random: number): number {
  const whole = Math.min(longestDelay, firstDelay * 2 ** Math.max(0, Math.min(attempt - 1, 30)));
  return Math.round((whole / 2 + (whole / 2) * random) * 1000) / 1000;
}

/**
 * Seconds until a reminder that was not accepted is handed over again: what the answer asks for and our own delay, whichever is
 * longer, but never so long that its expiry comes first; half of what is left, then.
 * @param tries hand-overs so far
 */
export function retryIn(
  { retryAfterSeconds = 0 }: Pick<Answer, 'retryAfterSeconds'>,
  { tries, now, expiresAt }: { tries: number; now: Date; expiresAt: Date },
  random: number,
): number {
  const left = (expiresAt.getTime() - now.getTime()) / 1000;
  return Math.min(Math.max(retryAfterSeconds, retryDelay(tries, random)), Math.max(1, left / 2));
}
