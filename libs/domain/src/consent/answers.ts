/** What a phone was told in answer to its texts within the last day. */
export interface Said {
  reply: string;
  /** In answer to words of crisis. */
  crisis: boolean;
  /** By the real clock. */
  minutesAgo: number;
  /** Also within the last 24 hours of the campaign's clock. */
  sameDay: boolean;
}

/** How often a phone is answered, so that two machines that answer each other come to an end. */
const inTenMinutes = 4;
const inADay = 10;
const crisesInADay = 3;

/**
 * Whether a text is answered (RULES §6). Words of crisis are, three times a day, whatever else was said. The first answer of its kind
 * in a day always goes out, so STOP and HELP never go unanswered; `other` goes once a day; the rest as long as the phone was told
 * less than four things in ten minutes and ten in a day.
 */
export function mayAnswer(reply: string, crisis: boolean, said: readonly Said[]): boolean {
  if (crisis) return said.filter((one) => one.crisis).length < crisesInADay;
  if (reply === 'other') return !said.some((one) => one.reply === 'other' && one.sameDay);
  if (!said.some((one) => one.reply === reply)) return true;
  return said.length < inADay && said.filter(({ minutesAgo }) => minutesAgo < 10).length < inTenMinutes;
}
