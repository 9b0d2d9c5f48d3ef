/** Looking for people's comments on the docket. */
export const sweep = {
  title: 'Comments on the docket',
  lede: 'People can give the tracking number of their comment. Here each posted comment is looked at once for these numbers. One that is not seen is not posted yet; nobody loses anything by it.',
  theirs: 'Posted by the agency',
  theirsUnknown: 'Not asked yet',
  theirsHint: 'comments on this document',
  seen: 'Ours, seen there',
  seenOf: (given: string): string => `of ${given} who gave a number`,
  given: 'Ours, not posted yet',
  givenHint: 'gave a number',
  said: 'Ours, by their word',
  saidHint: 'gave no number',
  state: {
    never: 'Nobody has looked yet.',
    running: 'Looking.',
    stopped: 'Stopped. What was looked at stays looked at.',
    done: (when: string): string => `Every posted comment was looked at, ${when}.`,
  },
  listing: (n: string): string => `Listing the comments: ${n} so far.`,
  looked: (looked: string, listed: string): string => `${looked} of ${listed} looked at`,
  bar: 'Comments looked at',
  left: (time: string): string => `about ${time} to go`,
  pace: (n: string): string => `At most ${n} an hour, which leaves room for everything else that asks there.`,
  waits: {
    busy: 'It waits: regulations.gov answers only so many questions an hour.',
    silent: 'It waits: regulations.gov does not answer.',
    resting: 'It waits: regulations.gov is in trouble and left alone for now.',
    refused:
      'It waits: regulations.gov does not take our key (REGULATIONS_GOV_API_KEY). Whoever runs this service can renew it.',
    too_many_at_once:
      'It stopped: more than 5,000 comments changed in one second, and regulations.gov does not list them all. Use the file below.',
  } as Record<string, string>,
  goesOn: (when: string): string => `It goes on by itself ${when}.`,
  start: 'Look for them',
  goOn: 'Go on looking',
  again: 'Look for new ones',
  stop: 'Stop looking',
  started: 'We look for them now. You can leave this page.',
  stopped: 'Stopped. What was looked at stays looked at.',
  file: {
    title: 'Or all at once, from a file',
    text: 'On regulations.gov ask for the bulk download of the docket’s comments: it mails you a CSV file. Choose it here as it comes, 500 MB at most. Its tracking numbers are compared, and nothing of it is kept.',
    link: 'Bulk download on regulations.gov',
    choose: 'Choose the CSV file',
    sending: (percent: string): string => `${percent} sent`,
    comparing: 'All of it is there. The last numbers are compared.',
    bar: 'The file on its way',
    tooLarge:
      'A file may have 500 MB. Split it, with the first line on top of each part, and send one part after the other.',
    done: 'The file was read',
    found: (n: number, words: string): string =>
      n === 0
        ? 'Nobody was found anew.'
        : n === 1
          ? '1 person’s comment was found.'
          : `${words} people’s comments were found.`,
    before: (n: number, words: string): string =>
      n === 0 ? '' : n === 1 ? '1 more had been seen before.' : `${words} more had been seen before.`,
    read: (comments: string, rows: string): string =>
      `The agency had posted ${comments} comments on this document by then; the file has ${rows} lines.`,
  },
};
