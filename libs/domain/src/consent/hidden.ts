/** Direction switches, zero-width signs, soft hyphens and control characters; a joiner between two emoji is part of one. */
const hidden =
  /(?![\t\n\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?<!\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)\u200d/gu;

/** What nobody sees and what could turn a line around or hide a word from a check. `\t` and `\n` are left to the caller. */
export function findHidden(source: string): { index: number; code: string }[] {
  return [...source.replaceAll('\r\n', ' \n').matchAll(hidden)].map(({ index, 0: character }) => ({
    index,
    code: codeOf(character),
  }));
}

/** A text in the pieces that a page shows: words as they are, and for each character that nobody sees its code (`U+202E`). */
export function showHidden(source: string): { text: string; hidden: boolean }[] {
  return source
    .replaceAll('\r\n', '\n')
    .split(new RegExp(`(${hidden.source})`, 'u'))
    .map((piece, index) =>
      index % 2 === 1 ? { text: codeOf(piece), hidden: true } : { text: piece, hidden: false },
    )
    .filter(({ text }) => text !== '');
}

const codeOf = (character: string) =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
