import type { EntityManager } from 'typeorm';

export type Figures = {
  signups: number;
  optedIn: number;
  confirmed: number;
  verified: number;
  pledged: number;
};
export type Tally = { total: Figures; coalitions: ({ coalitionId: string } & Figures)[] };

const figures = `
  count(*)::int as signups,
  count(s.opted_in_at)::int as "optedIn",
  count(*) filter (where s.outcome in ('filed', 'answered'))::int as confirmed,
  count(*) filter (where s.evidence = 'seen_on_docket')::int as verified,
  count(*) filter (where s.outcome = 'pledged')::int as pledged`;

/** Counts, derived from the rows each time (RULES §8). */
export class Tallies {
  constructor(private readonly db: EntityManager) {}

  /**
   * A person counts once in the total, once in each coalition joined and once in every coalition above it; a
   * confirmation credits the coalitions joined before it.
   */
  async of(campaignId: string): Promise<Tally> {
    const [total] = await this.db.query<Figures[]>(
      `select ${figures} from signups s where s.campaign_id = $1 and s.standing = 'joined'`,
      [campaignId],
    );
    const coalitions = await this.db.query<({ coalitionId: string } & Figures)[]>(
      `with joined as (
         select sc.signup_id, l.ancestor_id as coalition_id, min(sc.joined_at) as joined_at
         from signup_coalitions sc join coalition_lines l on l.coalition_id = sc.coalition_id
         where sc.campaign_id = $1 group by 1, 2
       )
       select j.coalition_id as "coalitionId",
         count(*)::int as signups,
         count(s.opted_in_at)::int as "optedIn",
         count(*) filter (where s.outcome in ('filed', 'answered') and j.joined_at <= s.done_at)::int as confirmed,
         count(*) filter (where s.evidence = 'seen_on_docket' and j.joined_at <= s.done_at)::int as verified,
         count(*) filter (where s.outcome = 'pledged' and j.joined_at <= s.done_at)::int as pledged
       from joined j join signups s on s.id = j.signup_id and s.standing = 'joined'
       group by 1`,
      [campaignId],
    );
    return { total: total!, coalitions };
  }

  /** By how many people a coalition's figure is less than the sum of its own and those directly below it. */
  async overlap(campaignId: string, coalitionId: string): Promise<number> {
    const [row] = await this.db.query<{ overlap: number }[]>(
      `select count(*)::int as overlap from (
         select sc.signup_id from signup_coalitions sc join coalition_lines l on l.coalition_id = sc.coalition_id
         where sc.campaign_id = $1 and l.ancestor_id = $2 group by 1 having count(*) > 1) as twice`,
      [campaignId, coalitionId],
    );
    return row!.overlap;
  }
}
