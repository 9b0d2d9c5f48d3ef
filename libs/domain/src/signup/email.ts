/** An address to send to, as typed, and the one form under which it is known. */
export interface Email {
  /** As typed, trimmed. */
  address: string;
  /** Lower-cased, the domain in ASCII (IDNA): equal exactly when two people are taken for one. Dots and +tags count. */
  lookup: string;
}

/** `empty`, `too_long` (over 254 characters), `invalid`, or `not_ascii`: letters before the @ that most mail hosts still refuse. */
export type EmailProblem = 'empty' | 'too_long' | 'invalid' | 'not_ascii';

/**
 * Reads an email address (RFC 5321, without quoted names and address literals, which nobody types). A domain in any script is fine; before
 * the @ only ASCII, because SMTPUTF8 still fails at many hosts and a silent failure is worse than a question.
 */
export function parseEmail(text: string): Email | { problem: EmailProblem } {
  const address = text.replace(/^[ \t]+|[ \t]+$/g, '').normalize('NFC');
  if (address === '') return { problem: 'empty' };
  if (address.length > 254) return { problem: 'too_long' };
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || local.length > 64) return { problem: 'invalid' };
  // Checked before IDNA, which would decode percent signs and turn odd numbers into IP addresses.
  if (!/^[\p{L}\p{N}\p{M}-]+(\.[\p{L}\p{N}\p{M}-]+)+$/u.test(domain)) return { problem: 'invalid' };
  const url = `http://${domain}`;
  const ascii = URL.canParse(url) ? new URL(url).hostname : '';
  const host = /^(?!.{254})([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
  if (!host.test(ascii)) return { problem: 'invalid' };
  if (/^[\p{L}\p{N}\p{M}._+-]+$/u.test(local) && /[^\x20-\x7e]/.test(local)) return { problem: 'not_ascii' };
  if (!/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local)) {
    return { problem: 'invalid' };
  }
  const lookup = `${local.toLowerCase()}@${ascii}`;
  return lookup.length > 254 ? { problem: 'too_long' } : { address, lookup };
}
