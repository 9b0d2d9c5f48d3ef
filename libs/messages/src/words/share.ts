import { share as en, type ShareWords } from './en/share.js';
import { share as es } from './es/share.js';
import type { Language } from './languages.js';

const catalogs: Record<Language, ShareWords> = { en, es };

/** Words that leaders pass on, in one language. */
export function shareWords(language: Language): ShareWords {
  return catalogs[language];
}
export type { Shared } from './shared.js';
export type { ShareWords };
