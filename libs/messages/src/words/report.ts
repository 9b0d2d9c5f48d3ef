import { report as en, type ReportWords } from './en/report.js';
import { report as es } from './es/report.js';
import type { Language } from './languages.js';

const catalogs: Record<Language, ReportWords> = { en, es };

/** What a campaign's report says, in one language. */
export function reportWords(language: Language): ReportWords {
  return catalogs[language];
}
export type { ReportWords };
