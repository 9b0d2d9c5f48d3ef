import { pageWords } from '#messages';
import type { Deadline } from './deadline.js';
import type { Frame } from './page.js';

/** For tests: the frame of any page, in each language. */
export const english: Frame = { words: pageWords('en'), language: 'en', languageHref: '?lang=es' };
export const spanish: Frame = { words: pageWords('es'), language: 'es', languageHref: '?lang=en' };

/** For tests: a docket's deadline, ahead, seen from California. */
export const inMarch: Deadline = {
  kind: 'regulatory_comment',
  at: '2027-03-16T03:59:59Z',
  moment: 'Monday, March 15, 11:59 pm Eastern',
  local: '8:59 pm',
  yours: true,
  past: false,
};
