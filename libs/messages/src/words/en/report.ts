const number = (n: number): string => n.toLocaleString('en-US');

/** What the report of a campaign says, in English. Every key has its twin in ../es/report.ts. */
export const report = {
  title: 'Campaign report',
  asOf: (moment: string): string => `Figures of ${moment}`,
  none: '–',
  few: 'under 10',
  summary: {
    regulatory_comment: (signups: number, done: number): string =>
      `${number(signups)} people signed up, and ${number(done)} filed a comment.`,
    census_occupation: (signups: number, done: number): string =>
      `${number(signups)} people signed up, and ${number(done)} wrote it on their form.`,
    custom: (signups: number, done: number): string =>
      `${number(signups)} people signed up, and ${number(done)} did it.`,
  },
  goal: (done: number, goal: number): string =>
    done >= goal
      ? `The goal of ${number(goal)} was reached.`
      : `The goal was ${number(goal)}; ${number(goal - done)} were missing.`,
  launched: 'Launched',
  deadline: 'Deadline',
  figures: {
    signups: 'Signed up',
    optedIn: 'Opted in',
    went: 'Went to the form',
    confirmed: { regulatory_comment: 'Filed', census_occupation: 'Answered', custom: 'Done' },
    verified: 'Seen on the docket',
    pledged: 'Pledged',
    rate: 'Rate',
  },
  byCoalition: 'By coalition',
  everybody: 'Everybody, each once',
  coalition: 'Coalition',
  coalitionNote:
    'Somebody who joined through two coalitions counts in both. To protect people, coalitions’ figures are rounded down to the nearest 5, and those under 10 are not shown.',
  byDay: 'By day',
  day: 'Day',
  dayNote: 'Days on which nothing happened are left out.',
  reminders: 'Messages',
  message: 'Message',
  channel: 'Channel',
  channels: { email: 'Email', sms: 'Text' },
  sent: 'Sent',
  skipped: 'Skipped',
  failed: 'Failed',
  unknown: 'Unknown',
  after: 'Done after it',
  afterNote:
    'The last column counts people whose last message before they said “done” was this one. It need not be the reason.',
  nothing: 'before any message',
  kinds: {
    rung: 'reminder',
    alert: 'news',
    follow_up: 'follow-up',
    welcome: 'welcome',
    nudge: 'question again',
    sms_optin: 'question by text',
    last_call: 'last call',
    snooze: 'reminder they asked for',
    reply: 'answer to a text',
    ended: '“it’s over”',
    result: 'result',
    invitation: 'invitation',
    data: 'own data',
  },
  evidence: 'How we know',
  evidenceOf: {
    said: 'They said so',
    tracking_number: 'They gave a tracking number',
    seen_on_docket: 'Their comment is posted on the docket',
  },
  sources: {
    page: 'on their own page',
    text: 'by text',
    leader: 'a leader wrote it down',
    api: 'from another system',
    sweep: 'found on the docket',
  },
  people: 'People',
  source: 'How it reached us',
  missed: 'What kept the others',
  missedNote: 'Of those who answered after the deadline.',
  answer: 'Answer',
  reason: 'Reason',
  unsaid: 'no reason given',
  page: (n: number, of: number): string => `Page ${n} of ${of}`,
  madeWith: 'Made with Drumbeat',
};
export type ReportWords = typeof report;
