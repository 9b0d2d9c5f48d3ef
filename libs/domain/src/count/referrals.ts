/** How many came by somebody's code: said yes themselves, and did it. */
export interface Brought {
  joined: number;
  done: number;
}

/** Below this a figure points to a colleague or two. */
const leastShown = 3;
const step = 5;

/**
 * What a person may see of those who came by their code: nothing under 3, then 3, 5, 10, 15 …, always "at least" (decision 32).
 * Null: too few to show.
 */
export function shownBrought({ joined, done }: Brought): { joined: number | null; done: number | null } {
  return { joined: coarse(joined), done: coarse(done) };
}

const coarse = (exact: number) =>
  exact < leastShown ? null : exact < step ? leastShown : exact - (exact % step);
