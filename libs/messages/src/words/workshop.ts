import { workshop as en, type WorkshopWords } from './en/workshop.js';
import { workshop as es } from './es/workshop.js';
import type { Language } from './languages.js';

const catalogs: Record<Language, WorkshopWords> = { en, es };

/** The comment workshop's words, in one language; by themselves, because its script takes them into the browser. */
export function workshopWords(language: Language): WorkshopWords {
  return catalogs[language];
}
export type { WorkshopWords };
