import { enhancedIn, type MailEvent, mailEvent, partOf, wordOf } from './bounce.js';

/** Mailgun's `event-data`: one event of a message. */
export function readMailgun(body: unknown): MailEvent[] {
  const event = partOf(body, 'event-data');
  const status = partOf(event, 'delivery-status');
  const permanent = wordOf(event, 'severity') === 'permanent';
  const kinds = new Map<string, MailEvent['kind']>([
    ['delivered', 'delivered'],
    ['complained', 'complained'],
    // While the failure is temporary Mailgun tries on.
    ['failed', permanent ? 'bounced' : 'deferred'],
  ]);
  const reason = wordOf(event, 'reason');
  return mailEvent('mailgun', kinds.get(wordOf(event, 'event') ?? ''), {
    providerId: wordOf(event, 'id'),
    messageId: wordOf(event, 'message', 'headers', 'message-id'),
    recipient: wordOf(event, 'recipient'),
    enhanced:
      enhancedIn(wordOf(status, 'enhanced-code')) ??
      enhancedIn(wordOf(status, 'message')) ??
      enhancedIn(wordOf(status, 'description')),
    code: wordOf(status, 'code') ?? reason,
    // `old`: given up after many temporary answers.
    lasting:
      reason === 'bounce' || reason === 'suppress-bounce' ? true : reason === 'old' ? false : undefined,
  });
}
