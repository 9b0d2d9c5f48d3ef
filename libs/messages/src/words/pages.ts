import { pages as en, type PageWords } from './en/pages.js';
import { pages as es } from './es/pages.js';
import type { Language } from './languages.js';

const catalogs: Record<Language, PageWords> = { en, es };

/** Every word of the public pages, in one language. */
export function pageWords(language: Language): PageWords {
  return catalogs[language];
}
export type { PageWords };
