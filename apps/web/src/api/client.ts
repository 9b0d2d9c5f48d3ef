import type { FaultValues } from '#domain';
import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

/** What the api refused, in its own words: `detail` says what and what to do, `parts` which field. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly parts: BadPart[] = [],
    /** What else the answer says, by name. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail);
  }
}

/** What is wrong, in English and by what the console says it in its own language. */
export type Wrong = { message: string; code?: string; values?: FaultValues };
export type BadPart = Wrong & { path: string };

type Problem = {
  code: string;
  detail: string;
  errors: BadPart[];
  [name: string]: unknown;
};

/** Of an answer that says no; one that somebody in between gave has no words of ours. */
export function refusalOf(status: number, statusText: string, body: string): Refusal {
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(body) as Partial<Problem>;
  } catch {
    // A page of somebody in between.
  }
  const { code, detail, errors, ...more } = problem;
  return new Refusal(status, code ?? 'unknown', detail ?? statusText, errors, more);
}

const client = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });

/** What was read last at an address: only what has changed since is sent again. Kept in memory alone, since it may name people. */
const read = new Map<string, { etag: string; body: string }>();
const mostRead = 100;

/** Nothing of what was read is left. */
export const forget = () => read.clear();

client.use({
  onRequest({ request }) {
    const known = read.get(request.url);
    if (known && request.method === 'GET') request.headers.set('if-none-match', known.etag);
  },
  async onResponse({ request: { method, url }, response }) {
    const known = read.get(url);
    if (response.status === 304 && known) return new Response(known.body);
    const etag = response.headers.get('etag');
    if (method === 'GET' && response.ok && etag) {
      read.delete(url);
      read.set(url, { etag, body: await response.clone().text() });
      if (read.size > mostRead) read.delete(read.keys().next().value!);
    }
    if (!response.ok) throw refusalOf(response.status, response.statusText, await response.text());
  },
});

/** Calls the api; throws a {@link Refusal} where it says no, and a TypeError where it cannot be reached. */
export const api = client;
