import type { EntityManager } from 'typeorm';

export type Figures = {
  signups: number;
  optedIn: number;
  /** Pressed the button that leads to the official form. */
  went: number;
  confirmed: number;
  verified: number;
  pledged: number;
};
/** What came about within an hour that began at `at`. */
export type Step = { at: Date } & Figures;
/** Of a coalition's signups and confirmations, those that came by a colleague's code. */
export type Referred = { signups: number; confirmed: number };
export type Tally = { total: Figures; coalitions: ({ coalitionId: string } & Figures)[] };

const atOnce = 10_000;

/** What is added up and what is not yet, together: always what the rows say. The coalition is of `where`. */
const rowsOf = (where: string) => `(
  select coalition_id, direct, signups, opted_in, went, confirmed, verified, pledged from tallies where campaign_id = $1 and ${where}
  union all
  select coalition_id, direct, signups, opted_in, went, confirmed, verified, pledged from tally_changes
  where campaign_id = $1 and ${where})`;

/** The same by the hour. */
const steps = (where: string) => `(
  select coalition_id, hour, signups, opted_in, went, confirmed, verified, pledged from tally_steps
  where campaign_id = $1 and ${where}
  union all
  select coalition_id, hour, signups, opted_in, went, confirmed, verified, pledged from tally_changes
  where campaign_id = $1 and ${where} and hour > '-infinity')`;

const summed = `sum(signups)::int as signups, sum(opted_in)::int as "optedIn", sum(went)::int as went,
  sum(confirmed)::int as confirmed, sum(verified)::int as verified, sum(pledged)::int as pledged`;

/** Counts (RULES §8), kept by the database beside the rows that they count, in the same transaction. */
export class Tallies {
  constructor(private readonly db: EntityManager) {}

  /**
   * A person counts once in the total, once in each coalition joined and once in every coalition above it; a
   * confirmation credits the coalitions joined before it.
   */
  async of(campaignId: string): Promise<Tally> {
    const figures = await this.db.query<({ coalitionId: string | null } & Figures)[]>(
      `select coalition_id as "coalitionId", ${summed}
       from ${rowsOf('true')} as counted group by 1`,
      [campaignId],
    );
    const nobody = { signups: 0, optedIn: 0, went: 0, confirmed: 0, verified: 0, pledged: 0 };
    const { coalitionId: _, ...total } = figures.find(({ coalitionId }) => coalitionId === null) ?? {
      coalitionId: null,
      ...nobody,
    };
    return { total, coalitions: figures.filter(isCoalition) };
  }

  /**
   * How the figures came about, hour by hour; hours in which nothing changed are left out. Their sum is the tally.
   * @param coalitionId null: of everybody
   */
  steps(campaignId: string, coalitionId: string | null): Promise<Step[]> {
    return this.db.query(
      `select hour as at, ${summed} from ${steps(coalitionId ? 'coalition_id = $2' : 'coalition_id is null')} as counted
       group by 1 having (${changing}) order by 1`,
      coalitionId ? [campaignId, coalitionId] : [campaignId],
    );
  }

  /** The figures of these coalitions; one that nobody joined is left out. */
  async among(campaignId: string, coalitionIds: string[]): Promise<Map<string, Figures>> {
    const rows = await this.db.query<({ coalitionId: string } & Figures)[]>(
      `select coalition_id as "coalitionId", ${summed} from ${rowsOf('coalition_id = any($2)')} as counted group by 1`,
      [campaignId, coalitionIds],
    );
    return new Map(rows.map(({ coalitionId, ...figures }) => [coalitionId, figures]));
  }

  /** By coalition, `null` for everybody; one where nobody came by a colleague's code is left out. */
  async referred(campaignId: string): Promise<Map<string | null, Referred>> {
    const rows = await this.db.query<({ coalitionId: string | null } & Referred)[]>(
      `select coalition_id as "coalitionId", sum(referred)::int as signups, sum(referred_done)::int as confirmed
       from (select coalition_id, referred, referred_done from tallies where campaign_id = $1
             union all select coalition_id, referred, referred_done from tally_changes where campaign_id = $1) as counted
       group by 1 having (sum(referred), sum(referred_done)) <> (0, 0)`,
      [campaignId],
    );
    return new Map(rows.map(({ coalitionId, ...referred }) => [coalitionId, referred]));
  }

  /** What came about in these coalitions since a moment. */
  async since(campaignId: string, coalitionIds: string[], from: Date): Promise<Map<string, Figures>> {
    const rows = await this.db.query<({ coalitionId: string } & Figures)[]>(
      `select coalition_id as "coalitionId", ${summed} from ${steps('coalition_id = any($2) and hour >= $3')} as counted
       group by 1`,
      [campaignId, coalitionIds, from],
    );
    return new Map(rows.map(({ coalitionId, ...figures }) => [coalitionId, figures]));
  }

  /** By how many people a coalition's figure is less than the sum of its own and those directly below it. */
  async overlap(campaignId: string, coalitionId: string): Promise<number> {
    const [row] = await this.db.query<{ overlap: number }[]>(
      `select coalesce(sum(case when coalition_id = $2 then direct - signups else signups end), 0)::int as overlap
       from ${rowsOf('(coalition_id = $2 or coalition_id in (select id from coalitions where parent_id = $2))')} as counted`,
      [campaignId, coalitionId],
    );
    return row!.overlap;
  }

  /** Adds up what changed of late, so that reading stays as fast as there are coalitions, rungs and zones. */
  async fold(): Promise<void> {
    for (const fold of ['fold_tally_changes', 'fold_count_changes'])
      for (let folded = atOnce; folded === atOnce;) {
        const [row] = await this.db.query<{ folded: number }[]>(`select ${fold}($1) as folded`, [atOnce]);
        folded = row!.folded;
      }
  }

  /** Mends figures that are off, whatever the cause. */
  async rebuild(): Promise<void> {
    await this.db.query(`select rebuild_tallies(), rebuild_counts()`);
  }
}

/** Whoever took something back within the hour in which they did it left no trace. */
const changing = ['signups', 'opted_in', 'went', 'confirmed', 'verified', 'pledged']
  .map((figure) => `sum(${figure}) <> 0`)
  .join(' or ');

const isCoalition = (
  figures: { coalitionId: string | null } & Figures,
): figures is { coalitionId: string } & Figures => figures.coalitionId !== null && figures.signups > 0;
