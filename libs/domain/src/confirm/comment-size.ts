/** The most that regulations.gov takes in a comment: its API refuses more characters than this, and more bytes of UTF-8. */
export const commentLimit = 5_000;

export type CommentSize = {
  /** As a form in a browser counts them: UTF-16 units, so that most emoji are two. */
  characters: number;
  /** In UTF-8: é is 2, a curly quote 3. Never fewer than the characters, so these decide. */
  bytes: number;
  /** By how many bytes it is too long; 0 when it fits. */
  over: number;
};

const utf8 = new TextEncoder();

export function sizeOfComment(text: string): CommentSize {
  const bytes = utf8.encode(text).length;
  return { characters: text.length, bytes, over: Math.max(0, bytes - commentLimit) };
}
