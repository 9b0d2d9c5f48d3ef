import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import * as en from './en/index.js';
import * as es from './es/index.js';

export type Language = 'en' | 'es';
/** Every word of the console: a folder's words are the file of its name. */
export type Words = typeof en;

const catalogs: Record<Language, Words> = { en, es };
const kept = 'drumbeat.language';

const Chosen = createContext<{ language: Language; choose(language: Language): void }>({
  language: 'en',
  choose: () => {},
});

/** What was chosen here before, else what the browser asks for. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept) ?? navigator.language;
  return chosen.startsWith('es') ? 'es' : 'en';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      choose(next: Language) {
        localStorage.setItem(kept, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Chosen.Provider value={value}>{children}</Chosen.Provider>;
}

export const useLanguage = () => useContext(Chosen);
export const useWords = (): Words => catalogs[useLanguage().language];
