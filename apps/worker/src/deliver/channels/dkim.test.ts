import { generateKeyPairSync } from 'node:crypto';
import DKIM from 'nodemailer/lib/dkim';
import { dkimFaults } from '../../../../../test/support/letter-check.js';
import { Dkim, type TxtOf } from './dkim.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const dkim = new Dkim({ domain: 'example.org', selector: 's1', privateKey });
const published = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

const letter = (body: string, more = '') =>
  Buffer.from(
    `From: Many Hands\t<reminders@example.org>\r\nTo: sam@example.net\r\nSubject: due\r\n  on  Monday \r\n${more}Date: Mon, 1 Mar 2027 17:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}`,
    'latin1',
  );

describe('a signature', () => {
  it.each([
    ['words', 'one\r\ntwo\r\n'],
    ['spaces in a row and at the ends of lines', 'a  b \t\r\n \r\n\tc\r\n'],
    ['empty lines at its end', 'a\r\n\r\n\r\n'],
    ['no line break at its end', 'a\r\nb '],
    ['nothing', ''],
    ['nothing but empty lines', '\r\n\r\n'],
    ['bytes above 127', 'caf\xc3\xa9\r\n'],
  ])('verifies over a body with %s, as one by nodemailer does', async (_, body) => {
    const raw = letter(body, 'Reply-To: hello@example.org\r\n');
    expect(dkimFaults(await dkim.sign(raw), publicKey)).toEqual([]);
    const theirs = new DKIM({
      domainName: 'example.org',
      keySelector: 's1',
      privateKey: privateKey,
    });
    const parts: Buffer[] = [];
    for await (const part of theirs.sign(raw)) parts.push(part as Buffer);
    expect(dkimFaults(Buffer.concat(parts), publicKey)).toEqual([]);
  });

  it.each([
    ['a word of the body is another', (text: string) => text.replace('one', 'two')],
    ['the subject is another', (text: string) => text.replace('due', 'paid')],
    ['somebody adds a second From', (text: string) => `From: other@example.net\r\n${text}`],
    ['somebody adds a way to reply', (text: string) => `Reply-To: other@example.net\r\n${text}`],
    ['the unsubscribe address is another', (text: string) => text.replace('/stop/A', '/stop/B')],
    ['the one-click header is gone', (text: string) => text.replace(/List-Unsubscribe-Post.*\r\n/, '')],
  ])('does not verify when %s', async (_, tamper) => {
    const more =
      'List-Unsubscribe: <https://example.org/stop/A>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n';
    const signed = (await dkim.sign(letter('one\r\n', more))).toString('latin1');
    expect(dkimFaults(Buffer.from(signed, 'latin1'), publicKey)).toEqual([]);
    expect(dkimFaults(Buffer.from(tamper(signed), 'latin1'), publicKey)).not.toEqual([]);
  });

  it('has no line over 78 bytes', async () => {
    const [head] = (await dkim.sign(letter('one\r\n'))).toString('latin1').split('\r\nFrom:');
    for (const line of head!.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });
});

describe('at boot', () => {
  it('a key is tried on a mail', () => expect(dkim.test()).resolves.toBeUndefined());

  const name = 's1._domainkey.example.org';
  const record = `Publish this TXT record at ${name}: v=DKIM1; k=rsa; p=${published}`;
  const refused =
    (code: string): TxtOf =>
    () =>
      Promise.reject(Object.assign(new Error(code), { code }));
  const answers =
    (...records: string[][]): TxtOf =>
    (asked) =>
      asked === name ? Promise.resolve(records) : refused('ENOTFOUND')(asked);
  const key = ['v=DKIM1; k=rsa; p=', published.slice(0, 200), ` ${published.slice(200)}`];

  it.each<[string, string, TxtOf, string[]]>([
    ['the key is published', 'a@example.org', answers(['v=spf1 -all'], key), []],
    ['mail comes from below the domain', 'a@mail.Example.org', answers(key), []],
    [
      'mail comes from elsewhere',
      'a@badexample.org',
      answers(key),
      [
        'MAIL_FROM is at badexample.org, which is not example.org (DKIM_DOMAIN) or below it: DMARC will not count it.',
      ],
    ],
    [
      'nothing is published',
      'a@example.org',
      refused('ENODATA'),
      [`The DKIM key is not published. ${record}`],
    ],
    [
      'another key is published, or this one was taken back',
      'a@example.org',
      answers(['v=DKIM1; p=']),
      [`Another DKIM key is published than the one in DKIM_PRIVATE_KEY. ${record}`],
    ],
    ['no name server answers', 'a@example.org', refused('ETIMEOUT'), []],
  ])('warns of what keeps receivers from trusting it: %s', async (_, mailFrom, txtOf, doubts) => {
    expect(await dkim.doubts(mailFrom, txtOf)).toEqual(doubts);
  });
});
