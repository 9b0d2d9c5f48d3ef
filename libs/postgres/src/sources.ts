import type { EntityManager } from 'typeorm';
import type { Breaker, Source } from '#domain';

/** How a source is: its breaker (times by the real clock), and what it said last of our rate. */
export type SourceHealth = Breaker & {
  /** The database's, in milliseconds, as the breaker's times are. */
  now: number;
  trouble: string | null;
  troubleAt: Date | null;
  answeredAt: Date | null;
  rateLimit: number | null;
  rateLeft: number | null;
};

export type SourceAnswer = { body: unknown; askedAt: Date };

/** What all processes know together of regulations.gov and the Federal Register: how they are, and what they said of late. */
export class Sources {
  constructor(private readonly db: EntityManager) {}

  async health(source: Source): Promise<SourceHealth> {
    const [row] = await this.db.query<SourceHealth[]>(
      `select failures, openings, coalesce(extract(epoch from rests_until) * 1000, 0)::float8 as "restsUntil",
         (extract(epoch from clock_timestamp()) * 1000)::float8 as now, trouble, trouble_at as "troubleAt",
         answered_at as "answeredAt", rate_limit as "rateLimit", rate_left as "rateLeft"
       from sources where name = $1`,
      [source],
    );
    return row!;
  }

  async note(
    source: Source,
    { failures, openings, restsUntil }: Breaker,
    said: { trouble: string | null; rateLimit: number | null; rateLeft: number | null },
  ): Promise<void> {
    await this.db.query(
      `update sources set failures = $2, openings = $3, rests_until = to_timestamp(nullif($4::float8, 0) / 1000),
         trouble = $5, trouble_at = case when $5::text is null then trouble_at else clock_timestamp() end,
         answered_at = case when $5::text is null then clock_timestamp() else answered_at end,
         rate_limit = coalesce($6, rate_limit), rate_left = coalesce($7, rate_left)
       where name = $1`,
      [source, failures, openings, restsUntil, said.trouble, said.rateLimit, said.rateLeft],
    );
  }

  /** What was answered at most so many seconds ago, by the campaign's clock, as the polls are. */
  async answered(source: Source, path: string, seconds: number): Promise<SourceAnswer | null> {
    const [row] = await this.db.query<SourceAnswer[]>(
      `select body, asked_at as "askedAt" from source_answers
       where source = $1 and path = $2 and asked_at > campaign_now() - make_interval(secs => $3)`,
      [source, path, seconds],
    );
    return row ?? null;
  }

  async keep(source: Source, path: string, body: unknown): Promise<SourceAnswer> {
    const [row] = await this.db.query<SourceAnswer[]>(
      `insert into source_answers (source, path, body) values ($1, $2, $3::jsonb)
       on conflict (source, path) do update set body = excluded.body, asked_at = excluded.asked_at
       returning body, asked_at as "askedAt"`,
      [source, path, body === null ? null : JSON.stringify(body)],
    );
    return row!;
  }

  /** An answer that is a month old serves nobody. */
  async purge(): Promise<void> {
    await this.db.query(`delete from source_answers where asked_at < campaign_now() - interval '30 days'`);
  }
}
