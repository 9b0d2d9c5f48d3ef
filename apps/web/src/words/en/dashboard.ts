/** A leader's dashboard. */
export const dashboard = {
  table: 'Your coalition and those below it',
  showAll: (n: string): string => `Show all ${n}`,
  overlap: (n: string): string =>
    `${n} people joined through more than one of these coalitions. They count once in the coalition above, so it is less than the sum.`,
  referred: (signups: string, confirmed: string): string =>
    `By the link of a colleague: ${signups} signed up, ${confirmed} did it`,
  rank: (place: number, of: number): string => `Place ${place} of ${of} among your neighbours, by rate`,
  people: 'People to nudge',
  peopleHint: 'They agreed that you may see their name. Write to them yourself, from your own phone.',
  peopleNone:
    'Nobody here is waiting for a nudge: only people who agreed to be seen, and are not done, are listed.',
  notYours: 'Only leaders of this very coalition see names: that is what people agreed to.',
  stage: { signups: 'Signed up', optedIn: 'Opted in', went: 'Went to the form', done: 'Done' },
  localTime: (time: string): string => `It is ${time} there`,
  notNow: 'Too early or too late to write',
  copyFor: (name: string): string => `Copy words: ${name}`,
  told: 'They told me they did it',
  toldOf: (name: string): string => `They told me they did it: ${name}`,
  recorded: (name: string): string => `Recorded for ${name}. Their reminders stop.`,
  takenBack: (name: string): string => `Taken back. Reminders for ${name} go on.`,
  more: 'Show more people',
  inbox: 'What people wrote back',
  inboxNone:
    'Nothing to read. Texts that no machine could answer appear here, of people who agreed to be seen.',
  inboxOfAll: 'All texts of its people',
};
