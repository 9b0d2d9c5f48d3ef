import { Inject, Injectable, Logger } from '@nestjs/common';
import { Problem } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

const timeOut = 8_000;
const mostBytes = 4 * 1024 * 1024;
const byHand = 'You can go on meanwhile: enter the comment period’s end by hand.';

/** The regulations.gov API, version 4. Whatever goes wrong there is said with the way around it. */
@Injectable()
export class RegulationsGov {
  private readonly log = new Logger(RegulationsGov.name);

  constructor(@Inject(API_SETTINGS) private readonly settings: ApiSettings) {}

  /** @returns `data` of the answer; null when there is no such document */
  async document(id: string): Promise<unknown> {
    return this.ask(`documents/${encodeURIComponent(id)}`);
  }

  /** Those of a docket that had a comment period, the latest first. */
  async documentsOf(docketId: string): Promise<unknown[]> {
    const query = new URLSearchParams({
      'filter[docketId]': docketId,
      sort: '-commentEndDate',
      'page[size]': '50',
    });
    const data = await this.ask(`documents?${query}`);
    return Array.isArray(data) ? (data as unknown[]) : [];
  }

  private async ask(path: string): Promise<unknown> {
    const { REGULATIONS_GOV_URL: url, REGULATIONS_GOV_API_KEY: key } = this.settings;
    if (!key)
      throw new Problem(
        503,
        'regulations_gov_key_missing',
        `Nobody has set a key for regulations.gov here (REGULATIONS_GOV_API_KEY). ${byHand}`,
      );
    let status: number;
    let body: unknown;
    try {
      const answer = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
        headers: { 'x-api-key': key, accept: 'application/vnd.api+json' },
        redirect: 'error',
        signal: AbortSignal.timeout(timeOut),
      });
      status = answer.status;
      body = status === 200 ? JSON.parse(await textOf(answer)) : await answer.body?.cancel();
    } catch (error) {
      this.log.warn(`regulations.gov did not answer (${error instanceof Error ? error.name : 'unknown'})`);
      throw new Problem(502, 'regulations_gov_silent', `regulations.gov does not answer just now. ${byHand}`);
    }
    if (status === 200) return (body as { data?: unknown } | null)?.data;
    if (status === 404) return null;
    this.log.warn(`regulations.gov answered ${status}`);
    throw (
      refusals[status] ??
      new Problem(502, 'regulations_gov_silent', `regulations.gov has trouble just now. ${byHand}`)
    );
  }
}

const keyRefused = new Problem(
  503,
  'regulations_gov_key_refused',
  `regulations.gov does not take our key (REGULATIONS_GOV_API_KEY); whoever runs this service can renew it. ${byHand}`,
);
const refusals: Record<number, Problem> = {
  400: new Problem(
    422,
    'document_unknown',
    `regulations.gov knows no document of that name. Check it, or: ${byHand}`,
  ),
  401: keyRefused,
  403: keyRefused,
  429: new Problem(
    503,
    'regulations_gov_busy',
    `We have asked regulations.gov too often within an hour. Try again later. ${byHand}`,
  ),
};

async function textOf(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    const piece = part as Uint8Array;
    bytes += piece.length;
    if (bytes > mostBytes) throw new Error('too long');
    parts.push(piece);
  }
  return Buffer.concat(parts).toString('utf8');
}
