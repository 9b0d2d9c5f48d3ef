/**
 * One language's words for each meaning. All are compared after folding: lower case, no accents, no apostrophes, only letters and digits,
 * single spaces.
 */
export interface Vocabulary {
  language: 'en' | 'es';
  /** Words around a keyword that change nothing: "please", "ok", "thanks". */
  polite: readonly string[];
  /** Turn round what follows within two words: "don't stop". */
  not: readonly string[];
  /** Phrases in which a stop word doesn't mean stop: "bus stop", "unstop". */
  notStop: readonly string[];
  stop: Keywords;
  start: Keywords;
  yes: Keywords;
  /** Yes only as the answer to a question of ours. */
  softYes: readonly string[];
  help: Keywords;
  done: Keywords;
  /** Done only as the answer to a reminder. */
  softDone: readonly string[];
  /** Whoever says so isn't done: "not yet", "I will", "how". */
  notDone: readonly string[];
  /** Words of somebody in danger; `suicid*` is every word that begins so. */
  crisis: readonly string[];
}

export interface Keywords {
  /** The whole message, but for politeness. */
  alone: readonly string[];
  /** Anywhere in it. */
  within: readonly string[];
}

/** A list of phrases from a block of text: one to a `|` or a line. */
export function words(block: string): readonly string[] {
  return block
    .split(/[|\n]/)
    .map((phrase) => phrase.trim())
    .filter(Boolean);
}

/** Signs that say a word. */
const signs = /[🛑⛔🚫]/gu;

/**
 * Lower case, no accents or apostrophes, everything else than letters and digits a single space; a spelled word ("S.T.O.P") whole, a word said
 * several times in a row once.
 */
export function fold(text: string): string {
  return text
    .replace(signs, ' stop ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(?<=^| )(?:\p{L} ){2,}\p{L}(?= |$)/gu, (spelled) => spelled.replaceAll(' ', ''))
    .replace(/(?<=^| )(\S+)(?: \1(?= |$))+/g, '$1');
}
