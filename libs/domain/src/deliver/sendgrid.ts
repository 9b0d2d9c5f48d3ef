import { enhancedIn, type MailEvent, mailEvent, wordOf } from './bounce.js';

const kinds = new Map<string, MailEvent['kind']>([
  ['delivered', 'delivered'],
  ['bounce', 'bounced'],
  ['dropped', 'bounced'],
  ['deferred', 'deferred'],
  ['spamreport', 'complained'],
]);

/** SendGrid's event webhook: a list of events, of which those that say nothing about delivery are left out. */
export function readSendgrid(body: unknown): MailEvent[] {
  return (Array.isArray(body) ? (body as unknown[]) : [body]).flatMap((event) =>
    mailEvent('sendgrid', kinds.get(wordOf(event, 'event') ?? ''), {
      providerId: wordOf(event, 'sg_event_id'),
      messageId: wordOf(event, 'smtp-id'),
      recipient: wordOf(event, 'email'),
      enhanced: enhancedIn(wordOf(event, 'reason')) ?? enhancedIn(wordOf(event, 'status')),
      code: wordOf(event, 'bounce_classification') ?? wordOf(event, 'type'),
      lasting: lastingBy.get(
        wordOf(event, 'bounce_classification') ?? wordOf(event, 'reason') ?? wordOf(event, 'type') ?? '',
      ),
    }),
  );
}

/** SendGrid's classes of bounces and its reasons for dropping a message, as far as they speak of the address. */
const lastingBy = new Map<string, boolean>([
  ['Invalid Address', true],
  ['Mailbox Unavailable', false],
  ['Bounced Address', true],
  ['Invalid', true],
]);
