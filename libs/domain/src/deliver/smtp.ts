import type { Answer } from './answer.js';

export interface SmtpReply {
  /** The SMTP reply code, 200–599; absent when the connection ended without one. */
  code?: number;
  /** The enhanced status code (RFC 3463), `5.1.1`. */
  enhanced?: string;
  /** The command that was answered: CONN, EHLO, AUTH, MAIL FROM, RCPT TO, DATA … */
  command?: string;
  /** The network's error code, `ECONNREFUSED`, `ETIMEDOUT` … */
  network?: string;
  /** Had the message's body been read for sending? Without an answer that alone tells "never left" from "maybe accepted". */
  bodyConsumed: boolean;
}

/** Reads an SMTP server's answer to one message (FACTS §6; RFC 5321, RFC 3463). */
export function readSmtpReply({ code, enhanced, command, network, bodyConsumed }: SmtpReply): Answer {
  if (code === undefined) {
    const never = { outcome: 'later', slowDown: true, retryAfterSeconds: 30 } as const;
    if (network !== undefined && neverLeft.has(network)) return never;
    return bodyConsumed ? { outcome: 'ambiguous' } : never;
  }
  if (code >= 200 && code < 400) return { outcome: 'sent' };
  // Sign-in trouble is ours: 454 and 535 say nothing about the recipient.
  if (command?.toUpperCase().startsWith('AUTH') || code === 530 || code === 535) {
    return { outcome: 'later', alert: true, slowDown: true, retryAfterSeconds: 300 };
  }
  if (code === 421 || (code < 500 && isOurs(enhanced))) {
    return { outcome: 'later', slowDown: true, retryAfterSeconds: 60 };
  }
  if (code < 500) return { outcome: 'later', retryAfterSeconds: 60 };
  // Refused before any recipient was named: every message would be, so the sender waits rather than fails them one by one.
  if (command !== undefined && /^(CONN|EHLO|HELO|LHLO|STARTTLS)/i.test(command)) {
    return { outcome: 'later', alert: true, slowDown: true, retryAfterSeconds: 300 };
  }
  if (/^MAIL/i.test(command ?? '')) return { outcome: 'failed', reason: 'policy', alert: true };
  if (isOurs(enhanced)) return { outcome: 'failed', reason: 'policy', alert: true };
  if (enhanced === '5.2.2') return { outcome: 'failed', reason: 'mailbox_full' };
  if (isHardBounce(enhanced)) return { outcome: 'failed', reason: 'bad_address', suppress: 'hard_bounce' };
  return { outcome: 'failed', reason: 'refused' };
}

/** The connection was never made, so nothing was handed over. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EDNS',
  'ECONNECTION',
]);

/** A bounce that says the address doesn't exist or is shut for good: 5.1.1, 5.1.2, 5.1.10, 5.2.1 (FACTS §6). */
export function isHardBounce(enhanced: string | undefined): boolean {
  return enhanced !== undefined && ['5.1.1', '5.1.2', '5.1.10', '5.2.1'].includes(enhanced);
}

/** A bounce that may pass: 4.x.x and a full mailbox. Five in 14 days suppress the address (FACTS §6). */
export function isSoftBounce(enhanced: string | undefined): boolean {
  return enhanced !== undefined && (enhanced.startsWith('4.') || enhanced === '5.2.2');
}

/** After so many soft bounces in so many days an address is left alone. */
export const softBounceLimit = { bounces: 5, days: 14 } as const;

/** x.7.x: authentication or policy, a problem of ours; never a reason to suppress a person. */
function isOurs(enhanced: string | undefined): boolean {
  return enhanced !== undefined && /^[45]\.7\./.test(enhanced);
}
