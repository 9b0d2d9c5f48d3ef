/** The comment workshop, in English. Its page and its script read it. Every key has its twin in ../es/workshop.ts. */
const number = (n: number): string => n.toLocaleString('en-US');

export const workshop = {
  title: 'Write your comment',
  worksheet:
    'This page is a worksheet: answer its questions on paper or wherever you write, then paste your comment into the official form.',
  before: 'Before you write',
  rules: [
    {
      title: 'Never describe a person you support so that they could be known.',
      text: 'No names, dates, places or rare details. HIPAA protects them, and 42 CFR Part 2 does where substance use is treated. Your comment is public.',
    },
    {
      title: 'You need not share your own diagnosis.',
      text: 'That you have lived experience is enough.',
    },
    {
      title: 'If you work for a government agency, file as a private person:',
      text: 'in your own time, from your own device, and not in the agency’s name.',
    },
  ],
  stays:
    'What you write stays in this browser. It reaches nobody until you put it into the official form yourself. Whoever uses this device can read it: erase it when you are done.',
  opening: 'Your first line is written for you. The agency asks for it:',
  start: 'Begin',
  goOn: 'Go on with your draft',
  position: (n: number, of: number): string => `Question ${n} of ${of}`,
  answer: 'Your words',
  answerHint: 'Leave it empty if you have nothing to say here.',
  back: 'Back',
  next: 'Next',
  seeWhole: 'See the whole comment',
  facts: (n: number): string => `Facts you can use (${number(n)})`,
  factsText: 'Take one where it supports what you say, and say what it means for your work.',
  insert: 'Put it in',
  inserted: 'The fact stands in your text now.',
  sample: 'A sample, to see the shape',
  sampleText: 'Yours should not read like it: agencies read similar comments together.',
  whole: 'Your whole comment',
  parts: 'Its parts',
  words: (n: number): string => (n === 1 ? '1 word' : `${number(n)} words`),
  noWords: 'still empty',
  nothing: 'Nothing is written yet. Begin with the first question.',
  size: (characters: number, bytes: number, most: number): string =>
    `${characters === 1 ? '1 character' : `${number(characters)} characters`}, ${number(bytes)} of ${number(most)} bytes`,
  fits: 'It fits into the form.',
  over: (n: number): string =>
    `It is ${n === 1 ? '1 byte' : `${number(n)} bytes`} too long for the form. Shorten it, or file it as a .docx instead.`,
  limits: (most: number): string =>
    `The form takes ${number(most)} characters and as many bytes: an accented letter is two, a curly quote three. It takes no emoji, and up to 20 files of 10 MB each.`,
  look: 'Look at these again',
  lookText: 'Could somebody be known by them? If it is nobody you support, leave them.',
  kinds: { name: 'a name?', date: 'a date?', place: 'a place?', contact: 'an address or a number?' },
  more: (n: number): string => `and ${number(n)} more`,
  looks: (n: number): string =>
    n === 1 ? '1 thing to look at again.' : `${number(n)} things to look at again.`,
  refused: (n: number): string =>
    n === 1 ? 'The form refuses 1 sign in your text:' : `The form refuses ${number(n)} signs in your text:`,
  unseen: 'a sign that nobody sees',
  remove: 'Take them out',
  removed: 'Taken out.',
  alike: (percent: number): string =>
    `${percent}% is the sample’s words. Agencies read similar comments together: say it your way.`,
  copy: 'Copy the comment',
  copied: 'Copied. Paste it into the official form.',
  copyByHand: 'It is marked now: copy it by Ctrl+C or from the menu of your phone.',
  asText: 'Download as .txt',
  asWord: 'Download as .docx',
  failed: 'That did not work. Try it again, or copy the comment.',
  file: 'File it',
  after:
    'At its end the form shows a tracking number. Keep it, come back to the guide, and say there that you filed.',
  guide: 'Back to the guide',
  kept: 'Kept in this browser, and nowhere else.',
  notKept: 'This browser keeps nothing. Copy your comment before you leave this page.',
  erase: 'Erase my draft',
  erased: 'Your draft is erased from this device.',
  undo: 'Undo',
  broughtBack: 'Your draft is back.',
};
export type WorkshopWords = typeof workshop;
