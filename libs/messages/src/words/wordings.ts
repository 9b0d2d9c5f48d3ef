import { wordings as en } from './en/wordings.js';
import type { Wordings } from './en/wordings.js';
import { wordings as es } from './es/wordings.js';
import { FilledBy } from '../liquid.js';
import type { MergeValues } from '../fields.js';
import type { Language } from './languages.js';

export type WordingKey = keyof Wordings;
const catalogs: Record<Language, Wordings> = { en, es };

/** What pages show today. To change a consent's words add "…@2" beside the old one and point here; "@1" stays for good. */
export const currentWordings = {
  emailOptIn: 'email-optin@1',
  smsBox: 'sms-box@1',
  smsYes: 'sms-yes@1',
  nextStep: 'next-step@1',
  updates: 'updates@1',
  visible: 'visible@1',
} as const satisfies Record<string, WordingKey>;

/** The exact words that a person agrees to, with the names filled in: shown on the page and kept with the consent. */
export function sayWording(key: WordingKey, language: Language, values: MergeValues): string {
  return new FilledBy(catalogs[language][key], 'plain').fill(values);
}

export function isWordingKey(key: string): key is WordingKey {
  return Object.hasOwn(en, key);
}

export function splitWordingKey(key: WordingKey): { id: string; version: number } {
  const [id = '', version] = key.split('@');
  return { id, version: Number(version) };
}
