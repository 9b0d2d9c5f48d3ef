import type { DataSource } from 'typeorm';
import { type Keyring, type Limit, type SourceAnswer, Sources } from '#postgres';
import { type Address, ask, type AskOptions } from './ask.js';

export type RegulationsGovSettings = {
  REGULATIONS_GOV_URL: string;
  REGULATIONS_GOV_API_KEY?: string | undefined;
};

/** The key that everybody without one shares: 30 questions an hour, 50 a day. */
const demoKey = 'DEMO_KEY';
const name = 'regulations_gov';
const month = 30 * 86_400;
const documentPath = (id: string) => `documents/${encodeURIComponent(id)}`;

/**
 * The regulations.gov API, version 4 (FACTS §2). Its budget, 1,000 questions an hour for each key, is shared by all processes. Each answer is
 * `{ body: { data, … } }` as it comes: the readers of `#domain` take it apart.
 */
export class RegulationsGov {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly settings: RegulationsGovSettings,
  ) {}

  get isDemo(): boolean {
    return this.key === demoKey;
  }

  document(id: string, maxAge: number): Promise<SourceAnswer> {
    return this.ask(documentPath(id), { maxAge });
  }

  /** What is kept of it, a month old at most; nobody is asked. */
  lastOf(id: string): Promise<SourceAnswer | null> {
    return new Sources(this.db.manager).answered(name, documentPath(id), month);
  }

  /** Those of a docket that had a comment period, the latest first. */
  documentsOf(docketId: string, maxAge: number): Promise<SourceAnswer> {
    const query = { 'filter[docketId]': docketId, sort: '-commentEndDate', 'page[size]': '50' };
    return this.ask(`documents?${new URLSearchParams(query)}`, { maxAge });
  }

  comment(id: string, maxAge: number): Promise<SourceAnswer> {
    return this.ask(`comments/${encodeURIComponent(id)}`, { maxAge });
  }

  /**
   * For a sweep, which leaves a fifth of the budget to the watch and to people who wait: the list of a document's comments, or one of
   * them. Nothing of it is kept.
   * @param path `comments?filter[commentOnId]=…` or `comments/ID`, encoded
   */
  sweep(path: string): Promise<SourceAnswer> {
    const aDay = this.isDemo ? 25 : null;
    const limits = [{ name: 'regulations_gov_sweep', of: this.key, most: this.sweptAnHour, seconds: 3_600 }];
    if (aDay) limits.push({ name: 'regulations_gov_sweep', of: this.key, most: aDay, seconds: 86_400 });
    return this.ask(path, { maxAge: null, limits });
  }

  /** How many questions of a sweep there is room for. */
  get sweptAnHour(): number {
    return this.isDemo ? 15 : 800;
  }

  private get key(): string {
    return this.settings.REGULATIONS_GOV_API_KEY ?? demoKey;
  }

  private ask(path: string, options: AskOptions): Promise<SourceAnswer> {
    return ask(this.db, this.keys, this.address(), path, options);
  }

  private address(): Address {
    const of = this.key;
    return {
      source: name,
      url: this.settings.REGULATIONS_GOV_URL,
      headers: { 'x-api-key': of, accept: 'application/vnd.api+json' },
      limits: (rateLimit) => {
        const hour: Limit = {
          name,
          of,
          most: Math.min(this.isDemo ? 30 : 1_000, rateLimit ?? 1_000),
          seconds: 3_600,
        };
        return this.isDemo ? [hour, { name, of, most: 50, seconds: 86_400 }] : [hour];
      },
    };
  }
}
