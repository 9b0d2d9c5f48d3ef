import { createHmac } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { callOf, checkFresh, jsonOf, notSetUp, refused, sameSecret } from './hook.js';

export const Signed = z.looseObject({
  signature: z.looseObject({
    timestamp: z.string().regex(/^\d{1,12}$/),
    token: z.string().min(1).max(100),
    signature: z.string().max(100),
  }),
});

/**
 * Only what Mailgun has signed passes: HMAC-SHA256 of timestamp and token. That leaves the words out, so whoever takes the
 * event refuses a token that comes again with other words.
 */
@Injectable()
export class MailgunSignature implements CanActivate {
  constructor(@Inject(API_SETTINGS) private readonly settings: ApiSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const key = this.settings.MAILGUN_SIGNING_KEY;
    if (!key) throw notSetUp('Mailgun', 'MAILGUN_SIGNING_KEY');
    const read = Signed.safeParse(jsonOf(callOf(context).body, 403));
    if (!read.success) throw refused('The body carries no signature of Mailgun.');
    const { timestamp, token, signature } = read.data.signature;
    if (
      !sameSecret(
        createHmac('sha256', key)
          .update(timestamp + token)
          .digest('hex'),
        signature,
      )
    )
      throw refused('The signature does not match. Check MAILGUN_SIGNING_KEY.');
    checkFresh(new Date(Number(timestamp) * 1_000));
    return true;
  }
}
