import MimeNode from 'nodemailer/lib/mime-node';
import type { EncodedEmail, FilledEmail } from './compile-email.js';
import { plainValue } from './plain-value.js';
import { quoted } from './quoted.js';
import type { Language } from './words/languages.js';

export interface Envelope {
  from: { name: string; address: string };
  replyTo: string;
  to: string;
  /** With its angle brackets; the caller's, so that a second hand-over carries the same one. */
  messageId: string;
  /** https, with an opaque id; answered by POST alone (RFC 8058). */
  listUnsubscribeUrl: string;
  /** False for mail that a person asked for just now, such as a sign-in link. */
  listUnsubscribe: boolean;
  language: Language;
  /** Where bounces go; by default the sender. */
  bounceTo?: string | undefined;
  date?: Date;
}

export interface ComposedEmail {
  envelope: { from: string; to: string };
  messageId: string;
  raw: Buffer;
}

/** A filled message as MIME. @throws TypeError */
export function composeEmail({ subject, text, html }: FilledEmail, envelope: Envelope): ComposedEmail {
  return composeEncoded({ subject, text: quoted(text), html: quoted(html) }, envelope);
}

/**
 * A message as MIME: UTF-8, both parts quoted-printable (no line over 76 characters), Auto-Submitted, and the two RFC 8058
 * headers. A line break in any value throws, or becomes a space in words: no value can add a header.
 * @throws TypeError
 */
export function composeEncoded({ subject, text, html }: EncodedEmail, envelope: Envelope): ComposedEmail {
  const from = { name: plainValue(envelope.from.name), address: address(envelope.from.address, 'from') };
  const to = address(envelope.to, 'to');
  const { messageId, date = new Date() } = envelope;
  if (!/^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(messageId) || messageId.length > 250)
    throw new TypeError('messageId must be <left@right> in plain ASCII');
  const head = [
    shared('From', from),
    isPlain(to) ? `To: ${to}` : headerLine('To', { name: '', address: to }),
    shared('Reply-To', { name: '', address: address(envelope.replyTo, 'replyTo') }),
    shared('Subject', plainValue(subject)),
    `Message-ID: ${messageId}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Auto-Submitted: auto-generated',
    `Content-Language: ${envelope.language}`,
    // Postmark puts an id of its own in place of ours, and tells this one back in its webhooks.
    `X-PM-Metadata-reminder: ${messageId.slice(1, messageId.indexOf('@'))}`,
    ...(envelope.listUnsubscribe ? unsubscribeHeaders(envelope.listUnsubscribeUrl) : []),
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ].join('\r\n');
  const raw = Buffer.from(
    `${head}\r\n\r\n${part('text/plain', text)}${part('text/html', html)}--${boundary}--\r\n`,
  );
  const bounceTo = envelope.bounceTo ? address(envelope.bounceTo, 'bounceTo') : from.address;
  return { envelope: { from: bounceTo, to }, messageId, raw };
}

/** No quoted-printable text holds an equals sign with this behind it. */
const boundary = '=_part';
const part = (type: string, words: string) =>
  `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${words}\r\n`;

type HeaderValue = string | { name: string; address: string };

/** Encoded words, folding and addresses are nodemailer's craft. */
function headerLine(name: string, value: HeaderValue): string {
  const head = new MimeNode('text/plain').setHeader({ [name]: value }).buildHeaders();
  return new RegExp(`^${name}: .*(?:\\r\\n[ \\t].*)*`, 'm').exec(head)?.[0] ?? `${name}: `;
}

/** Lines that many mails have in common. */
const known = new Map<string, string>();
const most = 500;
function shared(name: string, value: HeaderValue): string {
  const key = typeof value === 'string' ? `${name} ${value}` : `${name} ${value.name} ${value.address}`;
  let line = known.get(key);
  if (line === undefined) {
    if (known.size >= most) known.clear();
    known.set(key, (line = headerLine(name, value)));
  }
  return line;
}

/** An address that is written as it is, on one line. */
const isPlain = (value: string) => value.length < 70 && /^[\w.+-]+@[\w.-]+$/.test(value);

/** Neither folded nor encoded: nodemailer's own `list` option gets the second one wrong. */
function unsubscribeHeaders(url: string) {
  if (!/^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]{1,900}$/.test(url))
    throw new TypeError('listUnsubscribeUrl must be an http(s) address in plain ASCII');
  return [`List-Unsubscribe: <${url}>`, 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'];
}

/** One address and nothing that could be read as two, or as a header. What is a real mailbox is for the caller to know. */
function address(value: string, field: string): string {
  if (!/^[^\s\p{C}<>()[\]\\,;:"@]+@[^\s\p{C}<>()\\,;:"@]+$/u.test(value) || value.length > 254)
    throw new TypeError(`${field} must be one email address`);
  return value;
}
