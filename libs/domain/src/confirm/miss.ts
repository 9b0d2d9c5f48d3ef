/** What somebody says after the deadline who has not done it: that they did not, or that they tried and it failed. */
export type Miss = 'no' | 'tried';

/** Why it was missed, the likeliest first; the last stands for whatever is not listed. */
export const missReasons = {
  no: ['no_time', 'unsure', 'public', 'forgot', 'other'],
  tried: ['closed', 'site', 'not_found', 'refused', 'other'],
} as const satisfies Record<Miss, readonly string[]>;

/** Why, in one tap. */
export type MissReason = (typeof missReasons)[Miss][number];
