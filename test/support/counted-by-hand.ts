import type { Figures, Tally } from '#postgres';
import type { TestDatabase } from './use-database.js';

/** The figures by counting people one by one, which is slow and plain. */
export const countedByHand =
  (world: Pick<TestDatabase, 'db'>) =>
  async (campaignId: string): Promise<Tally> => {
    const people = await world.db.query<
      {
        joined: boolean;
        optedIn: boolean;
        went: boolean;
        outcome: string;
        evidence: string;
        doneAt: Date;
        id: string;
      }[]
    >(
      `select id, standing = 'joined' as joined, opted_in_at is not null as "optedIn", went_at is not null as went, outcome, evidence, done_at as "doneAt"
     from signups where campaign_id = $1`,
      [campaignId],
    );
    const memberships = await world.db.query<{ signupId: string; coalitionId: string; joinedAt: Date }[]>(
      `select signup_id as "signupId", ancestor_id as "coalitionId", min(joined_at) as "joinedAt"
     from signup_coalitions join coalition_lines using (coalition_id) where campaign_id = $1 group by 1, 2`,
      [campaignId],
    );
    const figures = (from: typeof people, since: (id: string) => Date = () => new Date(0)): Figures => {
      const here = from.filter(({ joined }) => joined);
      const done = here.filter(({ doneAt, id }) => doneAt && since(id) <= doneAt);
      return {
        signups: here.length,
        optedIn: here.filter(({ optedIn }) => optedIn).length,
        went: here.filter(({ went }) => went).length,
        confirmed: done.filter(({ outcome }) => outcome === 'filed' || outcome === 'answered').length,
        verified: done.filter(({ evidence }) => evidence === 'seen_on_docket').length,
        pledged: done.filter(({ outcome }) => outcome === 'pledged').length,
      };
    };
    const coalitions = [...new Set(memberships.map(({ coalitionId }) => coalitionId))].map((coalitionId) => {
      const joinedAt = new Map(
        memberships
          .filter((each) => each.coalitionId === coalitionId)
          .map((each) => [each.signupId, each.joinedAt]),
      );
      const members = people.filter(({ id }) => joinedAt.has(id));
      return { coalitionId, ...figures(members, (id) => joinedAt.get(id)!) };
    });
    return { total: figures(people), coalitions: coalitions.filter(({ signups }) => signups > 0) };
  };

export const inOrder = ({ total, coalitions }: Tally): Tally => ({
  total,
  coalitions: coalitions.toSorted((a, b) => a.coalitionId.localeCompare(b.coalitionId)),
});

/** When each person came to count, in a coalition or (null) in all: hour and figure, one entry for each, in order. */
export const steppedByHand =
  (world: Pick<TestDatabase, 'db'>) =>
  async (campaignId: string, coalitionId: string | null): Promise<string[]> => {
    const people = await world.db.query<
      (Record<'signedUpAt' | 'optedInAt' | 'wentAt' | 'doneAt' | 'joinedAt', Date | null> & {
        outcome: string;
      })[]
    >(
      `select s.signed_up_at as "signedUpAt", s.opted_in_at as "optedInAt", s.went_at as "wentAt", s.done_at as "doneAt", s.outcome,
         (select min(joined_at) from signup_coalitions m join coalition_lines l using (coalition_id)
          where m.signup_id = s.id and l.ancestor_id = $2) as "joinedAt"
       from signups s where campaign_id = $1 and standing = 'joined'`,
      [campaignId, coalitionId],
    );
    return people
      .filter(({ joinedAt }) => coalitionId === null || joinedAt)
      .flatMap(({ signedUpAt, optedInAt, wentAt, doneAt, joinedAt, outcome }) => {
        const since = Math.max(+signedUpAt!, coalitionId ? +joinedAt! : 0);
        const credited = doneAt && (!coalitionId || joinedAt! <= doneAt) ? doneAt : null;
        return [
          ['signups', signedUpAt] as const,
          ['optedIn', optedInAt] as const,
          ['went', wentAt] as const,
          ['confirmed', outcome === 'filed' || outcome === 'answered' ? credited : null] as const,
          ['pledged', outcome === 'pledged' ? credited : null] as const,
        ]
          .filter(([, at]) => at)
          .map(
            ([figure, at]) =>
              `${new Date(Math.floor(Math.max(since, +at!) / 3_600_000) * 3_600_000).toISOString()} ${figure}`,
          );
      })
      .sort();
  };
