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
