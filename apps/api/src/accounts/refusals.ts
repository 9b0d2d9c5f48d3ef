import { isAPIError } from 'better-auth/api';
import { bad, Problem } from '../problems/problem.js';

export const codeWrong = () =>
  new Problem(
    400,
    'code_wrong',
    'This code is not right. Type the one that your app shows now, or a backup code.',
    [bad('code', 'code_wrong')],
  );
export const codeUsed = () =>
  new Problem(400, 'code_used', 'This code was used already. Wait for the next one.', [
    bad('code', 'code_used'),
  ]);
export const codesLocked = () =>
  new Problem(429, 'too_many', 'Too many codes were wrong. Wait 15 minutes and try again.');
export const codesOff = () =>
  new Problem(409, 'codes_off', 'Your account is not asked for codes. Set an app up first.');
export const signInAnew = () =>
  new Problem(
    401,
    'sign_in_anew',
    'This took more than 10 minutes, or too many codes were wrong. Ask for a new link.',
  );
const passkeyRefused = () =>
  new Problem(
    400,
    'passkey_refused',
    'This passkey was not taken: it is not known here, took too long, or did not check that it is you. Try again.',
  );

const problems: Record<string, () => Problem> = {
  INVALID_CODE: codeWrong,
  INVALID_BACKUP_CODE: codeWrong,
  INVALID_TWO_FACTOR_COOKIE: signInAnew,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: signInAnew,
  ACCOUNT_TEMPORARILY_LOCKED: codesLocked,
  TOTP_NOT_ENABLED: codesOff,
  TOTP_ALREADY_ENABLED: () =>
    new Problem(409, 'codes_on', 'Your account is asked for codes already. Turn that off first.'),
  SESSION_NOT_FRESH: () =>
    new Problem(
      403,
      'session_old',
      'It is more than a day since you signed in. Sign out and in again, then add the passkey.',
    ),
  ...Object.fromEntries(
    [
      'CHALLENGE_NOT_FOUND',
      'PASSKEY_NOT_FOUND',
      'AUTHENTICATION_FAILED',
      'FAILED_TO_VERIFY_REGISTRATION',
      'USER_NOT_VERIFIED',
    ].map((code) => [code, passkeyRefused]),
  ),
};

/** @throws Problem what better-auth refuses, in our words; what it did not mean to refuse as it is */
export function inOurWords(error: unknown): never {
  const problem = isAPIError(error) ? problems[error.body?.code ?? ''] : undefined;
  throw problem?.() ?? error;
}
