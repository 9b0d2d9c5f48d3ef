/**
 * A value as one line of honest text: line breaks and control characters become spaces, so that nothing can start a new
 * header or paragraph; invisible direction switches go, so that a name cannot turn the rest of the line around (letters
 * that run right to left stay as they are), and so do noncharacters; half a surrogate pair becomes U+FFFD, so that every encoder agrees on it.
 */
export function plainValue(value: string): string {
  if (isPlain.test(value)) return value;
  return value
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ufdd0-\ufdef]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** As most are: words of ASCII, a space between each two. */
const isPlain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
