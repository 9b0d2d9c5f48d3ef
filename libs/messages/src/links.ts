import { wrong } from './message-problem.js';
import type { Wrong } from './message-problem.js';

/** Others' short links hide where they lead, and carriers filter texts that have them. */
const shorteners = new Set(
  (
    'adf.ly bit.do bit.ly bitly.com bl.ink buff.ly clck.ru cutt.ly dlvr.it dub.sh fb.me goo.gl is.gd j.mp lnkd.in mcaf.ee ow.ly ' +
    'qr.ae rb.gy rebrand.ly s.id short.gy short.io shorturl.at shorturl.com soo.gd t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com ' +
    'tr.im trib.al u.to urlz.fr v.gd wp.me x.co'
  ).split(' '),
);
const withScheme = /https?:\/\/[^\s<>"'`()[\]{}|]+/;
/** Phones and mail programs make links of these too. An address of a mailbox is none. */
const bare =
  /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|gov|edu|us|info|biz|io|co|ly|me|gl|gd|link|app|site|online|xyz|club|cc|at|ru)(?![\p{L}\p{N}@-])(?:\/[^\s<>"'()[\]{}|]*)?/u;
const addresses = new RegExp(`${withScheme.source}|${bare.source}`, 'giu');

/** What a phone or a mail program would make a link of, as written. */
export function linksIn(text: string): string[] {
  return [...new Set([...text.matchAll(addresses)].map(([link]) => link.replace(/[.,;:!?]+$/, '')))];
}

/** A link's host in lower case, as a browser reads it; null when it has none, or hides it behind a name and password. */
export function hostOf(link: string): string | null {
  const address = /^https?:/i.test(link) ? link : `https://${link}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.username || url.password ? null : url.hostname.replace(/\.$/, '');
}

/** @returns why a link may not be in a message, or null */
export function refusalOf(link: string, allowedHosts: readonly string[]): Wrong | null {
  const host = hostOf(link);
  if (!host) return wrong('link_unread', { link });
  const plain = withoutWww(host);
  if (shorteners.has(plain)) return wrong('link_short', { host });
  if (plain.endsWith('.gov') || allowedHosts.some((allowed) => withoutWww(allowed.toLowerCase()) === plain))
    return null;
  return wrong('link_elsewhere', { host });
}

const withoutWww = (host: string) => host.replace(/^www\./, '');
