import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toResource, type TextMessage } from './text-message.js';
import { readNewMessage, TwilioError, type NewMessage } from './new-message.js';

/** What the HTTP side needs of the phones behind it. */
export interface Texts {
  accountSid: string;
  authToken: string;
  /** oldest first */
  list(): TextMessage[];
  find(sid: string): TextMessage | undefined;
  /** Says how a new message is treated, before it is kept. */
  treat(message: NewMessage): Promise<Treatment>;
  accept(message: NewMessage, treatment: Treatment): Promise<TextMessage>;
  redact(sid: string): TextMessage;
}

/**
 * undefined accepts; a number accepts after so many milliseconds; `drop_after_accept` accepts and cuts the connection
 * unanswered; `html` answers a page of a proxy instead; `status` and `code` refuse; `undelivered` accepts, and the carrier
 * fails it with that code.
 */
export type Treatment =
  | undefined
  | number
  | 'drop_after_accept'
  | 'html'
  | { status: number; code: number; message: string }
  | { undelivered: number };

const pathOf = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages(?:\/([^/]+))?\.json$/;

/** Serves Twilio's Messages resource over these texts. Not listening yet. */
export function twilioApi(texts: Texts): Server {
  return createServer((request, response) => {
    answer(texts, request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      const known =
        error instanceof TwilioError
          ? error
          : new TwilioError(500, 20500, 'An internal server error has occurred');
      if (known.status === 401) response.setHeader('www-authenticate', 'Basic realm="Twilio API"');
      if (known.status === 429) response.setHeader('retry-after', '1');
      json(response, known.status, known.toBody());
    });
  });
}

async function answer(texts: Texts, request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const body = await read(request);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, account, sid] = pathOf.exec(url.pathname) ?? [];
  if (!mayEnter(texts, request)) throw new TwilioError(401, 20003, 'Authenticate');
  const missing = new TwilioError(404, 20404, `The requested resource ${url.pathname} was not found`);
  if (account !== texts.accountSid) throw missing;
  const found = sid ? texts.find(sid) : undefined;
  if (sid && !found) throw missing;

  if (request.method === 'POST' && !found) return create(texts, new URLSearchParams(body), request, response);
  if (request.method === 'POST' && found) {
    const form = new URLSearchParams(body);
    if (form.get('Body') !== '')
      throw new TwilioError(400, 20001, "Only an empty 'Body' can be set on a message.");
    return json(response, 200, toResource(texts.redact(found.sid), account));
  }
  if (request.method === 'GET') {
    return json(response, 200, found ? toResource(found, account) : page(texts, url));
  }
  throw new TwilioError(405, 20004, 'Method not allowed');
}

async function create(
  texts: Texts,
  form: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const message = readNewMessage(form);
  const treatment = await texts.treat(message);
  if (treatment === 'html') {
    response.writeHead(502, { 'content-type': 'text/html' });
    return response.end('<html><body><h1>502 Bad Gateway</h1></body></html>');
  }
  if (typeof treatment === 'object' && 'status' in treatment) {
    throw new TwilioError(treatment.status, treatment.code, treatment.message);
  }
  const kept = await texts.accept(message, treatment);
  const resource = toResource(kept, texts.accountSid);
  if (treatment === 'drop_after_accept') return request.socket.destroy();
  if (typeof treatment === 'number') await new Promise((resolve) => setTimeout(resolve, treatment));
  return json(response, 201, resource);
}

/** Newest first, as Twilio lists. */
function page(texts: Texts, url: URL): Record<string, unknown> {
  const query = url.searchParams;
  const size = Math.min(Math.max(Number(query.get('PageSize')) || 50, 1), 1000);
  const number = Math.max(Number(query.get('Page')) || 0, 0);
  const matching = texts.list().filter(matches(query)).reverse();
  const shown = matching.slice(number * size, (number + 1) * size);
  const uri = (of: number) => {
    const next = new URLSearchParams(query);
    next.set('PageSize', String(size));
    next.set('Page', String(of));
    return `${url.pathname}?${next.toString()}`;
  };
  return {
    first_page_uri: uri(0),
    end: number * size + Math.max(shown.length - 1, 0),
    previous_page_uri: number > 0 ? uri(number - 1) : null,
    messages: shown.map((text) => toResource(text, texts.accountSid)),
    uri: uri(number),
    page_size: size,
    start: number * size,
    next_page_uri: matching.length > (number + 1) * size ? uri(number + 1) : null,
    page: number,
  };
}

function matches(query: URLSearchParams): (text: TextMessage) => boolean {
  const to = query.get('To');
  const from = query.get('From');
  const day = query.get('DateSent');
  const after = instant(query.get('DateSent>'));
  const before = instant(query.get('DateSent<'));
  return (text) => {
    const sent = text.sentAt ?? text.createdAt;
    return (
      (!to || text.to === to) &&
      (!from || text.from === from) &&
      (!day || sent.startsWith(day.slice(0, 10))) &&
      (after === undefined || Date.parse(sent) >= after) &&
      (before === undefined || Date.parse(sent) <= before)
    );
  };
}

function instant(text: string | null): number | undefined {
  const time = text === null ? NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function mayEnter(texts: Texts, request: IncomingMessage): boolean {
  const wanted = `Basic ${Buffer.from(`${texts.accountSid}:${texts.authToken}`).toString('base64')}`;
  return timingSafeEqual(digest(wanted), digest(request.headers.authorization ?? ''));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    if (chunks.length > 1_000) throw new TwilioError(413, 20001, 'The request is too large.');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** @returns the port @throws Error when it is taken */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
