import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Desk } from './parts.js';

/** Lets in the sandbox's key, or the sandbox's own page by the token that only a page of this origin can read. */
@Injectable()
export class SandboxAccess implements CanActivate {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    const byKey = same(headers.authorization, `Bearer ${this.desk.parts.key}`);
    const site = headers['sec-fetch-site'] ?? 'same-origin';
    const byPage = site === 'same-origin' && same(headers['x-sandbox-page'], this.desk.pageToken);
    if (byKey || byPage) return true;
    throw new UnauthorizedException(
      'This needs the sandbox\'s key: send "Authorization: Bearer" with apiKey from sandbox.json in DATA_DIR.',
    );
  }
}

export function same(given: string | undefined, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}
