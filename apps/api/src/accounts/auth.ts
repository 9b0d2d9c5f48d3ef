import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { magicLink } from 'better-auth/plugins/magic-link';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type pg from 'pg';
import { type Keyring, newToken } from '#postgres';

const linkMinutes = 15;
const sessionDays = 7;

/** Cookies that a browser binds to our host alone, where it can: the session's, and those of a way in that is half gone. */
export function cookiesOf(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? '__Host-drumbeat' : 'drumbeat';
  const attributes = { secure, sameSite: 'lax', httpOnly: true, path: '/' } as const;
  return {
    session_token: { name, attributes },
    two_factor: { name: `${name}-code`, attributes },
    passkey: { name: `${name}-passkey`, attributes },
  };
}

/**
 * better-auth, which keeps sessions, one-time links and second factors. None of its addresses is served: it is called by
 * ours, so its link that signs in by GET is not there. It knows of nobody more than an id.
 * @param pool whose search_path is the schema `auth`
 */
export function openAuth(pool: pg.Pool, keys: Keyring, publicUrl: string) {
  const codes = twoFactor({ allowPasswordless: true });
  return betterAuth({
    appName: 'Drumbeat',
    baseURL: publicUrl,
    secrets: keys.secrets('sessions'),
    database: pool,
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    session: {
      expiresIn: sessionDays * 86_400,
      disableSessionRefresh: true,
      additionalFields: {
        secondFactor: { type: 'boolean', input: false, defaultValue: false },
        usedAt: { type: 'date', input: false, defaultValue: () => new Date() },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => ({
            data: { ...session, secondFactor: /^\/(two-factor|passkey)\//.test(context?.path ?? '') },
          }),
        },
      },
    },
    advanced: {
      database: { generateId: 'uuid' },
      ipAddress: { disableIpTracking: true },
      useSecureCookies: false, // It would choose the prefix __Secure-.
      cookies: cookiesOf(publicUrl),
    },
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        storeToken: 'hashed',
        disableSignUp: true,
        generateToken: newToken,
        sendMagicLink: ({ token, metadata }) => (metadata as LinkMetadata).give(token),
      }),
      // It asks for a code after a password; here after a link.
      {
        ...codes,
        hooks: {
          after: codes.hooks.after.map((hook) => ({
            ...hook,
            matcher: ({ path }: { path?: string }) => path === '/magic-link/verify',
          })),
        },
      },
      passkey({
        rpID: new URL(publicUrl).hostname,
        origin: new URL(publicUrl).origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification }) =>
            refuseUnverified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: async ({ verification }) =>
            refuseUnverified(verification.authenticationInfo.userVerified),
        },
        advanced: { webAuthnChallengeCookie: 'passkey' },
      }),
    ],
  });
}

/** A passkey stands for both factors only when its device knew the person: by a finger, a face, a PIN. */
function refuseUnverified(userVerified: boolean | undefined): void {
  if (!userVerified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' });
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
