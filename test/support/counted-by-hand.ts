import type { Figures, Tally } from '#postgres';
import type { TestDatabase } from './use-database.js';

/** The figures by counting people one by one, which is slow and plain. */
export const countedByHand =
  (world: Pick<TestDatabase, 'db'>) =>
  async (campaignId: string): Promise<Tally> => {
    const people = await world.db.query<
      { joined: boolean; optedIn: boolean; outcome: string; evidence: string; doneAt: Date; id: string }[]
    >(
      `select id, standing = 'joined' as joined, opted_in_at is not null as "optedIn", outcome, evidence, done_at as "doneAt"
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
