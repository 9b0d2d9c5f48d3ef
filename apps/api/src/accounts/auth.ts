import { betterAuth } from 'better-auth';
import { magicLink } from 'better-auth/plugins/magic-link';
import type pg from 'pg';
import { type Keyring, newToken } from '#postgres';

export const linkMinutes = 15;
const sessionDays = 7;

/** The cookie that a browser binds to our host alone, where it can. */
export const sessionCookie = (publicUrl: string) =>
  publicUrl.startsWith('https:') ? '__Host-drumbeat' : 'drumbeat';

/**
 * better-auth, which keeps sessions and one-time links. None of its addresses is served: it is called by ours, so its
 * link that signs in by GET is not there. It knows of nobody more than an id.
 * @param pool whose search_path is the schema `auth`
 */
export function openAuth(pool: pg.Pool, keys: Keyring, publicUrl: string) {
  return betterAuth({
    appName: 'Drumbeat',
    baseURL: publicUrl,
    secret: keys.secret('sessions'),
    database: pool,
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    session: { expiresIn: sessionDays * 86_400, disableSessionRefresh: true },
    advanced: {
      database: { generateId: 'uuid' },
      ipAddress: { disableIpTracking: true },
      useSecureCookies: false, // It would choose the prefix __Secure-.
      cookies: {
        session_token: {
          name: sessionCookie(publicUrl),
          attributes: {
            secure: publicUrl.startsWith('https:'),
            sameSite: 'lax',
            httpOnly: true,
            path: '/',
          },
        },
      },
    },
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        storeToken: 'hashed',
        disableSignUp: true,
        generateToken: newToken,
        sendMagicLink: ({ token, metadata }) => (metadata as LinkMetadata).give(token),
      }),
    ],
  });
}

/** Whoever asks for a link gets its token by this. */
export type LinkMetadata = { give(token: string): void };

/** What a session is told apart by in a list: no more of the browser's own description is kept. */
export function deviceOf(agent = ''): string {
  const first = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = first([
    [/Edg/, 'Edge'],
    [/OPR|Opera/, 'Opera'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/Chrome|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ]);
  const system = first([
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'Mac'],
    [/Linux|CrOS/, 'Linux'],
  ]);
  return [browser, system].filter(Boolean).join(', ');
}
