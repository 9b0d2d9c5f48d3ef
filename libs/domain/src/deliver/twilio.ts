import type { Answer } from './answer.js';
import type { FailReason, SuppressReason } from './reasons.js';

export interface TwilioAnswer {
  /** The HTTP status, absent when no answer came. */
  status?: number;
  /** Twilio's error code, from the answer or from a callback's `ErrorCode`. */
  code?: number;
  /** The network's error code, `ECONNREFUSED`, `ECONNABORTED` … */
  network?: string;
}

/** Error codes that say what to do (FACTS §5). */
const codes: Readonly<Record<number, Answer>> = {
  21211: failed('bad_address', { suppress: 'bad_number' }),
  21614: failed('landline', { suppress: 'landline' }),
  30006: failed('landline', { suppress: 'landline' }),
  21610: failed('opted_out', { suppress: 'opted_out' }),
  21408: failed('region', { alert: true }),
  30003: failed('unreachable'),
  30005: failed('bad_address'),
  30007: failed('filtered'),
  30034: failed('policy', { alert: true }),
  14107: failed('reply_loop'),
  30001: later(60),
  30022: later(60),
  21611: later(60),
  30027: later(24 * 3600),
  20429: later(5),
};

/**
 * A phone whose texts ended so, so many times in so many days, is left alone (30005 ends as `bad_address`, 30003 as `unreachable`). 30003 comes
 * after Twilio has accepted the text, and what was accepted is never handed over again (RULES §4); so the rungs to come are the later windows
 * in which the phone is tried twice more.
 */
export const twilioLimits: Readonly<Partial<Record<FailReason, { texts: number; days: number }>>> = {
  unreachable: { texts: 3, days: 30 },
  bad_address: { texts: 2, days: 365 },
};

/**
 * Reads Twilio's answer to one hand-over, or the error code of a callback. Without an answer only a connection that was never made is
 * safe to repeat; anything else may have been accepted.
 */
export function readTwilioAnswer({ status, code, network }: TwilioAnswer): Answer {
  if (status !== undefined && status >= 200 && status < 300) return { outcome: 'sent' };
  const known = code === undefined ? undefined : codes[code];
  if (known) return { ...known };
  if (status === undefined) {
    if (code !== undefined) return failed('refused');
    return network !== undefined && neverLeft.has(network) ? later(30) : { outcome: 'ambiguous' };
  }
  if (status === 429) return later(5);
  if (status === 401 || status === 403) {
    return { outcome: 'later', alert: true, slowDown: true, retryAfterSeconds: 300 };
  }
  // The service failed while it worked on the request: the text may be on its way.
  if (status >= 500) return { outcome: 'ambiguous' };
  return failed('refused');
}

const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function failed(reason: FailReason, more: { suppress?: SuppressReason; alert?: true } = {}): Answer {
  return { outcome: 'failed', reason, ...more };
}

function later(retryAfterSeconds: number): Answer {
  return { outcome: 'later', slowDown: true, retryAfterSeconds };
}

const ranks: Readonly<Record<string, number>> = {
  accepted: 1,
  scheduled: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  canceled: 5,
  failed: 5,
  undelivered: 5,
  delivered: 6,
  read: 7,
};

/**
 * How far a Twilio status is along its way, 0 for one that isn't an outgoing text's. Callbacks come doubled and out of order: a status
 * counts only when it ranks higher than what is known.
 */
export function rankReceipt(status: string): number {
  return Object.hasOwn(ranks, status) ? (ranks[status] ?? 0) : 0;
}

/** The status to keep of two, in whichever order they came. */
export function furtherReceipt(known: string | null, next: string): string {
  return known !== null && rankReceipt(known) >= rankReceipt(next) ? known : next;
}
