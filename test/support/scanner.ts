import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Who looks at mail before its reader does, or besides: each asks in its own way, and all of them only look. */
export const scanners: Record<string, Record<string, string>> = {
  'a browser': { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1' },
  'Outlook SafeLinks': {
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/124.0 Safari/537.36 SafeLinks/1.0',
    'x-ms-safelinks': 'scan',
  },
  Proofpoint: {
    'user-agent': 'Mozilla/5.0 (compatible; Proofpoint URL Defense)',
    from: 'scan@proofpoint.example',
  },
  GoogleImageProxy: { 'user-agent': 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)', accept: 'image/*,*/*' },
  'a prefetcher': {
    'user-agent': 'Mozilla/5.0 Chrome/130.0',
    purpose: 'prefetch',
    'sec-purpose': 'prefetch;prerender',
  },
  'a preview of links': { 'user-agent': 'WhatsApp/2.24 A', range: 'bytes=0-65535' },
};

const atOnce = 8;

export type Look = { method: 'GET' | 'HEAD'; url: string; status: number; html: string };

/** Every path that the router answers to a GET, whoever put it there: `/done/:token`. */
export function pathsOf(api: NestFastifyApplication): string[] {
  const above: string[] = [];
  const tree = api.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S*)(?: \(([^)]+)\))?/.exec(line) ?? [];
    if (part === '' && methods === '') return [];
    above[indent.length / 4] = part;
    const path = above.slice(0, indent.length / 4 + 1).join('');
    return methods.split(', ').includes('GET') ? [path] : [];
  });
}

/**
 * Every address that a path can make of these values: each value in each place of its name.
 * @throws Error naming a path that has a place nobody knows a value for
 */
export function addressesOf(path: string, values: Record<string, readonly string[]>): string[] {
  const name = /:(\w+)(?:\([^)]*\))?/.exec(path);
  if (!name) return [path];
  const known = values[name[1]!];
  if (!known)
    throw new Error(
      `GET ${path} has a new place, :${name[1]}. Say in looking-is-not-doing.test.ts what goes there.`,
    );
  return known.flatMap((value) => addressesOf(path.replace(name[0], value), values));
}

/** Looks at addresses, and follows every link to the same host, each once. It presses nothing. */
export class Scanner {
  readonly looks: Look[] = [];
  private readonly seen = new Set<string>();
  private made = 0;

  constructor(
    private readonly host: string,
    private readonly headers: Record<string, string>,
  ) {}

  async walk(addresses: Iterable<string>): Promise<void> {
    const ahead = [...addresses];
    while (ahead.length > 0) {
      const found = await Promise.all(ahead.splice(0, atOnce).map((url) => this.visit(url)));
      ahead.push(...found.flat());
    }
  }

  /** @returns what the page links to */
  private async visit(url: string): Promise<string[]> {
    const address = new URL(url, this.host);
    address.hash = '';
    if (address.origin !== this.host || this.seen.has(address.href)) return [];
    this.seen.add(address.href);
    await this.look('HEAD', address.href);
    const { html, location } = await this.look('GET', address.href);
    return [...linksOf(html, address.href), ...(location ? [new URL(location, address).href] : [])];
  }

  private async look(
    method: 'GET' | 'HEAD',
    url: string,
  ): Promise<{ html: string; location: string | null }> {
    // Scanners come from many networks at once: none of them meets the limit for guessed links.
    const from = `10.${(++this.made >> 16) & 255}.${(this.made >> 8) & 255}.${this.made & 255}`;
    const headers = { ...this.headers, 'x-forwarded-for': from };
    const answer = await fetch(url, { method, headers, redirect: 'manual' });
    const body = await answer.text();
    const html = /html/.test(answer.headers.get('content-type') ?? '') ? body : '';
    this.looks.push({ method, url, status: answer.status, html });
    return { html, location: answer.headers.get('location') };
  }
}

/** Whatever stands in a page as an address to fetch: links, files, forms that ask by GET, reloads. */
function linksOf(html: string, base: string): string[] {
  const written = [
    ...html.matchAll(/\s(?:href|src|srcset|poster|data-[\w-]*(?:url|href|src))="([^"]+)"/g),
    ...html.matchAll(/<form(?![^>]*method="post")[^>]*\saction="([^"]+)"/gi),
    ...html.matchAll(/http-equiv="refresh"[^>]*url=([^"]+)"/gi),
  ].map(([, address]) => address!.replaceAll('&amp;', '&'));
  return written
    .filter((address) => URL.canParse(address, base))
    .map((address) => new URL(address, base).href);
}
