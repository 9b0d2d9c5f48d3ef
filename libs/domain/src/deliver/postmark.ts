import { enhancedIn, type MailEvent, mailEvent, reminderOf, wordOf } from './bounce.js';

/** Postmark's types of bounces, as far as they speak of the address or of a complaint; the rest are plain refusals. */
const types = new Map<string, { kind?: MailEvent['kind']; lasting?: boolean }>([
  ['HardBounce', { lasting: true }],
  ['BadEmailAddress', { lasting: true }],
  ['SoftBounce', { lasting: false }],
  ['Transient', { kind: 'deferred' }],
  ['SpamComplaint', { kind: 'complained' }],
]);

/** Postmark's bounce, delivery and spam complaint webhooks. The metadata `reminder` is the left side of our Message-ID. */
export function readPostmark(body: unknown): MailEvent[] {
  const record = wordOf(body, 'RecordType') ?? (wordOf(body, 'Type') ? 'Bounce' : '');
  const kinds = new Map<string, MailEvent['kind']>([
    ['Bounce', 'bounced'],
    ['Delivery', 'delivered'],
    ['SpamComplaint', 'complained'],
  ]);
  const type = kinds.get(record) === 'bounced' ? types.get(wordOf(body, 'Type') ?? '') : undefined;
  const details = `${wordOf(body, 'Details') ?? ''} ${wordOf(body, 'Description') ?? ''}`;
  return mailEvent('postmark', type?.kind ?? kinds.get(record), {
    providerId: wordOf(body, 'ID') ?? wordOf(body, 'MessageID'),
    messageId: wordOf(body, 'MessageID'),
    reminder: reminderOf(wordOf(body, 'Metadata', 'reminder')),
    recipient: wordOf(body, 'Email') ?? wordOf(body, 'Recipient'),
    enhanced: kinds.get(record) === 'bounced' ? enhancedIn(details) : undefined,
    code: wordOf(body, 'Type'),
    lasting: type?.lasting,
  });
}
