import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

/** What the api refused, in its own words: `detail` says what and what to do, `parts` which field. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly parts: { path: string; message: string }[] = [],
    /** What else the answer says, by name. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail);
  }

  /** What is wrong with one field; null when nothing is. */
  of(path: string): string | null {
    return this.parts.find((part) => part.path === path)?.message ?? null;
  }
}

type Problem = {
  code: string;
  detail: string;
  errors: { path: string; message: string }[];
  [name: string]: unknown;
};

const client = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });

client.use({
  async onResponse({ response }) {
    if (response.ok) return;
    const { code, detail, errors, ...more } = (await response.json().catch(() => ({}))) as Partial<Problem>;
    throw new Refusal(response.status, code ?? 'unknown', detail ?? response.statusText, errors, more);
  },
});

/** Calls the api; throws a {@link Refusal} where it says no, and a TypeError where it cannot be reached. */
export const api = client;
