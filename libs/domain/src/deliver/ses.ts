import { enhancedIn, listOf, type MailEvent, mailEvent, partOf, wordOf } from './bounce.js';

const kinds = new Map<string, MailEvent['kind']>([
  ['Bounce', 'bounced'],
  ['Complaint', 'complained'],
  ['Delivery', 'delivered'],
  ['DeliveryDelay', 'deferred'],
]);

/**
 * Amazon SES: what stands in an SNS message's `Message`, as a notification (`notificationType`) or a published event
 * (`eventType`). Our Message-ID is there only when SES is told to include the original headers.
 */
export function readSes(message: unknown): MailEvent[] {
  const kind = kinds.get(wordOf(message, 'notificationType') ?? wordOf(message, 'eventType') ?? '');
  const mail = partOf(message, 'mail');
  const messageId =
    wordOf(mail, 'commonHeaders', 'messageId') ??
    listOf(mail, 'headers')
      .filter((header) => wordOf(header, 'name')?.toLowerCase() === 'message-id')
      .map((header) => wordOf(header, 'value'))[0];
  const sesId = wordOf(mail, 'messageId');
  const parts = { messageId, providerId: sesId };
  switch (kind) {
    case 'bounced': {
      const bounce = partOf(message, 'bounce');
      const type = wordOf(bounce, 'bounceType');
      const feedbackId = wordOf(bounce, 'feedbackId') ?? sesId;
      return listOf(bounce, 'bouncedRecipients').flatMap((one, place) =>
        mailEvent('ses', kind, {
          ...parts,
          // One notification may name several people.
          providerId: feedbackId && (place > 0 ? `${feedbackId}#${place}` : feedbackId),
          recipient: wordOf(one, 'emailAddress'),
          enhanced: enhancedIn(wordOf(one, 'status')) ?? enhancedIn(wordOf(one, 'diagnosticCode')),
          code: wordOf(bounce, 'bounceSubType'),
          lasting: type === 'Permanent' ? true : type === 'Transient' ? false : undefined,
        }),
      );
    }
    case 'complained': {
      const complained = listOf(message, 'complaint', 'complainedRecipients');
      return mailEvent('ses', kind, {
        ...parts,
        providerId: wordOf(message, 'complaint', 'feedbackId') ?? sesId,
        // Of several it is not known which one complained.
        recipient: complained.length === 1 ? wordOf(complained[0], 'emailAddress') : undefined,
        code: wordOf(message, 'complaint', 'complaintFeedbackType'),
      });
    }
    default:
      return mailEvent('ses', kind, { ...parts, code: wordOf(message, 'deliveryDelay', 'delayType') });
  }
}
