import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { promisify } from 'node:util';

export interface DkimOptions {
  domain: string;
  selector: string;
  /** RSA. */
  privateKey: KeyObject;
}

/** Looks up the TXT records of a name, as `dns.promises.resolveTxt`. */
export type TxtOf = (name: string) => Promise<string[][]>;

/**
 * Each is listed once more than it occurs, so that nobody on the way can add a second one (RFC 6376, 5.4.2). RFC 8058 wants
 * both of the unsubscribe headers among them.
 */
export const signedHeaders = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'mime-version',
  'content-type',
  'auto-submitted',
  'list-unsubscribe',
  'list-unsubscribe-post',
];

const signLater = promisify(sign);
const dnsPatience = 3_000;

/**
 * DKIM signatures: rsa-sha256, relaxed/relaxed (RFC 6376). On the thread pool, where nodemailer's own would hold up
 * everything else, and a failure is an error, where nodemailer's sends the mail unsigned.
 */
export class Dkim {
  private readonly publicKey: KeyObject;

  constructor(private readonly options: DkimOptions) {
    this.publicKey = createPublicKey(options.privateKey);
  }

  /** @param raw a whole message with CRLF lines. @returns it with one header more, before all others */
  async sign(raw: Buffer): Promise<Buffer> {
    const { header, input } = this.unsigned(raw);
    const signature = (await signLater('sha256', input, this.options.privateKey)).toString('base64');
    return Buffer.concat([Buffer.from(`${header}${folded(signature)}\r\n`, 'latin1'), raw]);
  }

  /** @throws Error when a message that it signs does not verify with the public half of its key */
  async test(): Promise<void> {
    const sample = Buffer.from(
      'From: a@example.org\r\nSubject: sample\r\nMIME-Version: 1.0\r\n\r\nWords  here \r\n\r\n',
      'latin1',
    );
    const signed = (await this.sign(sample)).toString('latin1');
    const signature = signed.slice(signed.indexOf('\r\n b=') + 5, signed.indexOf('\r\nFrom:'));
    const { input } = this.unsigned(sample);
    if (!verify('sha256', input, this.publicKey, Buffer.from(signature, 'base64')))
      throw new Error('Mail cannot be signed: DKIM_PRIVATE_KEY fails its own test. Make a new key.');
  }

  /**
   * What is likely to keep receivers from trusting the signature, a sentence each. A name server that does not answer says
   * nothing.
   * @param mailFrom the address in From
   */
  async doubts(mailFrom: string, txtOf: TxtOf = resolveTxt): Promise<string[]> {
    const { domain, selector } = this.options;
    const from = mailFrom.slice(mailFrom.lastIndexOf('@') + 1).toLowerCase();
    const aligned = from === domain || from.endsWith(`.${domain}`);
    const name = `${selector}._domainkey.${domain}`;
    const key = this.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const advice = `Publish this TXT record at ${name}: v=DKIM1; k=rsa; p=${key}`;
    const published = await publishedAt(name, txtOf);
    return [
      ...(aligned
        ? []
        : [
            `MAIL_FROM is at ${from}, which is not ${domain} (DKIM_DOMAIN) or below it: DMARC will not count it.`,
          ]),
      ...(published?.length === 0 ? [`The DKIM key is not published. ${advice}`] : []),
      ...(published?.length && !published.includes(key)
        ? [`Another DKIM key is published than the one in DKIM_PRIVATE_KEY. ${advice}`]
        : []),
    ];
  }

  /** The header up to the signature that goes behind it, and the bytes to sign (RFC 6376, 3.7). */
  private unsigned(raw: Buffer): { header: string; input: Buffer } {
    const text = raw.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
    const names = fields.map((field) => field.slice(0, field.indexOf(':')).trim().toLowerCase());
    const signed = signedHeaders.flatMap((name) => fields.filter((_, at) => names[at] === name).reverse());
    const listed = signedHeaders.flatMap((name) =>
      Array<string>(names.filter((n) => n === name).length + 1).fill(name),
    );
    const hash = createHash('sha256')
      .update(relaxedBody(text.slice(end + 4)), 'latin1')
      .digest('base64');
    const { domain, selector } = this.options;
    const header = [
      `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain};`,
      `s=${selector};`,
      `bh=${hash};`,
      `h=${listed.join(':').replace(/(.{1,70}:)(?=.)/g, '$1\r\n ')};`,
      'b=',
    ].join('\r\n ');
    const input = [...signed, header].map(relaxedField).join('\r\n');
    return { header, input: Buffer.from(input, 'latin1') };
  }
}

const folded = (base64: string) => base64.replace(/.{72}(?=.)/g, '$&\r\n ');

function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field.slice(colon + 1).replaceAll('\r\n', '');
  return `${field.slice(0, colon).trim().toLowerCase()}:${value.replace(/[ \t]+/g, ' ').trim()}`;
}

function relaxedBody(body: string): string {
  const lines = body.replace(/[ \t]+/g, ' ').replace(/ (?=\r\n|$)/g, '');
  const words = lines.replace(/(?:\r\n)+$/, '');
  return words === '' ? '' : `${words}\r\n`;
}

/** The keys that the name has; undefined when no name server answers. */
async function publishedAt(name: string, txtOf: TxtOf): Promise<string[] | undefined> {
  try {
    return (await txtOf(name)).flatMap((parts) => {
      const key = /(?:^|;)\s*p=([^;]*)/.exec(parts.join(''))?.[1];
      return key === undefined ? [] : [key.replace(/\s/g, '')];
    });
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : undefined;
  }
}

const resolveTxt: TxtOf = (name) => new Resolver({ timeout: dnsPatience, tries: 1 }).resolveTxt(name);
