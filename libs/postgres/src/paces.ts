import type { EntityManager } from 'typeorm';
import type { Channel } from '#domain';

/** What a provider takes: messages, or segments of texts. */
export type Pace = { perSecond: number; perDay?: number | undefined };

/** How fast each provider is written to: one allowance for all workers, by the database's real clock. */
export class Paces {
  constructor(private readonly db: EntityManager) {}

  /**
   * Takes up to `wanted` of what may be sent now. The allowance fills with time, up to half a second's worth.
   * @param owed what was sent beyond an earlier allowance; it is taken first, and may leave less than nothing
   * @returns how many may be sent
   */
  async take(channel: Channel, wanted: number, owed: number, { perSecond, perDay }: Pace): Promise<number> {
    const [rows] = await this.db.query<[{ granted: number }[], number]>(
      `update paces p set (allowance, day, used, granted, filled_at) = (
         select filled.allowance - granted, current_date, filled.used + granted, granted, clock_timestamp()
         from (
           select least($5, p.allowance + extract(epoch from clock_timestamp() - p.filled_at) * $4) - $3 as allowance,
             $3 + case p.day when current_date then p.used else 0 end as used
         ) as filled
         cross join lateral (
           select greatest(0, floor(least($2::float, filled.allowance, $6::float - filled.used)))::int as granted) as grants)
       where channel = $1 returning granted`,
      [channel, wanted, owed, perSecond, Math.max(1, perSecond / 2), perDay ?? null],
    );
    return rows[0]!.granted;
  }
}
