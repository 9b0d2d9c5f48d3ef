import { createVerify, X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '../problems/problem.js';
import { refused } from './hook.js';

/** An SNS message over HTTP (Amazon SNS, "Parsing message formats"). */
export type SnsMessage = {
  Type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  MessageId: string;
  TopicArn: string;
  Message: string;
  Timestamp: string;
  SignatureVersion: '1' | '2';
  Signature: string;
  SigningCertURL: string;
  Subject?: string | undefined;
  Token?: string | undefined;
  SubscribeURL?: string | undefined;
};

const signed: Record<SnsMessage['Type'], (keyof SnsMessage)[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};
const timeOut = 3_000;
const mostCertificates = 20;
const mostText = 64 * 1024;

/** Amazon's own word that a message is from SNS: RSA with SHA-1 (version 1) or SHA-256 (version 2). */
@Injectable()
export class Sns {
  /** Asks Amazon. Called with addresses of `sns.<region>.amazonaws.com` alone, whatever is put in its place. */
  fetch: (url: string) => Promise<string> = fetchText;
  private readonly certificates = new Map<string, X509Certificate>();

  /** @throws Problem 403 when the signature is not Amazon's, 503 when Amazon doesn't answer */
  async verify(message: SnsMessage): Promise<void> {
    const certificate = await this.certificate(message);
    const now = Date.now();
    if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo))
      throw refused('The certificate of the signature has run out.');
    const text = signed[message.Type]
      .filter((field) => message[field] !== undefined)
      .map((field) => `${field}\n${message[field]}\n`)
      .join('');
    const verify = createVerify(message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text);
    if (!verify.verify(certificate.publicKey, message.Signature, 'base64'))
      throw refused('The signature does not match what SNS is said to have sent.');
  }

  /** Answers Amazon's question whether we want a topic's messages. */
  async subscribe(message: SnsMessage): Promise<void> {
    const url = pinned(message.SubscribeURL, message.TopicArn);
    if (!url) throw refused('The subscription is not confirmed at an address of SNS.');
    await this.ask(url.href);
  }

  private async certificate({ SigningCertURL, TopicArn }: SnsMessage): Promise<X509Certificate> {
    const url = pinned(SigningCertURL, TopicArn);
    if (!url || !/^\/[\w.-]+\.pem$/.test(url.pathname) || url.search !== '')
      throw refused('The certificate of the signature is not at an address of SNS.');
    const known = this.certificates.get(url.href);
    if (known) return known;
    const text = await this.ask(url.href);
    try {
      const certificate = new X509Certificate(text);
      if (this.certificates.size >= mostCertificates) this.certificates.clear();
      this.certificates.set(url.href, certificate);
      return certificate;
    } catch {
      throw refused('What lies at the address of the certificate is none.');
    }
  }

  private async ask(url: string): Promise<string> {
    try {
      return await this.fetch(url);
    } catch {
      throw new Problem(503, 'sns_away', 'Amazon SNS did not answer in time. Send the message again.');
    }
  }
}

/** The address, if it is https at SNS itself in the topic's own region; null for every other. */
function pinned(address: string | undefined, topicArn: string): URL | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  const [, partition, , region] = topicArn.split(':');
  const host = `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return plain && url.hostname === host ? url : null;
}

async function fetchText(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeOut) });
  if (!answer.ok) throw new Error(`SNS answered ${answer.status}`);
  const text = await answer.text();
  if (text.length > mostText) throw new Error('SNS answered with too much');
  return text;
}
