/** The languages that everything is written in; each language's own name for itself. */
export const languages = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof languages;

export function isLanguage(code: string): code is Language {
  return Object.hasOwn(languages, code);
}
