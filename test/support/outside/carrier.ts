import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import twilio from 'twilio';
import { Journal, listen, now, read, serveControl } from './journal.js';
import { seeded } from './seeded.js';

/**
 * Twilio's Messages API as far as a sender uses it, and a line for each text that it accepted:
 * `{ at, sid, to, body, validityPeriod, callback, answered }`. `at` is when the request was here, in milliseconds since 1970; the
 * line is written when its answer goes out, or when it is certain that none will. Started by `startCarrier()`.
 */
export interface CarrierRules {
  /** Wait so long with the 201. */
  answerAfterMs: number;
  /** Hold every 201 until this is off again. */
  hold: boolean;
  /** For this share of the texts, drawn from the seed, accept and cut the connection. */
  dropBefore200: number;
  /** 429 to everybody for now. */
  tooMany: boolean;
  /** A proxy's page with 502 instead of an answer; nothing is accepted. */
  html: boolean;
  /** Let requests vanish: nothing is accepted, nothing answered. */
  lose: boolean;
  /** Accept, and answer 200 with words that mean nothing. */
  nonsense: boolean;
  /** The error code that these numbers are refused with. */
  refuse: Record<string, number>;
  /** What accepted texts' callbacks say, in this order; forged ones are signed with another token. */
  callbacks: { status: string; errorCode?: number; forged?: boolean }[];
  /** Milliseconds between a text and its first callback, and between callbacks. */
  callbackAfterMs: number;
}

type Text = {
  sid: string;
  to: string;
  body: string;
  at: number;
  status: string;
  service: string | null;
  callback: string | null;
};

const accountSid = process.env['OUTSIDE_ACCOUNT_SID']!;
const authToken = process.env['OUTSIDE_AUTH_TOKEN']!;
const rules: CarrierRules = {
  answerAfterMs: 0,
  hold: false,
  dropBefore200: 0,
  tooMany: false,
  html: false,
  lose: false,
  nonsense: false,
  refuse: {},
  callbacks: [],
  callbackAfterMs: 20,
  ...(JSON.parse(process.env['OUTSIDE_RULES'] ?? '{}') as Partial<CarrierRules>),
};
const journal = new Journal(process.env['OUTSIDE_LOG']!);
const refusals = new Journal(`${journal.name}.refusals`);
const callbacks = new Journal(`${journal.name}.callbacks`);
const random = seeded(Number(process.env['OUTSIDE_SEED'] ?? 1));
const count = {
  requests: 0,
  listed: 0,
  messages: 0,
  answered: 0,
  held: 0,
  refused: 0,
  lost: 0,
  callbacks: 0,
};
const texts = new Map<string, Text>();
const byNumber = new Map<string, Text[]>();
const held = new Set<() => void>();
const messages = `/2010-04-01/Accounts/${accountSid}/Messages`;
const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  count.requests++;
  const body = await read(request);
  const url = new URL(request.url ?? '/', 'http://carrier.example');
  if (request.headers.authorization !== credentials) return refuse(response, 401, 20003);
  if (url.pathname === `${messages}.json`) {
    if (request.method === 'POST') return create(new URLSearchParams(body), request, response);
    count.listed++;
    return json(response, 200, page(url));
  }
  const sid = url.pathname.slice(messages.length + 1, -'.json'.length);
  const text = url.pathname.startsWith(`${messages}/`) ? texts.get(sid) : undefined;
  if (!text) return refuse(response, 404, 20404);
  json(response, 200, resource(text));
}

function create(form: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
  const to = form.get('To') ?? '';
  if (rules.lose) return void count.lost++;
  if (rules.html) {
    count.refused++;
    response.writeHead(502, { 'content-type': 'text/html' });
    return void response.end('<html><body><h1>502 Bad Gateway</h1></body></html>');
  }
  if (rules.tooMany) return refuse(response, 429, 20429, to);
  if (rules.refuse[to]) return refuse(response, 400, rules.refuse[to], to);
  const text: Text = {
    sid: `SM${randomBytes(16).toString('hex')}`,
    to,
    body: form.get('Body') ?? '',
    at: now(),
    status: 'queued',
    service: form.get('MessagingServiceSid'),
    callback: form.get('StatusCallback'),
  };
  const line = {
    at: text.at,
    sid: text.sid,
    to,
    body: text.body,
    validityPeriod: Number(form.get('ValidityPeriod')) || null,
    callback: text.callback,
  };
  count.messages++;
  texts.set(text.sid, text);
  byNumber.set(to, [...(byNumber.get(to) ?? []), text]);
  void callBack(text);
  if (random() < rules.dropBefore200) {
    journal.write({ ...line, answered: false });
    request.socket.destroy();
    return;
  }
  const answer = () => {
    const answered = !request.socket.destroyed;
    journal.write({ ...line, answered });
    if (!answered) return;
    count.answered++;
    json(response, rules.nonsense ? 200 : 201, rules.nonsense ? { hello: 'there' } : resource(text));
  };
  if (rules.answerAfterMs === 0 && !rules.hold) return answer();
  count.held++;
  const timer = rules.hold ? undefined : setTimeout(() => release(), rules.answerAfterMs);
  const release = () => {
    if (!held.delete(release)) return;
    clearTimeout(timer);
    request.socket.off('close', release);
    count.held--;
    answer();
  };
  held.add(release);
  request.socket.once('close', release);
}

/** Newest first, as Twilio lists. */
function page(url: URL): object {
  const { searchParams: query } = url;
  const to = query.get('To');
  const size = Math.min(Number(query.get('PageSize')) || 50, 1_000);
  const number = Number(query.get('Page')) || 0;
  const [day, after, before] = ['DateSent', 'DateSent>', 'DateSent<'].map((name) => query.get(name));
  const found = [...(to ? (byNumber.get(to) ?? []) : texts.values())].reverse().filter(({ at }) => {
    const sent = new Date(at).toISOString();
    return (
      (!day || sent.startsWith(day.slice(0, 10))) &&
      (!after || at >= Date.parse(after)) &&
      (!before || at <= Date.parse(before))
    );
  });
  const uriOf = (of: number) => {
    const next = new URLSearchParams(query);
    next.set('Page', String(of));
    return `${url.pathname}?${next.toString()}`;
  };
  return {
    messages: found.slice(number * size, (number + 1) * size).map(resource),
    page: number,
    page_size: size,
    start: number * size,
    end: Math.min((number + 1) * size, found.length) - 1,
    uri: uriOf(number),
    first_page_uri: uriOf(0),
    previous_page_uri: number > 0 ? uriOf(number - 1) : null,
    next_page_uri: found.length > (number + 1) * size ? uriOf(number + 1) : null,
  };
}

function resource({ sid, to, body, at, status, service }: Text): Record<string, unknown> {
  const date = new Date(at).toUTCString().replace('GMT', '+0000');
  return {
    sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    messaging_service_sid: service,
    from: null,
    to,
    body,
    status,
    direction: 'outbound-api',
    date_created: date,
    date_sent: date,
    date_updated: date,
    error_code: null,
    error_message: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: null,
    subresource_uris: {},
    uri: `${messages}/${sid}.json`,
  };
}

async function callBack({ callback, sid, to }: Text): Promise<void> {
  if (!callback) return;
  for (const { status, errorCode, forged } of rules.callbacks) {
    await new Promise((resolve) => setTimeout(resolve, rules.callbackAfterMs));
    const answer = await post(callback, forged ? 'somebody-elses-token' : authToken, {
      ...{ AccountSid: accountSid, MessageSid: sid, MessageStatus: status, To: to },
      ...(errorCode && { ErrorCode: String(errorCode) }),
    });
    count.callbacks++;
    callbacks.write({ at: now(), sid, status, forged: forged ?? false, answer });
  }
}

/** @returns the status that it was answered with; 0 when nobody answered */
async function post(url: string, token: string, form: Record<string, string>): Promise<number> {
  const signature = twilio.getExpectedTwilioSignature(token, url, form);
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
    body: new URLSearchParams(form),
  }).then(
    ({ status }) => status,
    () => 0,
  );
}

function refuse(response: ServerResponse, status: number, code: number, to = ''): void {
  count.refused++;
  refusals.write({ at: now(), to, refused: status });
  json(response, status, { status, code, message: `Refused with ${code}`, more_info: '' });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function finish(): never {
  for (const release of held) release();
  for (const each of [journal, refusals, callbacks]) each.close();
  process.exit(0);
}

process.on('SIGTERM', finish);
process.on('disconnect', finish);

const server = createServer((request, response) => {
  serve(request, response).catch(() => response.destroy());
});
const port = await listen(server, Number(process.env['OUTSIDE_PORT'] ?? 0));
const control = await serveControl(rules, {
  changed: (before) => {
    if (before.hold && !rules.hold) for (const release of [...held]) release();
  },
  count: () => {
    for (const each of [journal, refusals, callbacks]) each.flush();
    return count;
  },
});
process.send?.({ port, control });
