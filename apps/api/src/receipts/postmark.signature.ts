import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { callOf, notSetUp, refused, sameSecret } from './hook.js';

/** Postmark signs nothing; it sends the user and the password that stand in its webhook's address (basic auth). */
@Injectable()
export class PostmarkSignature implements CanActivate {
  constructor(@Inject(API_SETTINGS) private readonly settings: ApiSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const { POSTMARK_HOOK_USER: user, POSTMARK_HOOK_PASSWORD: password } = this.settings;
    if (!user || !password) throw notSetUp('Postmark', 'POSTMARK_HOOK_USER and POSTMARK_HOOK_PASSWORD');
    const given = callOf(context).request.headers.authorization ?? '';
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (!sameSecret(given, expected))
      throw refused('User and password do not match. Check POSTMARK_HOOK_USER and POSTMARK_HOOK_PASSWORD.');
    return true;
  }
}
