/** What makes a campaign pause by itself (FACTS §5 and §6): mail marked as spam, or texts that carriers filter (30007). */
export type Spike = 'complaint' | 'filtered';

/** Both are counted over this long. */
export const spikeHours = 24;

/**
 * A spike is more than `share` of what was sent and at least `least`: a handful of people is no verdict. Gmail and Yahoo want complaints under
 * 0.3%; no carrier publishes a figure for filtering, this one is ours.
 */
export const spikes: Readonly<Record<Spike, { share: number; least: number }>> = {
  complaint: { share: 0.003, least: 3 },
  filtered: { share: 0.05, least: 5 },
};

/** Is this a reason to pause? `bad` of `sent` messages of one channel and campaign in the past `spikeHours`. */
export function isSpike({ kind, bad, sent }: { kind: Spike; bad: number; sent: number }): boolean {
  const { share, least } = spikes[kind];
  return bad >= least && bad > share * sent;
}
