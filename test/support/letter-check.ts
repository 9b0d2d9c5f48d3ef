import { createHash, type KeyObject, verify } from 'node:crypto';
import { simpleParser } from 'mailparser';

/**
 * Reads messages as a stranger would, and says what is wrong with them. It imports nothing of the product, so that it can
 * disagree with it.
 */
export interface LetterRules {
  /** Where our pages are, `http://127.0.0.1:4000`. */
  ours: string;
  /** Hosts besides ours and .gov that a link may name. */
  hosts?: readonly string[];
  /** Contacts and names of people: in no address, in no form. */
  personal: readonly string[];
  /** What a lock screen must not say. */
  avoid?: readonly string[];
  /** Of the DKIM key; left out, a signature is not asked for. */
  publicKey?: KeyObject;
}

/** Beginnings of words that no lock screen may show, in both languages. */
export const avoid = [
  ...['peer', 'mental', 'recover', 'psych', 'addict', 'substance', 'sober', 'illness', 'disorder', 'diagnos'],
  ...[
    'therap',
    'patient',
    'recupera',
    'psiq',
    'psic',
    'adicc',
    'adict',
    'sobri',
    'trastorno',
    'terapia',
    'paciente',
  ],
];

type Field = { name: string; value: string; raw: string };

/** What is wrong with a raw message, a line each; empty when nothing is. */
export async function letterFaults(raw: Buffer, rules: LetterRules): Promise<string[]> {
  const faults: string[] = [];
  const must = (isSo: boolean, fault: string) => void (isSo || faults.push(fault));
  const source = raw.toString('latin1');
  const { fields, body } = split(source);
  const valuesOf = (name: string) => fields.filter((f) => f.name === name).map(({ value }) => value);
  const valueOf = (name: string) => valuesOf(name)[0] ?? '';

  must(!/\r(?!\n)|(?<!\r)\n/.test(source), 'a line does not end with CRLF');
  must(
    source.split('\r\n').every((line) => line.length <= 998),
    'a line is over 998 bytes',
  );
  must(/^[\t\r\n\x20-\x7e]*$/.test(source), 'a byte is neither printable ASCII nor white space');
  for (const name of [
    'from',
    'to',
    'subject',
    'date',
    'message-id',
    'reply-to',
    'mime-version',
    'content-type',
  ])
    must(valuesOf(name).length === 1, `${valuesOf(name).length} headers ${name}, not 1`);
  must(/^<[^\s<>@]+@[^\s<>@]+>$/.test(valueOf('message-id')), 'the Message-ID is not <left@right>');
  must(!Number.isNaN(Date.parse(valueOf('date'))), 'the Date cannot be read');
  must(/^auto-generated$/i.test(valueOf('auto-submitted')), 'Auto-Submitted is missing');

  const boundary = /^multipart\/alternative;.*boundary="?([^";]+)/i.exec(valueOf('content-type'))?.[1];
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => split(part.slice(2)))
    : [];
  const typeOf = (part: (typeof parts)[number] | undefined, name: string) =>
    part?.fields.find((field) => field.name === name)?.value.toLowerCase() ?? '';
  must(parts.length === 2, 'it is not multipart/alternative with two parts');
  must(
    /^text\/plain; *charset="?utf-8/.test(typeOf(parts[0], 'content-type')),
    'the first part is not UTF-8 text',
  );
  must(
    /^text\/html; *charset="?utf-8/.test(typeOf(parts[1], 'content-type')),
    'the second part is not UTF-8 HTML',
  );
  for (const part of parts)
    must(
      /^(quoted-printable|base64)$/.test(typeOf(part, 'content-transfer-encoding')),
      'a part is neither quoted-printable nor base64',
    );

  const mail = await simpleParser(raw, { skipTextToHtml: true, skipTextLinks: true, skipHtmlToText: true });
  const [text, html] = [mail.text ?? '', mail.html || ''];
  const subject = mail.subject ?? '';
  must(mail.from?.value.length === 1 && mail.from.value[0]!.name !== '', 'From is not one named address');
  must(mail.attachments.length === 0, 'there is an attachment');
  must(!/[\uFFFD]|Ã.|â€/.test(subject + text + html), 'a character was encoded twice, or lost');
  must(
    !/\{\{|\{%|\}\}|undefined|\[object|\bNaN\b|\bnull\b/.test(subject + text + html),
    'a field was not filled',
  );
  must(
    subject.trim() !== '' && [...subject].length <= 78,
    `the subject has ${[...subject].length} characters`,
  );

  const shown = seen(html);
  const written = words(text);
  const read = words(shown.text);
  const apart = written.findIndex((word, at) => word !== read[at]);
  must(
    written.join(' ') === read.join(' '),
    `the parts differ: text "${written.slice(Math.max(0, apart)).slice(0, 6).join(' ')}", HTML "${read.slice(Math.max(0, apart)).slice(0, 6).join(' ')}"`,
  );
  const inText = addressesIn(text);
  must(
    [...new Set(inText)].sort().join() === [...new Set(shown.links)].sort().join(),
    'the parts do not link to the same places',
  );
  must(
    words(/<title>([^<]*)/.exec(html)?.[1] ?? '').join() === words(subject).join(),
    'the title is not the subject',
  );

  const opening = `${mail.from?.text ?? ''} ${subject} ${text.slice(0, 100)}`.toLowerCase();
  const avoided = (rules.avoid ?? []).filter((word) => new RegExp(`\\b${word}`, 'iu').test(opening));
  must(avoided.length === 0, `a lock screen would show ${avoided.join(', ')}`);
  must(
    /^\p{L}[^\n]{9,}/u.test(text.replace(/^[¡¿]/, '')) && !/^[^\n]*https?:/.test(text),
    'the preview is not a sentence',
  );

  const language = valueOf('content-language');
  must(
    new RegExp(`<html[^>]* lang="${language || '-'}"`).test(html),
    'the page has not the language of the mail',
  );
  must(/<meta name="color-scheme" content="light dark">/.test(html), 'it says nothing of dark mode');
  must(/@media \(prefers-color-scheme: ?dark\)/.test(html), 'it has no dark colours');
  must(/<meta name="viewport" content="width=device-width/.test(html), 'it is not made for a phone');
  must(
    !/<(script|img|iframe|object|embed|form|input|link|video|audio|base|svg)\b|\son\w+=|javascript:|url\(|@import|\bsrc=|\bbackground=/i.test(
      html,
    ),
    'it runs, loads or asks for something',
  );

  const unsubscribe = valueOf('list-unsubscribe');
  const oneClick = /^<(https?:\/\/[^<>\s,]+)>$/.exec(unsubscribe)?.[1];
  must(
    valuesOf('list-unsubscribe').length === 1 && oneClick !== undefined,
    'List-Unsubscribe is not one address',
  );
  must(
    valuesOf('list-unsubscribe-post').join() === 'List-Unsubscribe=One-Click',
    'List-Unsubscribe-Post is not List-Unsubscribe=One-Click',
  );
  must(
    oneClick !== undefined && inText.includes(oneClick),
    'the way out in the words is another than in the header',
  );
  must(/\b[A-Z]{2} \d{5}\b/.test(text), 'there is no postal address');

  const addresses = [...inText, ...shown.links, ...(oneClick ? [oneClick] : [])];
  faults.push(...addressFaults(addresses, rules));
  const hidden = personalIn(
    fields
      .filter(({ name }) => name !== 'to' && name !== 'subject')
      .map(({ raw: line }) => line)
      .join('\n'),
    rules.personal,
  );
  must(hidden.length === 0, 'a header other than To and Subject names somebody');

  if (rules.publicKey) {
    faults.push(...dkimFaults(raw, rules.publicKey));
    const { h = '' } = tagsOf(valueOf('dkim-signature'));
    const listed = h.toLowerCase().split(/\s*:\s*/);
    for (const name of mustBeSigned) must(listed.includes(name), `${name} is not signed`);
    const domain = tagsOf(valueOf('dkim-signature'))['d'] ?? '-';
    const from = mail.from?.value[0]?.address?.split('@')[1] ?? '';
    must(from === domain || from.endsWith(`.${domain}`), 'the signature is not of the domain in From');
    for (const [what, tampered] of tamperings(source, oneClick ?? '-'))
      must(
        tampered !== source && dkimFaults(Buffer.from(tampered, 'latin1'), rules.publicKey).length > 0,
        `with another ${what} it verifies all the same`,
      );
  }
  return faults;
}

const mustBeSigned: readonly string[] = [
  ...['from', 'to', 'subject', 'date', 'message-id', 'reply-to', 'mime-version', 'content-type'],
  ...['list-unsubscribe', 'list-unsubscribe-post'],
];

function tamperings(source: string, oneClick: string): [string, string][] {
  const end = source.indexOf('\r\n\r\n') + 4;
  return [
    ['body', source.slice(0, end) + source.slice(end).replace(/e/, 'o')],
    ['subject', source.replace(/^(Subject: )/m, '$1x')],
    ['recipient', source.replace(/^(To: )/m, '$1other.')],
    ['way out', source.replace(`<${oneClick}>`, `<${oneClick}x>`)],
    ['From besides', `From: other@example.net\r\n${source}`],
  ];
}

/** What is wrong with a text message. @param first whether it is the first that the phone gets */
export function textFaults(
  text: string,
  rules: LetterRules & { first: boolean; language: string },
): string[] {
  const faults: string[] = [];
  const must = (isSo: boolean, fault: string) => void (isSo || faults.push(fault));
  const addresses = addressesIn(text);
  const { encoding, segments } = segmentsOf(text);
  must(!/[\p{Cc}\p{Cf}\p{Co}\uFFFD“”‘’…–—]/u.test(text), 'a character is not for texts');
  must(!/\{\{|\{%|\}\}|undefined|\[object|\bNaN\b|\bnull\b/.test(text), 'a field was not filled');
  must(rules.language !== 'en' || encoding === 'GSM-7', 'English needs UCS-2');
  must(segments <= 4, `it has ${segments} segments`);
  if (rules.first) {
    must(addresses.length === 0 && !/\bwww\.|\.(org|com|gov)\b/.test(text), 'the first text carries a link');
    must(/\bSTOP\b|\bALTO\b/.test(text), 'the first text does not say how to stop');
    must(/\bHELP\b|\bAYUDA\b/.test(text), 'the first text does not say how to get help');
    must(/\brates\b|\bcargos\b/.test(text), 'the first text does not say what it may cost');
  }
  const avoided = (rules.avoid ?? []).filter((word) =>
    new RegExp(`\\b${word}`, 'iu').test(text.slice(0, 60)),
  );
  must(avoided.length === 0, `a lock screen would show ${avoided.join(', ')}`);
  return [...faults, ...addressFaults(addresses, rules)];
}

function addressFaults(addresses: string[], { ours, hosts = [], personal }: LetterRules): string[] {
  return [...new Set(addresses)].flatMap((address) => {
    const { origin, hostname, protocol, username, search, hash } = new URL(address);
    const known =
      origin === ours || (protocol === 'https:' && (hosts.includes(hostname) || hostname.endsWith('.gov')));
    const masked = `${origin}/${new URL(address).pathname.split('/')[1]}/…`;
    return [
      ...(known ? [] : [`a link goes to ${origin}`]),
      ...(username || (origin === ours && (search || hash)) ? [`${masked} carries more than its path`] : []),
      ...(personalIn(address, personal).length > 0 ? [`${masked} names somebody`] : []),
    ];
  });
}

/**
 * Which of these people's contacts and names stand in a text: plain, in another case, digits alone, percent-encoded, in
 * base64, in hex, or as a hash that anybody could make.
 */
export function personalIn(text: string, personal: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return personal.filter((value) =>
    formsOf(value).some(({ form, exact }) =>
      exact ? text.includes(form) : lower.includes(form.toLowerCase()),
    ),
  );
}

const formsCache = new Map<string, { form: string; exact: boolean }[]>();
function formsOf(value: string) {
  const known = formsCache.get(value);
  if (known) return known;
  const digits = value.replace(/\D/g, '');
  const isPhone = /^\+\d+$/.test(value);
  const plain = [
    value,
    value.toLowerCase(),
    value.toUpperCase(),
    ...(isPhone ? [digits, digits.slice(-10)] : []),
  ];
  const forms = plain.flatMap((text) => {
    const bytes = Buffer.from(text);
    const hashes = ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update(text).digest());
    return [
      ...[
        text,
        encodeURIComponent(text),
        bytes.toString('hex'),
        ...hashes.map((hash) => hash.toString('hex')),
      ].map((form) => ({ form, exact: false })),
      ...[bytes, ...hashes]
        .flatMap((b) => [b.toString('base64').replace(/=+$/, ''), b.toString('base64url')])
        // The last letter stands for what follows, too.
        .map((form) => ({ form: form.slice(0, -1), exact: true })),
    ];
  });
  formsCache.set(value, forms);
  return forms;
}

/** What is wrong with a message's DKIM signature, verified by hand (RFC 6376), rsa-sha256 and relaxed/relaxed only. */
export function dkimFaults(raw: Buffer, publicKey: KeyObject): string[] {
  const { fields, body } = split(raw.toString('latin1'));
  const signatures = fields.filter(({ name }) => name === 'dkim-signature');
  if (signatures.length !== 1) return [`${signatures.length} DKIM signatures, not 1`];
  const [signature] = signatures;
  const tags = tagsOf(signature!.value);
  const listed = (tags['h'] ?? '')
    .toLowerCase()
    .split(':')
    .map((name) => name.trim());
  if (
    tags['v'] !== '1' ||
    tags['a'] !== 'rsa-sha256' ||
    tags['c'] !== 'relaxed/relaxed' ||
    tags['l'] !== undefined
  )
    return ['the DKIM signature is of another sort'];
  if (!listed.includes('from')) return ['From is not signed'];

  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  const hash = createHash('sha256')
    .update(lines.map((line) => `${line}\r\n`).join(''), 'latin1')
    .digest('base64');
  if (hash !== tags['bh']?.replace(/\s/g, '')) return ['DKIM: the body was changed'];

  const relaxed = ({ name, raw: line }: Field) =>
    `${name}:${line
      .slice(line.indexOf(':') + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .replace(/^ | $/g, '')}`;
  const left = [...fields];
  const signed = listed.flatMap((name) => {
    const at = left.findLastIndex((field) => field.name === name);
    return at < 0 ? [] : left.splice(at, 1).map(relaxed);
  });
  const bare = relaxed({ ...signature!, raw: signature!.raw.replace(/([;\s]b=)[^;]*/, '$1') });
  const data = Buffer.from([...signed, bare].join('\r\n'), 'latin1');
  const proof = Buffer.from(tags['b']?.replace(/\s/g, '') ?? '', 'base64');
  return verify('sha256', data, publicKey, proof) ? [] : ['DKIM: a signed header was changed'];
}

const tagsOf = (value: string): Record<string, string> =>
  Object.fromEntries(
    value
      .split(';')
      .filter((tag) => tag.includes('='))
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).trim()]),
  );

/** Header fields as they came, and unfolded; and what follows the empty line. */
function split(source: string): { fields: Field[]; body: string } {
  const end = source.indexOf('\r\n\r\n');
  const head = end < 0 ? source : source.slice(0, end);
  const fields = head.split(/\r\n(?![ \t])/).map((raw) => {
    const colon = raw.indexOf(':');
    const value = raw
      .slice(colon + 1)
      .replace(/\r\n[ \t]+/g, ' ')
      .trim();
    return { name: raw.slice(0, colon).trim().toLowerCase(), value, raw };
  });
  return { fields, body: end < 0 ? '' : source.slice(end + 4) };
}

/** What a reader of the HTML sees, and where its links go. */
function seen(html: string): { text: string; links: string[] } {
  const page = html.slice(Math.max(0, html.search(/<body/i)));
  const links = [...page.matchAll(/<a\b[^>]*\shref="([^"]*)"/gi)].map(([, href]) => plain(href!));
  const inline = /^<\/?(a|strong|em|b|i|span|code)\b/i;
  return { text: plain(page.replace(/<[^>]*>/g, (tag) => (inline.test(tag) ? '' : ' '))), links };
}

const plain = (html: string) =>
  html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(
      /&(lt|gt|quot|nbsp|apos);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" })[name]!,
    )
    .replaceAll('&amp;', '&');

const addressesIn = (text: string): string[] => text.match(/https?:\/\/[^\s<>"']*[\w/]/g) ?? [];

/** Letters and digits in their order, without addresses and the marks of lists. */
const words = (text: string) =>
  text
    .replace(/https?:\/\/[^\s<>"']*[\w/]/g, ' ')
    .replace(/^ *\d+\. /gm, '')
    .normalize()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** What a carrier makes of a text (3GPP TS 23.038), counted unit by unit. */
export function segmentsOf(text: string): { encoding: 'GSM-7' | 'UCS-2'; segments: number } {
  const isBasic = (char: string) =>
    /^[A-Za-z0-9 \n\r@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]$/u.test(char);
  const isExtended = (char: string) => /^[\^{}\\[~\]|€\f]$/u.test(char);
  const chars = [...text];
  const gsm = chars.every((char) => isBasic(char) || isExtended(char));
  const sizes = chars.map((char) => (gsm ? (isExtended(char) ? 2 : 1) : char.length));
  const [one, many] = gsm ? [160, 153] : [70, 67];
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  if (sizes.reduce((sum, size) => sum + size, 0) <= one) return { encoding, segments: 1 };
  let [segments, room] = [1, many];
  for (const size of sizes) {
    if (size > room) [segments, room] = [segments + 1, many];
    room -= size;
  }
  return { encoding, segments };
}
