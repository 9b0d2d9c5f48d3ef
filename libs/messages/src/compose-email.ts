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
  const mail = new MimeNode('multipart/alternative', { normalizeHeaderKey: (key) => key }).setHeader({
    From: from,
    To: { name: '', address: to },
    'Reply-To': { name: '', address: address(envelope.replyTo, 'replyTo') },
    Subject: plainValue(subject),
    'Message-ID': messageId,
    Date: date.toUTCString().replace('GMT', '+0000'),
    'Auto-Submitted': 'auto-generated',
    'Content-Language': envelope.language,
    // Postmark puts an id of its own in place of ours, and tells this one back in its webhooks.
    'X-PM-Metadata-reminder': messageId.slice(1, messageId.indexOf('@')),
    ...(envelope.listUnsubscribe ? unsubscribeHeaders(envelope.listUnsubscribeUrl) : {}),
  });
  const head = mail.buildHeaders();
  const part = (type: string, words: string) =>
    `--${mail.boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${words}\r\n`;
  const raw = Buffer.from(
    `${head}\r\n\r\n${part('text/plain', text)}${part('text/html', html)}--${mail.boundary}--\r\n`,
  );
  const bounceTo = envelope.bounceTo ? address(envelope.bounceTo, 'bounceTo') : from.address;
  return { envelope: { from: bounceTo, to }, messageId, raw };
}

/** Prepared, so that nodemailer neither folds nor rewrites them: its own `list` option gets the second one wrong. */
function unsubscribeHeaders(url: string) {
  if (!/^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]{1,900}$/.test(url))
    throw new TypeError('listUnsubscribeUrl must be an http(s) address in plain ASCII');
  return {
    'List-Unsubscribe': { prepared: true, value: `<${url}>` },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  };
}

/** One address and nothing that could be read as two, or as a header. What is a real mailbox is for the caller to know. */
function address(value: string, field: string): string {
  if (!/^[^\s\p{C}<>()[\]\\,;:"@]+@[^\s\p{C}<>()\\,;:"@]+$/u.test(value) || value.length > 254)
    throw new TypeError(`${field} must be one email address`);
  return value;
}
