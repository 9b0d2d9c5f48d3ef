/** `empty`, `too_long` (over 80 characters), `control` (line breaks and the like, which could forge a header), or `link`. */
export type NameProblem = 'empty' | 'too_long' | 'control' | 'link';

const longest = 80;

/**
 * A name that is safe in a mail, a page and a text: trimmed, spaces collapsed, composed (NFC). Invisible marks that turn the writing
 * direction or hide text are taken out; line breaks and control characters are refused, and so is anything that reads as a
 * link or an address, since a name is the one thing a stranger can put into somebody's mail.
 */
export function cleanName(text: string): { name: string } | { problem: NameProblem } {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/.test(text.replace(/^\s+|\s+$/g, '')))
    return { problem: 'control' };
  const name = text
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]/g, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
  if (name.replace(/[\p{Cf}\p{M}]/gu, '') === '') return { problem: 'empty' };
  if ([...name].length > longest) return { problem: 'too_long' };
  if (/:\/\/|www\.|@|\.(com|net|org|info|io|co|us|ru|xyz|link|top)\b/i.test(name)) return { problem: 'link' };
  return { name };
}
