/** Confirmed ÷ signups, from 0 to 1; null when nobody signed up. */
export function rateOf({ signups, confirmed }: { signups: number; confirmed: number }): number | null {
  return signups > 0 ? Math.min(1, confirmed / signups) : null;
}

/** Below this a figure could point to a person. */
const leastShown = 10;
/** Figures move in steps of this, so that watching the page tells nothing about one signup. */
const step = 5;

export interface PublicFigures {
  signups: number;
  confirmed: number;
  /** From the rounded figures, 0 to 1: the exact one would give them away. */
  rate: number;
}

/** What a public page may show of a coalition (RULES §8): both figures 10 or more, rounded down to 5; else null, nothing. */
export function publicFigures(exact: { signups: number; confirmed: number }): PublicFigures | null {
  if (exact.signups < leastShown || exact.confirmed < leastShown) return null;
  const signups = exact.signups - (exact.signups % step);
  const confirmed = Math.min(signups, exact.confirmed - (exact.confirmed % step));
  return { signups, confirmed, rate: confirmed / signups };
}

type Counted = { signups: number; confirmed: number };

/** How many did it in all and with one coalition, as everybody may see it; null when too few. */
export function publicResult(
  { total, coalitions }: { total: Counted; coalitions: ({ coalitionId: string } & Counted)[] },
  coalitionId: string,
): { total: number | null; coalition: number | null } {
  const own = coalitions.find((each) => each.coalitionId === coalitionId);
  return {
    total: publicFigures(total)?.confirmed ?? null,
    coalition: (own && publicFigures(own)?.confirmed) ?? null,
  };
}
