import { en } from './en/messages.js';
import type { Messages } from './en/messages.js';
import { es } from './es/messages.js';
import type { Language } from './languages.js';

const catalogs: Record<Language, Messages> = { en, es };

/** Every word of ours that goes out in a message, in one language. */
export function messagesIn(language: Language): Messages {
  return catalogs[language];
}
