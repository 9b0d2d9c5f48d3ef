import type { DataSource } from 'typeorm';
import { breakerAfter, type Source } from '#domain';
import { type Keyring, type Limit, Limits, type SourceAnswer, Sources } from '#postgres';

const timeOut = 8_000;
const mostBytes = 4 * 1024 * 1024;
/** Trouble three times in a row, and it is left alone: a minute at first, then longer, an hour at most. */
const rests = { patience: 3, first: 60_000, longest: 3_600_000 };

/**
 * Why a source gave no answer. `busy`: it or our own budget has no room left; `silent`: it did not answer, or nothing that can
 * be read; `refused`: it does not take our key; `resting`: it was in trouble, and is not asked for a while.
 */
export type TroubleKind = 'busy' | 'silent' | 'refused' | 'resting';

export class SourceTrouble extends Error {
  constructor(
    readonly source: Source,
    readonly kind: TroubleKind,
    /** When it may be asked again; null: any time. */
    readonly retryAt: Date | null,
    what: string,
  ) {
    super(`${source}: ${what}`);
    this.name = 'SourceTrouble';
  }
}

/** Where a source is, what it is told, and how often it may be asked by all processes together. */
export type Address = {
  source: Source;
  url: string;
  headers: Record<string, string>;
  limits: (rateLimit: number | null) => Limit[];
};

export type AskOptions = { maxAge: number | null; limits?: Limit[] };

/**
 * One question to a source. All processes share its budget (rows of `limits`), its breaker and its answers. Nothing is followed
 * elsewhere, and no answer is longer than 4 MB or later than 8 seconds.
 * @param maxAge how many seconds old a kept answer may be, by the campaign's clock; null: the answer is neither looked up nor kept
 * @returns `body` null when there is no such thing
 * @throws SourceTrouble
 */
export async function ask(
  db: DataSource,
  keys: Keyring,
  { source, url, headers, limits }: Address,
  path: string,
  { maxAge, limits: more = [] }: AskOptions,
): Promise<SourceAnswer> {
  const known = new Sources(db.manager);
  const kept = maxAge ? await known.answered(source, path, maxAge) : null;
  if (kept) return kept;
  const health = await known.health(source);
  if (health.now < health.restsUntil)
    throw new SourceTrouble(source, 'resting', new Date(health.restsUntil), health.trouble ?? 'resting');
  const taken = await new Limits(db.manager, keys).take([...more, ...limits(health.rateLimit)]);
  if (taken.full !== null)
    throw new SourceTrouble(
      source,
      'busy',
      new Date(health.now + taken.retrySeconds * 1_000),
      `our budget is used up (${taken.full})`,
    );

  const said = { rateLimit: null as number | null, rateLeft: null as number | null };
  const fail = async (kind: TroubleKind, what: string, rest = 0): Promise<never> => {
    const after = breakerAfter(health, { outcome: 'ambiguous' }, health.now, Math.random(), rests);
    const restsUntil = Math.max(after.restsUntil, rest ? health.now + rest : 0);
    await known.note(source, { ...after, restsUntil }, { trouble: what, ...said });
    throw new SourceTrouble(source, kind, restsUntil > health.now ? new Date(restsUntil) : null, what);
  };
  let status: number;
  let text: string;
  let retryAfter: number;
  try {
    const answer = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(timeOut),
    });
    said.rateLimit = wholeIn(answer.headers.get('x-ratelimit-limit'));
    said.rateLeft = wholeIn(answer.headers.get('x-ratelimit-remaining'));
    retryAfter = wholeIn(answer.headers.get('retry-after')) ?? 0;
    status = answer.status;
    text = await textOf(answer);
  } catch (error) {
    return fail('silent', error instanceof Error ? error.name : 'unknown');
  }
  if (status === 429) return fail('busy', '429', Math.min(retryAfter || pause(), 3_600) * 1_000);
  if (status === 401 || status === 403) return fail('refused', String(status), 10 * 60_000);
  let body: unknown = null;
  if (status === 200)
    try {
      body = JSON.parse(text);
    } catch {
      return fail('silent', 'no JSON');
    }
  else if (status !== 404 && status !== 400) return fail('silent', String(status));
  // The last of an hour's room is the next hour's: whoever else uses this key has none either.
  const restsUntil = said.rateLeft === 0 ? health.now + pause() * 1_000 : 0;
  await known.note(source, { failures: 0, openings: 0, restsUntil }, { trouble: null, ...said });
  return maxAge === null ? { body, askedAt: new Date(health.now) } : known.keep(source, path, body);
}

/** Some minutes, in seconds, other ones for each process. */
const pause = () => 300 + Math.round(Math.random() * 300);

const wholeIn = (header: string | null) => (header && /^\d{1,9}$/.test(header) ? Number(header) : null);

async function textOf(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    const piece = part as Uint8Array;
    bytes += piece.length;
    if (bytes > mostBytes) throw new RangeError('too long');
    parts.push(piece);
  }
  return Buffer.concat(parts).toString('utf8');
}
