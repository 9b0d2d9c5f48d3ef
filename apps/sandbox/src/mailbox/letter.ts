import { simpleParser } from 'mailparser';

/** A message as its reader sees it. */
export interface Letter {
  from: string;
  to: string;
  subject: string;
  text: string;
  /** undefined when the message has no HTML part */
  html: string | undefined;
  /** as they came, in order, unfolded; a name may occur twice */
  headers: { name: string; value: string }[];
}

/**
 * Parses a raw message (RFC 5322). Slow (some 200 a second): only when somebody looks.
 */
export async function readLetter(raw: Buffer): Promise<Letter> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipTextLinks: true });
  const to = Array.isArray(mail.to) ? mail.to : mail.to ? [mail.to] : [];
  return {
    from: mail.from?.text ?? '',
    to: to.map((some) => some.text).join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || undefined,
    headers: mail.headerLines.map(({ line }) => nameAndValue(line)),
  };
}

/** The subject alone, for lists. */
export async function readSubject(raw: Buffer): Promise<string> {
  const end = raw.indexOf('\r\n\r\n');
  const mail = await simpleParser(end < 0 ? raw : raw.subarray(0, end + 4));
  return mail.subject ?? '';
}

function nameAndValue(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  return {
    name: line.slice(0, colon),
    value: line
      .slice(colon + 1)
      .replace(/\r?\n[ \t]/g, ' ')
      .trim(),
  };
}
