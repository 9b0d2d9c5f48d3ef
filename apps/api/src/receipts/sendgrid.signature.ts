import { verify } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { callOf, checkFresh, notSetUp, refused } from './hook.js';
import type { KeyObject } from 'node:crypto';

const signatureHeader = 'x-twilio-email-event-webhook-signature';
const timestampHeader = 'x-twilio-email-event-webhook-timestamp';

/** Only what SendGrid has signed passes: ECDSA P-256 with SHA-256 over the timestamp and the raw body. */
@Injectable()
export class SendgridSignature implements CanActivate {
  constructor(@Inject(API_SETTINGS) private readonly settings: ApiSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const key = this.settings.SENDGRID_WEBHOOK_KEY;
    if (!key) throw notSetUp('SendGrid', 'SENDGRID_WEBHOOK_KEY');
    const { request, body } = callOf(context);
    const signature = request.headers[signatureHeader];
    const timestamp = request.headers[timestampHeader];
    if (typeof signature !== 'string' || typeof timestamp !== 'string')
      throw refused('The event webhook is not signed. Turn its signature on in SendGrid.');
    if (!signedBySendgrid(key, timestamp, body, signature))
      throw refused('The signature does not match. Check SENDGRID_WEBHOOK_KEY.');
    checkFresh(new Date(Number(timestamp) * 1_000));
    return true;
  }
}

/** @param timestamp as in its header; it is part of what is signed */
export function signedBySendgrid(
  key: KeyObject,
  timestamp: string,
  body: Buffer,
  signature: string,
): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return verify('sha256', Buffer.concat([Buffer.from(timestamp), body]), { key, dsaEncoding: 'der' }, bytes);
}
