import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

/** What the api refused, in its own words: `detail` says what and what to do, `parts` which field. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly parts: { path: string; message: string }[] = [],
    /** What can be offered besides: a name that is free, who was faster. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail);
  }

  /** What is wrong with one field; null when nothing is. */
  of(path: string): string | null {
    return this.parts.find((part) => part.path === path)?.message ?? null;
  }
}

const client = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });

client.use({
  async onResponse({ response }) {
    if (response.ok) return;
    const problem = (await response
      .clone()
      .json()
      .catch(() => ({}))) as {
      code?: string;
      detail?: string;
      errors?: { path: string; message: string }[];
    } & Record<string, unknown>;
    throw new Refusal(
      response.status,
      problem.code ?? 'unknown',
      problem.detail ?? response.statusText,
      problem.errors,
      problem,
    );
  },
});

/** Calls the api; throws a {@link Refusal} where it says no, and a TypeError where it cannot be reached. */
export const api = client;
