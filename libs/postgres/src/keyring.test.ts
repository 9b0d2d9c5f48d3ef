import { Keyring, newToken, type Sealed } from './keyring.js';

const aKey = (id: string, fill: string) => ({ id, key: Buffer.alloc(32, fill) });
const [k1, k2, l1, l2] = [aKey('k1', 'a'), aKey('k2', 'b'), aKey('l1', 'c'), aKey('l2', 'd')];
const columns: Sealed[] = ['email', 'phone', 'name', 'typed', 'text', 'ip', 'agent', 'tracking', 'webhook'];

describe('a sealed value', () => {
  it('opens in its own column and in no other', () => {
    const keys = new Keyring([k1], [l1]);
    for (const column of columns) {
      const sealed = keys.seal(column, 'Ana 🌻');
      expect(keys.open(column, sealed)).toBe('Ana 🌻');
      for (const other of columns.filter((name) => name !== column))
        expect(() => keys.open(other, sealed)).toThrow();
    }
  });

  it('is never the same twice, so that equal contacts cannot be told', () => {
    const keys = new Keyring([k1], [l1]);
    expect(keys.seal('email', 'ana@example.org')).not.toBe(keys.seal('email', 'ana@example.org'));
  });

  it('does not open when a single character was changed or cut off', () => {
    const keys = new Keyring([k1], [l1]);
    const sealed = keys.seal('email', 'ana@example.org');
    const [id, body] = sealed.split(':') as [string, string];
    for (const place of [0, 12, 20, 30, body.length - 2]) {
      const changed = body.slice(0, place) + (body[place] === 'A' ? 'B' : 'A') + body.slice(place + 1);
      expect(() => keys.open('email', `${id}:${changed}`)).toThrow();
    }
    expect(() => keys.open('email', sealed.slice(0, -8))).toThrow();
    expect(() => keys.open('email', `${id}:${body.slice(0, 20)}`)).toThrow();
  });

  it('is written with the first key and read with any', () => {
    const old = new Keyring([k1], [l1]).seal('name', 'Ana');
    const rotated = new Keyring([k2, k1], [l1]);
    expect(rotated.open('name', old)).toBe('Ana');
    expect(rotated.seal('name', 'Ana')).toMatch(/^k2:/);
  });

  it('whose key is gone says which, and nothing of itself', () => {
    const sealed = new Keyring([k1], [l1]).seal('name', 'Ana');
    expect(() => new Keyring([k2], [l1]).open('name', sealed)).toThrow(
      'No encryption key "k1": add it to ENCRYPTION_KEYS',
    );
  });
});

describe('a look-up hash', () => {
  it('is made with the first key and looked for with all, the current one first', () => {
    const rotated = new Keyring([k1], [l2, l1]);
    expect(rotated.contactKey('ana@example.org')).toMatch(/^l2:/);
    expect(rotated.contactKeys('ana@example.org')).toEqual([
      rotated.contactKey('ana@example.org'),
      new Keyring([k1], [l1]).contactKey('ana@example.org'),
    ]);
  });

  it('is not a token, nor a request’s hash, though the key is one', () => {
    const keys = new Keyring([k1], [l1]);
    const contact = Buffer.from(keys.contactKey('x').split(':')[1]!, 'base64url');
    expect(keys.fingerprints('x')[0]!.equals(contact)).toBe(false);
    expect(contact.toString('base64url')).not.toContain(keys.token('l1', 'x', 'done'));
  });
});

describe('a token', () => {
  it('has 22 characters, its own for each purpose and person, and outlives a rotation', () => {
    const keys = new Keyring([k1], [l1]);
    const token = keys.token('l1', 'ana', 'done');
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(
      new Set([token, keys.token('l1', 'ana', 'stop'), keys.token('l1', 'leo', 'done'), newToken()]).size,
    ).toBe(4);
    expect(new Keyring([k2, k1], [l2, l1]).token('l1', 'ana', 'done')).toBe(token);
    expect(() => new Keyring([k2], [l2]).token('l1', 'ana', 'done')).toThrow('No lookup key "l1"');
  });
});
