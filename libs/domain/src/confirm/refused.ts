/**
 * Emoji and their parts, what nobody sees, and halves of characters: regulations.gov refuses emoji, and the rest arrives broken or not
 * at all. ©, ® and ™ count as emoji to Unicode and are ordinary text to everybody else.
 */
const refused =
  /(?:(?![©®™\t\n\r])[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\ufe0e\ufe0f\u20e3\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}])+/gu;

export type Found = { index: number; text: string };

/** The stretches of a comment that the official form does not take, in order. */
export const findRefused = (comment: string): Found[] =>
  [...comment.matchAll(refused)].map(({ index, 0: text }) => ({ index, text }));

/** The comment without them; nothing is left that would be refused. */
export const withoutRefused = (comment: string): string => comment.replace(refused, '');
