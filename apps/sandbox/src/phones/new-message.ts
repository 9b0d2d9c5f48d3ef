/** An answer of Twilio's API that says no: `status` is HTTP's, `code` is Twilio's (twilio.com/docs/api/errors). */
export class TwilioError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  toBody(): Record<string, unknown> {
    const { code, message, status } = this;
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

/** What a request to send a text says, once it is known to be sound. */
export interface NewMessage {
  to: string;
  body: string;
  from: string | null;
  messagingServiceSid: string | null;
  statusCallback: string | null;
  /** seconds that it may wait at Twilio */
  validityPeriod: number;
}

/**
 * Checks the form of `POST …/Messages.json`.
 * @throws TwilioError with the code that Twilio gives
 */
export function readNewMessage(form: URLSearchParams): NewMessage {
  const no = (code: number, message: string) => new TwilioError(400, code, message);
  const to = form.get('To');
  const body = form.get('Body');
  const from = form.get('From') || null;
  const messagingServiceSid = form.get('MessagingServiceSid') || null;
  const statusCallback = form.get('StatusCallback') || null;
  const validity = form.get('ValidityPeriod') ?? '36000';

  if (!to) throw no(21604, "A 'To' phone number is required.");
  if (!isNumber(to)) throw no(21211, `The 'To' number ${to} is not a valid phone number.`);
  if (!from && !messagingServiceSid) throw no(21603, "A 'From' phone number is required.");
  if (from && !isNumber(from))
    throw no(
      21212,
      `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
    );
  if (messagingServiceSid && !/^MG[0-9a-fA-F]{32}$/.test(messagingServiceSid)) {
    throw no(21701, 'The Messaging Service does not exist.');
  }
  if (!body) throw no(21602, 'Message body is required.');
  if (body.length > 1600) throw no(21617, 'The concatenated message body exceeds the 1600 character limit.');
  if (!/^\d{1,5}$/.test(validity) || Number(validity) < 1 || Number(validity) > 36_000) {
    throw no(90007, 'The ValidityPeriod must be a whole number of seconds from 1 to 36000.');
  }
  if (statusCallback && !isCallback(statusCallback)) {
    throw no(21609, `The 'StatusCallback' URL ${statusCallback} is not a valid URL.`);
  }
  return { to, body, from, messagingServiceSid, statusCallback, validityPeriod: Number(validity) };
}

/** E.164, as in +15551234567. */
export const isNumber = (text: string): boolean => /^\+[1-9]\d{7,14}$/.test(text);

function isCallback(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && !url.hostname.includes('_');
}
