import { api, Refusal } from '../api/client.js';
import type { components } from '../api/schema.js';
import { sayError } from '../shell/failed.js';
import type { Words } from '../words/language.js';

type Schemas = components['schemas'];

/** Whether this browser can have passkeys and speaks of them in JSON (WebAuthn, level 3). */
export const passkeysWork =
  'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

/** The browser makes a passkey; the person shows it that it is them. */
export async function makePasskey(): Promise<Schemas['PasskeyForm']['answer']> {
  const { data } = await api.POST('/api/v1/me/passkeys/question');
  const asked = data as unknown as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked);
  return answerOf(await navigator.credentials.create({ publicKey }));
}

/** The browser answers with a passkey that the person chooses. @returns who is signed in by it */
export async function signInWithPasskey(): Promise<Schemas['Me']> {
  const { data } = await api.POST('/api/v1/sign-in/passkey/question');
  const asked = data as unknown as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
  const answer = answerOf<Schemas['PasskeyAnswer']['answer']>(await navigator.credentials.get({ publicKey }));
  return (await api.POST('/api/v1/sign-in/passkey', { body: { answer } })).data!;
}

const answerOf = <Answer>(credential: Credential | null) =>
  (credential as PublicKeyCredential).toJSON() as Answer;

/** Why there was no passkey, and what to do. */
export function sayPasskeyError(error: unknown, all: Words): string {
  const words = all.accounts.passkeys;
  if (error instanceof Refusal && error.code === 'passkey_refused') return words.refused;
  if (error instanceof Refusal && error.code === 'session_old') return words.old;
  if (!(error instanceof DOMException)) return sayError(error, all);
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return words.cancelled;
  return error.name === 'InvalidStateError' ? words.there : words.unable;
}
