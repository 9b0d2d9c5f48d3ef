import type { DataSource } from 'typeorm';
import { type Keyring, type SourceAnswer, Sources } from '#postgres';
import { type Address, ask } from './ask.js';

export type FederalRegisterSettings = { FEDERAL_REGISTER_URL: string };

const name = 'federal_register';
const fields = [
  ...['document_number', 'title', 'type', 'action', 'dates', 'agencies', 'publication_date', 'html_url'],
  ...['comment_url', 'comments_close_on', 'docket_ids', 'regulations_dot_gov_info', 'correction_of'],
];

/** The Federal Register's API, which needs no key. It names no limit; all processes together ask it 600 times an hour at most. */
export class FederalRegister {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly settings: FederalRegisterSettings,
  ) {}

  /** @returns one document as `body` */
  notice(number: string, maxAge: number): Promise<SourceAnswer> {
    return this.ask(`documents/${encodeURIComponent(number)}.json?${wanted()}`, maxAge);
  }

  /** @returns `body.results`, the newest first: all that was published of a docket */
  noticesOf(docketId: string, maxAge: number): Promise<SourceAnswer> {
    return this.ask(docketPath(docketId), maxAge);
  }

  /** What is kept of it, a month old at most; nobody is asked. */
  lastNoticesOf(docketId: string): Promise<SourceAnswer | null> {
    return new Sources(this.db.manager).answered(name, docketPath(docketId), 30 * 86_400);
  }

  /**
   * @param since `2027-03-15`: what was published before it is not looked at
   * @returns `body.results`, the newest first: notices and proposed rules with these words
   */
  search(words: string, since: string, maxAge: number): Promise<SourceAnswer> {
    const query = wanted({ 'conditions[term]': words, 'conditions[publication_date][gte]': since });
    for (const type of ['NOTICE', 'PRORULE']) query.append('conditions[type][]', type);
    return this.ask(`documents.json?${query}`, maxAge);
  }

  private ask(path: string, maxAge: number): Promise<SourceAnswer> {
    return ask(this.db, this.keys, this.address(), path, { maxAge });
  }

  private address(): Address {
    return {
      source: name,
      url: this.settings.FEDERAL_REGISTER_URL,
      headers: { accept: 'application/json' },
      limits: () => [{ name, of: name, most: 600, seconds: 3_600 }],
    };
  }
}

const docketPath = (docketId: string) => `documents.json?${wanted({ 'conditions[docket_id]': docketId })}`;

function wanted(conditions?: Record<string, string>): URLSearchParams {
  const query = new URLSearchParams({
    ...conditions,
    ...(conditions && { per_page: '100', order: 'newest' }),
  });
  for (const field of fields) query.append('fields[]', field);
  return query;
}
