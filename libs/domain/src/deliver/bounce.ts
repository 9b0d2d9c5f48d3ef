import type { FailReason, SuppressReason } from './reasons.js';
import { isHardBounce, isSoftBounce } from './smtp.js';

export type MailProvider = 'ses' | 'sendgrid' | 'mailgun' | 'postmark' | 'smtp';

/** Which reminder a message was, as its Message-ID and its return path name it. */
export type ReminderName = { campaignId: string; id: string };

/** What a mail host or provider says became of one message, in one shape whoever says it. */
export interface MailEvent {
  provider: MailProvider;
  /** The provider's id of this event, or of the message: with `kind` it names what was said, however often it is said. */
  providerId: string;
  kind: 'delivered' | 'bounced' | 'complained' | 'deferred';
  /** The enhanced status code (RFC 3463), `5.1.1`. */
  enhanced?: string;
  /** The SMTP reply code or the provider's own word, where there is no enhanced code. */
  code?: string;
  /** What the provider makes of a bounce whose code says nothing: gone for good, or only for now. */
  lasting?: boolean;
  reminder?: ReminderName;
  /** Our own Message-ID with its angle brackets, where the provider repeats it. */
  messageId?: string;
  /** Whom it went to, as the provider writes it. Never stored or logged. */
  recipient?: string;
}

/** What such an event means for the ledger and for the address (FACTS §6). */
export interface Consequence {
  /** How the message ended; null while the provider still tries. */
  state: 'sent' | 'failed' | null;
  reason?: FailReason;
  suppress?: SuppressReason;
  /** A bounce that may pass; so many of them in so many days suppress the address (`softBounceLimit`). */
  soft?: true;
  /** Our authentication or policy standing is at fault: people are told, nobody is suppressed. */
  alert?: true;
}

/** Hard 5.1.1, 5.1.2, 5.1.10, 5.2.1 · soft 4.x.x, 5.2.2 · policy x.7.x (FACTS §6); a code of x.0.0 says nothing. */
export function readMailEvent({ kind, enhanced, lasting }: MailEvent): Consequence {
  if (kind === 'deferred') return { state: null };
  if (kind === 'delivered') return { state: 'sent' };
  if (kind === 'complained') return { state: 'sent', suppress: 'complaint' };
  const told = enhanced && !enhanced.endsWith('.0.0') ? enhanced : undefined;
  if (told && /^[45]\.7\./.test(told)) return { state: 'failed', reason: 'policy', alert: true };
  if (told ? isHardBounce(told) : lasting === true) {
    return { state: 'failed', reason: 'bad_address', suppress: 'hard_bounce' };
  }
  if (told ? isSoftBounce(told) : lasting === false) {
    return { state: 'failed', reason: 'mailbox_full', soft: true };
  }
  return { state: 'failed', reason: 'refused' };
}

/** The reminder that a Message-ID of ours names: `<{id}.{campaignId}@…>`; anything else names none. */
export function reminderOf(messageId: string | undefined): ReminderName | undefined {
  const found = /^<?(\d{1,18})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@[^<>\s]*>?)?$/.exec(
    messageId?.trim() ?? '',
  );
  return found ? { id: found[1]!, campaignId: found[2]! } : undefined;
}

/** The first enhanced status code in a provider's words, `5.1.1`; an IP address is none. */
export function enhancedIn(words: string | undefined): string | undefined {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(words ?? '')?.[0];
}

/** What lies at a path in JSON from outside; undefined when anything on the way is missing or of another kind. */
export function partOf(json: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, step)
        ? (part as Record<string, unknown>)[step]
        : undefined,
    json,
  );
}

/** The same, when it is a text of up to 1,000 characters that a database can keep, or a whole number. */
export function wordOf(json: unknown, ...path: string[]): string | undefined {
  const part = partOf(json, ...path);
  if (typeof part === 'number' && Number.isSafeInteger(part)) return String(part);
  return typeof part === 'string' && /^(?!.*[\0\p{Surrogate}]).{1,1000}$/su.test(part) ? part : undefined;
}

/** The same, when it is a list. */
export function listOf(json: unknown, ...path: string[]): unknown[] {
  const part = partOf(json, ...path);
  return Array.isArray(part) ? part : [];
}

/** An event whose parts that are not known are left out; one without a name of its own is none. */
export function mailEvent(
  provider: MailProvider,
  kind: MailEvent['kind'] | undefined,
  parts: { [Part in Exclude<keyof MailEvent, 'provider' | 'kind'>]?: MailEvent[Part] | undefined },
): MailEvent[] {
  const { providerId, messageId, ...rest } = parts;
  if (!kind || !providerId || providerId.length > 200) return [];
  const reminder = rest.reminder ?? reminderOf(messageId);
  const own = reminderOf(messageId) && /^<?([^<>]+@[^<>]+)>?$/.exec(messageId!.trim())?.[1];
  const given = { ...rest, reminder, messageId: own && `<${own}>` };
  return [
    {
      provider,
      providerId,
      kind,
      ...(Object.fromEntries(Object.entries(given).filter(([, part]) => part !== undefined)) as object),
    },
  ];
}
