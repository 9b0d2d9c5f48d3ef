/** How many messages each kill waits for: spread over the run, in order. */
export function killPoints(random: () => number, kills: number, people: number): number[] {
  return Array.from({ length: kills }, () => Math.floor((0.03 + 0.92 * random()) * people)).sort(
    (a, b) => a - b,
  );
}
