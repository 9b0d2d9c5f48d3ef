import fc from 'fast-check';
import { setAhead } from '../../../test/support/clock.js';
import { buildersFor } from '../../../test/support/builders.js';
import { countedByHand, inOrder, steppedByHand } from '../../../test/support/counted-by-hand.js';
import { untilWaitingOr } from '../../../test/support/until-waiting.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Confirmations } from './confirmations.js';
import { Consents } from './consents.js';
import type { Campaign } from './entities/campaign.js';
import type { Coalition } from './entities/coalition.js';
import { OwnerData } from './owner-data.js';
import { Signups } from './signups.js';
import { type Figures, Tallies } from './tallies.js';

const world = useDatabase({ connections: 3 });
const { aCoalition, aCampaign, aSignup } = buildersFor(world);
const tallies = () => new Tallies(world.db.manager);
const confirmations = () => new Confirmations(world.db.manager, world.keys);

const counted = countedByHand(world);

const stepped = steppedByHand(world);

const equalsTheRows = async ({ id }: Campaign) => {
  await equalsTheReferred(id);
  const tally = inOrder(await tallies().of(id));
  expect(tally).toEqual(inOrder(await counted(id)));
  for (const { coalitionId, ...figures } of [{ coalitionId: null, ...tally.total }, ...tally.coalitions]) {
    const steps = await tallies().steps(id, coalitionId);
    expect(oneByOne(steps)).toEqual(await stepped(id, coalitionId));
    expect(total(steps)).toEqual(figures);
  }
};

/** In each coalition and in all (null), the figures of those whom a colleague brought beside a plain count. */
const equalsTheReferred = async (campaignId: string) => {
  const people = await world.db.query<{ coalitionId: string | null; signups: number; confirmed: number }[]>(
    `select place.id as "coalitionId", count(*)::int as signups,
       (count(*) filter (where s.outcome in ('filed', 'answered') and place.since <= s.done_at))::int as confirmed
     from signups s cross join lateral (
       select null::uuid as id, '-infinity'::timestamptz as since
       union all
       select l.ancestor_id, min(m.joined_at) from signup_coalitions m join coalition_lines l using (coalition_id)
       where m.signup_id = s.id group by 1) as place
     where s.campaign_id = $1 and s.referred and s.standing = 'joined' group by 1`,
    [campaignId],
  );
  expect(await tallies().referred(campaignId)).toEqual(
    new Map(people.map(({ coalitionId, ...referred }) => [coalitionId, referred])),
  );
  const [all] = await world.db.query<[{ signups: number }]>(
    `select count(*)::int as signups from signups where campaign_id = $1 and referred and standing = 'joined'`,
    [campaignId],
  );
  expect((await tallies().referred(campaignId)).get(null)?.signups ?? 0).toBe(all.signups);
};

const figures = ['signups', 'optedIn', 'went', 'confirmed', 'verified', 'pledged'] as const;
const total = (steps: Figures[]) =>
  Object.fromEntries(figures.map((figure) => [figure, steps.reduce((sum, step) => sum + step[figure], 0)]));
/** What is verified has no moment of its own: it came about when it was done. */
const oneByOne = (steps: ({ at: Date } & Figures)[]) =>
  steps
    .flatMap(({ at, verified: _, ...step }) =>
      Object.entries(step).flatMap(([figure, n]) =>
        Array.from({ length: n }, () => `${at.toISOString()} ${figure}`),
      ),
    )
    .sort();

type World = { campaign: Campaign; coalitions: Coalition[]; hour: number };

/** What can happen to five people and four coalitions, of which one is above two others. */
const person = fc.constantFrom(...['ana', 'ben', 'cam', 'dee', 'eli'].map((name) => `${name}@tally.example`));
const place = fc.nat({ max: 3 });
const someone = async ({ campaign, coalitions }: World, email: string) =>
  aSignup(campaign, coalitions[0]!, { email });
const happening: fc.Arbitrary<{ what: string; happen: (to: World) => Promise<unknown> }> = fc.oneof(
  fc.tuple(person, place).map(([email, at]) => ({
    what: `${email} joins through ${at}`,
    happen: ({ campaign, coalitions }: World) => aSignup(campaign, coalitions[at]!, { email }),
  })),
  fc.tuple(person, person, place).map(([email, colleague, at]) => ({
    what: `${email} joins through ${at} by the code of ${colleague}`,
    happen: async (to: World): Promise<unknown> => {
      const { tokenKey, id } = await someone(to, colleague);
      return aSignup(to.campaign, to.coalitions[at]!, {
        email,
        code: world.keys.token(tokenKey, id, 'refer'),
      });
    },
  })),
  person.map((email) => ({
    what: `${email} is deleted`,
    happen: async (to: World) => {
      const signup = await someone(to, email);
      await world.db.transaction((db) => new OwnerData(db, world.keys).erase(signup, { suppress: false }));
    },
  })),
  person.map((email) => ({
    what: `${email} opts in`,
    happen: async (to: World) =>
      new Consents(world.db.manager, world.keys).grant(await someone(to, email), 'email', {
        wording: 'email-optin@1',
        source: 'page' as const,
      }),
  })),
  fc
    .tuple(person, fc.constantFrom('filed', 'answered', 'pledged', 'not_sampled'))
    .map(([email, outcome]) => ({
      what: `${email} says ${outcome}`,
      happen: async (to: World) => confirmations().record((await someone(to, email)).id, outcome, 'page'),
    })),
  person.map((email) => ({
    what: `${email} goes to the form`,
    happen: async (to: World) =>
      new Signups(world.db.manager, world.keys).wentToForm((await someone(to, email)).id),
  })),
  person.map((email) => ({
    what: `${email} takes it back`,
    happen: async (to: World) => confirmations().takeBack((await someone(to, email)).id),
  })),
  person.map((email) => ({
    what: `${email}'s comment is seen on the docket`,
    happen: async (to: World): Promise<unknown> =>
      world.db.query(`update signups set evidence = 'seen_on_docket' where id = $1 and outcome = 'filed'`, [
        (await someone(to, email)).id,
      ]),
  })),
  person.map((email) => ({
    what: `${email} only waits for an invitation's yes`,
    happen: async (to: World): Promise<unknown> =>
      world.db.query(`update signups set standing = 'invited' where id = $1`, [
        (await someone(to, email)).id,
      ]),
  })),
  fc.tuple(place, place).map(([child, parent]) => ({
    what: `${child} goes below ${parent}`,
    happen: ({ coalitions }: World) =>
      world.db
        .query(`update coalitions set parent_id = $2 where id = $1`, [
          coalitions[child]!.id,
          child === parent ? null : coalitions[parent]!.id,
        ])
        .catch((error: Error) => expect(error.message).toContain('above itself')),
  })),
  fc.constant({
    what: 'an hour goes by',
    happen: (to: World) => setAhead(world.db, `${++to.hour} hours`),
  }),
  fc.constant({ what: 'the changes are added up', happen: () => tallies().fold() }),
);

it('says what the rows say, after whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 10, maxLength: 30, size: 'max' }), async (history) => {
      const national = await aCoalition();
      const coalitions = [
        national,
        await aCoalition(national),
        await aCoalition(national),
        await aCoalition(),
      ];
      const campaign = await aCampaign(coalitions);
      const to: World = { campaign, coalitions, hour: 0 };
      await setAhead(world.db, '0');
      for (const { happen } of history) {
        await happen(to);
        await equalsTheRows(campaign);
      }
      await tallies().fold();
      await equalsTheRows(campaign);
    }),
    { numRuns: 40, seed: 20270304 },
  );
}, 120_000);

it('is rebuilt from the rows by one statement', async () => {
  const coalition = await aCoalition(await aCoalition());
  const campaign = await aCampaign([coalition]);
  await aSignup(campaign, coalition);
  await world.db.query(`delete from tally_changes`);
  await world.db.query(`insert into tallies values ($1, $2, 9, 9, 9, 9, 9, 9)`, [campaign.id, coalition.id]);
  await tallies().rebuild();
  await equalsTheRows(campaign);
});

it('counts a second coalition right while its person is saying "I did it"', async () => {
  const [first, second] = [await aCoalition(), await aCoalition()];
  const campaign = await aCampaign([first, second]);
  const ana = await aSignup(campaign, first, { email: 'at-once@tally.example' });
  let joined: Promise<unknown> | undefined;
  await world.db.transaction(async (open) => {
    // Joined before it is done, and still under way when it is.
    await open.query(
      `insert into signup_coalitions (signup_id, campaign_id, coalition_id) values ($1, $2, $3)`,
      [ana.id, campaign.id, second.id],
    );
    joined = confirmations().record(ana.id, 'filed', 'page');
    await untilWaitingOr(world.db, joined);
  });
  await joined;
  await equalsTheRows(campaign);
  const { coalitions } = await tallies().of(campaign.id);
  expect(coalitions.map(({ confirmed }) => confirmed)).toEqual([1, 1]);
});

it('says by how many a coalition counts fewer than its own and those below it', async () => {
  const national = await aCoalition();
  const [ohio, texas] = [await aCoalition(national), await aCoalition(national)];
  const campaign = await aCampaign([national, ohio, texas]);
  for (const coalition of [national, ohio, texas]) {
    await aSignup(campaign, coalition, { email: 'everywhere@tally.example' });
  }
  await aSignup(campaign, ohio, { email: 'in-ohio@tally.example' });
  expect(await tallies().overlap(campaign.id, national.id)).toBe(2);
  expect(await tallies().overlap(campaign.id, ohio.id)).toBe(0);
});

it('adds up many notes in a moment, though statistics were taken when there were none', async () => {
  const coalition = await aCoalition();
  const campaign = await aCampaign([coalition]);
  const many = () =>
    world.db.query(
      `insert into tally_changes (campaign_id, coalition_id, hour, direct, signups, opted_in, went, confirmed, verified, pledged)
       select $1, $2, date_trunc('hour', now()), 1, 1, 0, 0, 0, 0, 0 from generate_series(1, 40000)`,
      [campaign.id, coalition.id],
    );
  await many();
  await tallies().fold();
  await world.db.query(`analyze tally_changes`);
  await many();
  await tallies().fold();
  expect((await tallies().of(campaign.id)).coalitions).toMatchObject([{ signups: 80_000 }]);
}, 20_000);
