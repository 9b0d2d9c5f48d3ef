/** An opt-in mail that went or will go to an address, in whatever campaign. */
export interface OptInMail {
  campaignId: string;
  kind: 'welcome' | 'nudge' | 'ended';
  at: Date;
}

const day = 24 * 3_600_000;
const perCampaign = 3;
const perYear = 6;

/**
 * What an address may still get that has not said yes (RULES §6): one opt-in mail a day, three per campaign, six a year.
 * A nudge that is still ahead gives way to a welcome, so it keeps none waiting.
 * @param earlier the address's opt-in mails of the past year and those ahead
 * @returns when the welcome may go, and how many mails of this campaign, welcome and nudges together, may go at all
 */
export function roomForOptIn({
  now,
  campaignId,
  earlier,
}: {
  now: Date;
  campaignId: string;
  earlier: readonly OptInMail[];
}): { welcomeAt: Date; most: number } {
  const here = earlier.filter((mail) => mail.campaignId === campaignId).length;
  const inTheWay = earlier
    .filter(({ kind, at }) => kind !== 'nudge' || at <= now)
    .map(({ at }) => at.getTime())
    .sort((a, b) => a - b);
  let welcomeAt = now.getTime();
  for (const at of inTheWay) if (Math.abs(at - welcomeAt) < day) welcomeAt = at + day;
  return {
    welcomeAt: new Date(welcomeAt),
    most: Math.max(0, Math.min(perCampaign - here, perYear - earlier.length)),
  };
}
