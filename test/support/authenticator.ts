import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/**
 * The code that an app shows for this secret (RFC 6238).
 * @param step how many half minutes from now; 0 and 1 are taken for another half minute at least
 */
export function codeOf(secret: string, step = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter));
  const all = bits.map((five) => five.toString(2).padStart(5, '0')).join('');
  return Buffer.from((all.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

type Question = { challenge: string };
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();

/** A passkey without a device around it (WebAuthn, level 3, 6 and 7): it answers as a browser would. */
export class SoftPasskey {
  private readonly id = randomBytes(16);
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private uses = 0;

  /** @param knows whether the device checks who holds it */
  constructor(
    private readonly origin: string,
    private readonly knows = true,
  ) {}

  /** What it answers when it is made. */
  made({ challenge }: Question) {
    const { x, y } = this.pair.publicKey.export({ format: 'jwk' });
    const key = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x!, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y!, 'base64url'),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const data = Buffer.concat([this.head(0x40), Buffer.alloc(16), length, this.id, key]);
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
      Buffer.from([0x58, data.length]),
      data,
    ]);
    return this.answer({
      clientDataJSON: this.client('webauthn.create', challenge).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** What it answers when it is used. */
  used({ challenge }: Question) {
    this.uses++;
    const client = this.client('webauthn.get', challenge);
    const data = this.head(0);
    return this.answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', Buffer.concat([data, sha256(client)]), this.pair.privateKey).toString(
        'base64url',
      ),
    });
  }

  private head(more: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.uses);
    const flags = 0x01 | (this.knows ? 0x04 : 0) | more;
    return Buffer.concat([sha256(new URL(this.origin).hostname), Buffer.from([flags]), counter]);
  }

  private client(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  private answer<Response>(response: Response) {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const, response, clientExtensionResults: {} };
  }
}
