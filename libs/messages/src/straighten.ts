/** What word processors put in place of plain signs: one of them makes a whole text cost twice as much. */
const signs: Record<string, string> = {
  ...each('‘’‚‛′`´', "'"),
  ...each('“”„‟″«»', '"'),
  ...each('‐‑‒–—―−', '-'),
  ...each(
    '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t',
    ' ',
  ),
  '…': '...',
  '•': '-',
};
/** Letters that GSM-7 lacks. Without its accent a word can be another word ("papá", "papa"), so this is the writer's choice. */
const letters: Record<string, string> = {
  á: 'a',
  í: 'i',
  ó: 'o',
  ú: 'u',
  ç: 'c',
  Á: 'A',
  Í: 'I',
  Ó: 'O',
  Ú: 'U',
};

/**
 * A text in plain signs: curly quotes, dashes, ellipses and special spaces as GSM-7 has them; what it has no sign for stays.
 * @param accents also á, í, ó and ú without their accents (é, ñ and ü are cheap and stay)
 */
export function straighten(text: string, { accents = false } = {}): string {
  return [...text].map((char) => signs[char] ?? (accents ? letters[char] : undefined) ?? char).join('');
}

/** The cheap spelling of one character, or null. */
export const cheaperFor = (char: string): string | null => signs[char] ?? letters[char] ?? null;

function each(from: string, to: string): Record<string, string> {
  return Object.fromEntries([...from].map((char) => [char, to]));
}
