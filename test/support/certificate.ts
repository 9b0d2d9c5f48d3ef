import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A certificate of a new RSA key, signed by itself (RFC 5280), as a provider's would be fetched. */
export function aCertificate({
  from = new Date(Date.now() - 86_400_000),
  to = new Date(Date.now() + 86_400_000),
} = {}): { pem: string; key: KeyObject } {
  const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const name = sequence(der(0x31, sequence(object(0x55, 0x04, 0x03), der(0x0c, Buffer.from('sns.example')))));
  const sha256WithRsa = sequence(object(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), der(0x05));
  const body = sequence(
    der(0x02, Buffer.from([1])),
    sha256WithRsa,
    name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
  );
  const signature = createSign('RSA-SHA256').update(body).sign(key);
  const whole = sequence(body, sha256WithRsa, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return { pem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'), key };
}

/** A value of ASN.1 in its distinguished encoding. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const object = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const time = (moment: Date) =>
  der(0x17, Buffer.from(`${moment.toISOString().replace(/\..*/, '').replace(/[-:T]/g, '').slice(2)}Z`));
