import type { FilledEmail } from './compile-email.js';

/** What a phone shows of a text, or of a mail below its subject, while it is locked. */
const textShown = 60;
const previewShown = 120;

/**
 * The words to avoid that a text holds, as the campaign lists them. A lock screen is public: it must not say what the person
 * lives with. A listed word is found at the start of a word, whatever its accents and capitals: "peer" finds "Peers" and
 * "peer-run", not "appear".
 */
export function checkLockScreen(text: string, avoidWords: readonly string[]): string[] {
  const shown = ` ${folded(text)}`;
  return avoidWords.filter((word) => folded(word) !== '' && shown.includes(` ${folded(word)}`));
}

/** Where a listed word begins in a text, as `checkLockScreen` finds it; -1 when it is not there. */
export function indexOfWord(text: string, word: string): number {
  const begins = (index: number) =>
    !/[\p{L}\p{N}]/u.test(text.charAt(index - 1)) && /[\p{L}\p{N}]/u.test(text.charAt(index));
  for (let index = 0; index < text.length; index += 1)
    if (begins(index) && folded(text.slice(index, index + 2 * word.length + 10)).startsWith(folded(word)))
      return index;
  return -1;
}

/** The public parts of a mail: its sender's name, its subject and its preview. */
export function lockScreenOfEmail(filled: FilledEmail, fromName: string): string {
  return [fromName, filled.subject, filled.text.slice(0, previewShown)].join('\n');
}

export function lockScreenOfSms(body: string): string {
  return body.slice(0, textShown);
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
