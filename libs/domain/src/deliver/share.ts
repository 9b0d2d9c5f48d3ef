const day = 24 * 3600 * 1000;
/** Nobody who has something due waits for less than this part of what goes out, while there are at most ten. */
const least = 0.1;

/**
 * How campaigns that have something due at once share a channel: parts that add up to 1. The nearer a deadline, the larger
 * its campaign's part; none is below a tenth, or below its head's part when there are more than ten.
 * @param deadlines null where there is none
 */
export function sharesOf(deadlines: readonly (Date | null)[], now: Date): number[] {
  const floor = Math.min(least, 1 / deadlines.length);
  const weights = deadlines.map((deadline) => weightOf(deadline, now));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const rest = 1 - floor * deadlines.length;
  return weights.map((weight) => floor + rest * (weight / whole));
}

/** 1 from a week ahead on, doubling each time that the rest of it halves, up to 32 in the last hours. */
function weightOf(deadline: Date | null, now: Date): number {
  if (!deadline) return 1;
  const left = Math.max(0, deadline.getTime() - now.getTime());
  return Math.min(32, Math.max(1, (7 * day) / Math.max(left, 1)));
}
