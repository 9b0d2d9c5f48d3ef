import { randomBytes } from 'node:crypto';

export type Status = 'accepted' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'received';

/** A text, in or out, as the sandbox keeps it. */
export interface TextMessage {
  sid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  /** null until the messaging service has picked a number */
  from: string | null;
  to: string;
  /** empty once redacted */
  body: string;
  status: Status;
  errorCode: number | null;
  messagingServiceSid: string | null;
  statusCallback: string | null;
  /** the campaign's clock when it came */
  at: string;
  /** ISO, real clock, as are the two below */
  createdAt: string;
  sentAt: string | null;
  updatedAt: string;
}

/** A sid as Twilio writes one. */
export const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

/** The message as Twilio's API shows it (api.v2010.account.message in its description). */
export function toResource(text: TextMessage, accountSid: string): Record<string, unknown> {
  const path = `/2010-04-01/Accounts/${accountSid}/Messages/${text.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: text.body,
    date_created: rfc2822(text.createdAt),
    date_sent: text.sentAt && rfc2822(text.sentAt),
    date_updated: rfc2822(text.updatedAt),
    direction: text.direction,
    error_code: text.errorCode,
    error_message: text.errorCode === null ? null : `Error ${text.errorCode}`,
    from: text.from,
    messaging_service_sid: text.messagingServiceSid,
    num_media: '0',
    num_segments: String(segments(text.body)),
    price: null,
    price_unit: null,
    sid: text.sid,
    status: text.status,
    subresource_uris: { media: `${path}/Media.json` },
    to: text.to,
    uri: `${path}.json`,
  };
}

function rfc2822(iso: string): string {
  return new Date(iso).toUTCString().replace('GMT', '+0000');
}

const gsm = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà^{}[\]~\\|€]*$/;

/** How many parts a carrier makes of it (3GPP TS 23.038): 160 then 153 a part in GSM-7, 70 then 67 otherwise. */
function segments(body: string): number {
  const plain = gsm.test(body);
  const length = plain ? body.length + (body.match(/[\^{}[\]~\\|€]/g)?.length ?? 0) : body.length;
  const [one, many] = plain ? [160, 153] : [70, 67];
  return length <= one ? 1 : Math.ceil(length / many);
}
