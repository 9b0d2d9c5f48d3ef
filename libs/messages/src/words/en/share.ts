import type { Shared } from '../shared.js';

const minutesOf = (n: number): string => (n === 1 ? '1 minute' : `${n} minutes`);
const byWhen = ({ deadline, local }: Shared): string =>
  deadline
    ? `Please do it by ${deadline}${local ? ` (that is ${local})` : ''}.`
    : 'There is no date yet: sign up, and you hear of it on the day it opens.';

/** What a leader passes on, in English. Every key has its twin in ../es/share.ts. */
export const share = {
  subject: (deed: string): string => `Will you ${deed}?`,
  email: (it: Shared): string => `Hello,

${it.summary}

It takes about ${minutesOf(it.minutes)}. ${byWhen(it)}

Here are the steps, and you can ask for a reminder:
${it.link}

Thank you,
${it.coalition}`,
  text: (it: Shared): string =>
    `${it.shortName}: will you ${it.deed}? It takes about ${minutesOf(it.minutes)}${it.deadline ? `, by ${it.deadline}` : ''}. ${it.link}`,
  /** To a colleague, from somebody who did it. */
  colleague: (it: Shared): string =>
    `Will you ${it.deed}? It takes about ${minutesOf(it.minutes)}${it.deadline ? `, by ${it.deadline}` : ''}. The steps are here, and a reminder if you like: ${it.link}`,
  /** To one person, from a leader's own phone. */
  nudge: (it: Shared, name: string): string =>
    `Hi ${name}, you signed up to ${it.deed}. It takes about ${minutesOf(it.minutes)}${it.deadline ? `, by ${it.deadline}` : ''}. The steps are here: ${it.link} Can I help?`,
  social: (it: Shared): string => `${it.summary}

${byWhen(it)} It takes about ${minutesOf(it.minutes)}, and the steps are here: ${it.link}`,
  flyer: {
    scan: 'Point your phone’s camera here',
    or: 'or type this address',
    minutes: (n: number): string => `About ${minutesOf(n)}`,
    noDate: 'No date yet: sign up, and you hear of it.',
    reminders: 'You get reminders only if you ask for them, and one press stops them.',
    qr: (link: string): string => `QR code that leads to ${link}`,
  },
  calendar: {
    steps: (link: string): string => `The steps: ${link}`,
    tomorrow: 'Tomorrow is the last day.',
  },
};
export type ShareWords = typeof share;
