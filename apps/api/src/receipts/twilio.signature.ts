import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import twilio from 'twilio';
import { Problem } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

/** Only Twilio's own calls pass: HMAC-SHA1 over the public address and the sorted parameters (Twilio's request validation). */
@Injectable()
export class TwilioSignature implements CanActivate {
  constructor(@Inject(API_SETTINGS) private readonly settings: ApiSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context
      .switchToHttp()
      .getRequest<FastifyRequest<{ Body: Record<string, unknown> | undefined }>>();
    const signature = request.headers['x-twilio-signature'];
    const valid =
      typeof signature === 'string' &&
      this.settings.TWILIO_AUTH_TOKEN !== undefined &&
      twilio.validateRequest(
        this.settings.TWILIO_AUTH_TOKEN,
        signature,
        this.settings.PUBLIC_URL + request.url,
        request.body ?? {},
      );
    if (!valid)
      throw new Problem(
        403,
        'signature',
        'The signature does not match. Check TWILIO_AUTH_TOKEN and PUBLIC_URL.',
      );
    return true;
  }
}
