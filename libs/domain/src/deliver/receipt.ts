import type { Answer } from './answer.js';
import type { FailReason, SuppressReason } from './reasons.js';
import { readTwilioAnswer } from './twilio.js';

/** What a status callback says about a text: Twilio's own end states (FACTS §5); anything before them says nothing yet. */
export function readTwilioReceipt(
  status: string,
  code?: string,
): {
  state: 'sent' | 'failed' | null;
  reason?: FailReason;
  suppress?: SuppressReason;
} & Pick<Answer, 'alert'> {
  if (['sent', 'delivered', 'read'].includes(status)) return { state: 'sent' };
  if (!['failed', 'undelivered', 'canceled'].includes(status)) return { state: null };
  const { reason, suppress, alert } = readTwilioAnswer(code ? { code: Number(code) } : { status: 400 });
  return {
    state: 'failed',
    reason: reason ?? 'refused',
    ...(suppress && { suppress }),
    ...(alert && { alert }),
  };
}

/** Of several reasons for one message's failure the first of these is kept, in whichever order they came. */
export const failOrder: readonly FailReason[] = [
  'bad_address',
  'landline',
  'opted_out',
  'reply_loop',
  'filtered',
  'policy',
  'region',
  'mailbox_full',
  'unreachable',
  'refused',
];
