import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { Key } from '#boot';
import { alikeTrackingNumber } from '#domain';

/** Which column a ciphertext belongs to: a value moved to another column no longer opens. */
export type Sealed =
  'email' | 'phone' | 'name' | 'typed' | 'text' | 'ip' | 'agent' | 'tracking' | 'webhook' | 'notice';
/** What a link may do; each token does one thing (RULES §7). */
export const signupPurposes = ['opt_in', 'guide', 'done', 'stop', 'me', 'refer'] as const;
export type Purpose = (typeof signupPurposes)[number] | 'leader' | 'data' | 'join';

/** A value that no key will ever open. */
export class BadSeal extends Error {}

/**
 * Encrypts what identifies a person and makes the keyed hashes by which a contact is found again (RULES §9).
 * Every stored value begins with its key's id, so several keys of each kind can be in use at once.
 */
export class Keyring {
  private readonly encryption: Map<string, Buffer>;
  private readonly lookups: Map<string, Buffer>;
  private readonly writing: Key;
  private readonly hashing: Key;

  constructor(encryption: Key[], lookups: Key[]) {
    this.encryption = new Map(encryption.map(({ id, key }) => [id, key]));
    this.lookups = new Map(lookups.map(({ id, key }) => [id, key]));
    this.writing = encryption[0]!;
    this.hashing = lookups[0]!;
  }

  /** AES-256-GCM, as `keyId:base64url(iv ‖ tag ‖ ciphertext)`. */
  seal(column: Sealed, text: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.writing.key, iv).setAAD(Buffer.from(column));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${this.writing.id}:${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** @throws BadSeal when the value was changed; Error when its key is unknown, which may come back */
  open(column: Sealed, sealed: string): string {
    const [id, body] = sealed.split(':');
    const key = this.encryption.get(id!);
    if (!key) throw new Error(`No encryption key "${id}": add it to ENCRYPTION_KEYS`);
    const bytes = Buffer.from(body!, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
        .setAAD(Buffer.from(column))
        .setAuthTag(bytes.subarray(12, 28));
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new BadSeal(`A sealed ${column} does not open: it was changed since it was written`);
    }
  }

  /** The hash that a new contact is stored under: `keyId:base64url`. `contact` is normalised (RULES §5). */
  contactKey(contact: string): string {
    return this.hash(this.hashing, `contact|${contact}`);
  }

  /** The hashes that a contact may be stored under, the current key's first. */
  contactKeys(contact: string): string[] {
    return [...this.lookups].map(([id, key]) => this.hash({ id, key }, `contact|${contact}`));
  }

  /** The hash that a tracking number is found again by, however its zeros and ones were read. */
  trackingKey(number: string): string {
    return this.hash(this.hashing, `tracking|${alikeTrackingNumber(number)}`);
  }

  /** The hashes that it may be stored under, the current key's first. */
  trackingKeys(number: string): string[] {
    return [...this.lookups].map(([id, key]) =>
      this.hash({ id, key }, `tracking|${alikeTrackingNumber(number)}`),
    );
  }

  /** Keyed hashes of a request that names a person, the current key's first: without the key no guess can be tried. */
  fingerprints(text: string): Buffer[] {
    return [...this.lookups.values()].map((key) =>
      createHmac('sha256', key).update(`request|${text}`).digest(),
    );
  }

  get tokenKey(): string {
    return this.hashing.id;
  }

  /**
   * A link's token: 22 characters, the same each time it is asked for, so that no message needs a write of its
   * own. Only its hash is stored.
   * @param subject a signup's id; for a leader's link `campaignId/coalitionId`
   */
  token(tokenKey: string, subject: string, purpose: Purpose): string {
    return this.derived(tokenKey, `token|${purpose}|${subject}`).subarray(0, 16).toString('base64url');
  }

  /** Six digits for whoever can only be reached by text; derived as a token is. */
  code(tokenKey: string, subject: string): string {
    const number = this.derived(tokenKey, `code|${subject}`).readUIntBE(0, 6) % 1_000_000;
    return String(number).padStart(6, '0');
  }

  /** What signs and seals for a library of its own: another for each purpose. The first writes, all of them read. */
  secrets(purpose: string): { version: number; value: string }[] {
    return [...this.lookups.keys()].map((id) => ({
      version: keyNumber(id),
      value: this.derived(id, `secret|${purpose}`).toString('base64url'),
    }));
  }

  private derived(tokenKey: string, text: string): Buffer {
    const key = this.lookups.get(tokenKey);
    if (!key) throw new Error(`No lookup key "${tokenKey}": add it to LOOKUP_KEYS`);
    return createHmac('sha256', key).update(text).digest();
  }

  private hash(key: { id: string; key: Uint8Array }, text: string): string {
    return `${key.id}:${createHmac('sha256', key.key).update(text).digest('base64url')}`;
  }
}

/** Stands for a key's id where a number must. */
export const keyNumber = (id: string) => createHash('sha256').update(id).digest().readUInt32BE();

/** A link's token that nothing is derived from: 128 random bits, 22 characters. */
export const newToken = () => randomBytes(16).toString('base64url');

/** What is stored of a token or an API key. */
export const tokenHash = (token: string) => createHash('sha256').update(token).digest();
