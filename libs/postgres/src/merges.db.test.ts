import fc from 'fast-check';
import { buildersFor } from '../../../test/support/builders.js';
import { setAhead } from '../../../test/support/clock.js';
import { countedByHand, inOrder } from '../../../test/support/counted-by-hand.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { type Account, Accounts } from './accounts.js';
import { Coalitions } from './coalitions.js';
import { Confirmations } from './confirmations.js';
import { Consents } from './consents.js';
import type { Campaign } from './entities/campaign.js';
import type { Coalition } from './entities/coalition.js';
import { Merges } from './merges.js';
import { Signups } from './signups.js';
import { Staff } from './staff.js';
import { Tallies } from './tallies.js';

const world = useDatabase({ connections: 6 });
const { aCoalition, aCampaign, aSignup } = buildersFor(world);
const signups = () => new Signups(world.db.manager, world.keys);
const counted = countedByHand(world);
const tallied = async (id: string) => inOrder(await new Tallies(world.db.manager).of(id));

const merge = (from: Coalition, into: Coalition) =>
  world.db.transaction(async (db) => {
    const merges = new Merges(db, world.keys);
    await merges.holdBoth([from.id, into.id]);
    return merges.merge(from.id, into.id);
  });

const places = (signupId: string) =>
  world.db.query<{ coalitionId: string; joinedAt: Date; visible: boolean }[]>(
    `select coalition_id as "coalitionId", joined_at as "joinedAt", visible from signup_coalitions where signup_id = $1 order by joined_at`,
    [signupId],
  );

describe('merging two coalitions', () => {
  it('gives a person of both one place, since the earlier day', async () => {
    const [one, other] = [await aCoalition(), await aCoalition()];
    const campaign = await aCampaign([one, other]);
    const ana = await aSignup(campaign, one, { email: 'ana@merge.example' });
    await setAhead(world.db, '5 hours');
    await aSignup(campaign, other, { email: 'ana@merge.example' });
    const ben = await aSignup(campaign, one, { email: 'ben@merge.example' });
    const [since] = await places(ana.id);
    expect(await merge(one, other)).toMatchObject({
      campaigns: [{ id: campaign.id, people: 2, inBoth: 1 }],
    });
    expect(await places(ana.id)).toEqual([
      { coalitionId: other.id, joinedAt: since!.joinedAt, visible: false },
    ]);
    for (const { id } of [ana, ben])
      expect(await signups().byId(id)).toMatchObject({ coalitionId: other.id });
    expect(await new Tallies(world.db.manager).of(campaign.id)).toMatchObject({
      total: { signups: 2 },
      coalitions: [{ coalitionId: other.id, signups: 2 }],
    });
    await setAhead(world.db, '0');
  });

  it('shows a name only to the leaders whom its person agreed to be seen by, and keeps the proofs', async () => {
    const [one, other] = [await aCoalition(), await aCoalition()];
    const campaign = await aCampaign([one, other]);
    const see = (signupId: string, { id }: Coalition) =>
      world.db.query(
        `update signup_coalitions set visible = true where signup_id = $1 and coalition_id = $2`,
        [signupId, id],
      );
    const [seenByOne, seenByBoth] = [
      await aSignup(campaign, one),
      await aSignup(campaign, one, { email: 'both@merge.example' }),
    ];
    await aSignup(campaign, other, { email: 'both@merge.example' });
    await see(seenByOne.id, one);
    await see(seenByBoth.id, one);
    await see(seenByBoth.id, other);
    await new Consents(world.db.manager, world.keys).write(seenByOne, 'visible', 'granted', {
      wording: 'visible@1',
      source: 'page',
    });
    const proofs = () => world.db.query<unknown[]>(`select * from consents order by id`);
    const before = await proofs();
    expect((await merge(one, other)).hidden).toBe(1);
    expect((await places(seenByOne.id)).map(({ visible }) => visible)).toEqual([false]);
    expect((await places(seenByBoth.id)).map(({ visible }) => visible)).toEqual([true]);
    expect(await proofs()).toEqual(before);
  });

  it('hides a name too that waits for its owner’s yes', async () => {
    const [one, other] = [await aCoalition(), await aCoalition()];
    const campaign = await aCampaign([one, other]);
    const known = await aSignup(campaign, other, { email: 'known@merge.example' });
    await signups().accept(campaign.id, one.id, {
      email: { address: 'known@merge.example', lookup: 'known@merge.example' },
      name: 'Ana',
      language: 'en',
      zone: 'America/New_York',
      zoneSource: 'coalition',
      state: null,
      smsWindow: '*',
      wantsTexts: false,
      nextStep: false,
      visible: true,
    });
    await merge(one, other);
    expect((await signups().takeTyped(known))?.name).toBe('Ana');
    expect(await places(known.id)).toMatchObject([{ coalitionId: other.id, visible: false }]);
  });

  it('takes campaigns, children, leaders and links over, and the tree stays one', async () => {
    const national = await aCoalition();
    const [one, other] = [await aCoalition(national), await aCoalition(national)];
    const child = await aCoalition(one);
    const campaign = await aCampaign([one]);
    const staff = new Staff(world.db.manager);
    const key = await staff.createKey('Ben', 'leader', one.id);
    const link = (id: string) => world.keys.token(world.keys.tokenKey, `${campaign.id}/${id}`, 'leader');
    await staff.openLeaderLink(link(one.id), campaign.id, one.id);
    const accounts = new Accounts(world.db.manager, world.keys);
    const invited = (address: string) =>
      accounts.invite(
        { email: { address, lookup: address }, role: 'leader', coalitionId: one.id, language: 'en' },
        'command:test',
      );
    const cam = await accounts.accept((await invited('cam@merge.example')).token, 'Cam', 'en');
    const open = await invited('dee@merge.example');
    await aSignup(campaign, one);
    expect(await merge(one, other)).toMatchObject({
      children: [{ id: child.id }],
      leaders: 2,
      slugs: [one.slug],
    });
    const coalitions = new Coalitions(world.db.manager);
    expect((await coalitions.byId(child.id))!.parentId).toBe(other.id);
    expect(await staff.byKey(key)).toMatchObject({ coalitionId: other.id });
    expect(await accounts.byId((cam as Account).id)).toMatchObject({ coalitionId: other.id });
    expect(await accounts.invitationBy(open.token)).toMatchObject({ coalitionId: other.id });
    for (const { id } of [one, other])
      expect(await staff.leaderOf(link(id))).toEqual({ campaignId: campaign.id, coalitionId: other.id });
    expect((await coalitions.treeBelow(national.id)).map(({ id }) => id)).not.toContain(one.id);
    expect((await coalitions.list()).map(({ id }) => id)).not.toContain(one.id);
    expect(await coalitions.byId(one.id)).toMatchObject({ mergedInto: other.id, slug: one.slug });
  });

  it('lets one below take the place of the one above it', async () => {
    const national = await aCoalition();
    const one = await aCoalition(national);
    const between = await aCoalition(one);
    const other = await aCoalition(between);
    await merge(one, other);
    const coalitions = new Coalitions(world.db.manager);
    expect((await coalitions.byId(other.id))!.parentId).toBe(national.id);
    expect((await coalitions.byId(between.id))!.parentId).toBe(other.id);
  });

  it('leads straight to the last of several', async () => {
    const [first, second, third] = [await aCoalition(), await aCoalition(), await aCoalition()];
    await merge(first, second);
    expect((await merge(second, third)).slugs.toSorted()).toEqual([first.slug, second.slug].toSorted());
    expect(await new Coalitions(world.db.manager).byId(first.id)).toMatchObject({ mergedInto: third.id });
  });

  it('takes along who signs up through it just then, in any of the ways', async () => {
    const [one, other] = [await aCoalition(), await aCoalition()];
    const campaign = await aCampaign([one]);
    let late: Promise<unknown> | undefined;
    await world.db.transaction(async (db) => {
      const merges = new Merges(db, world.keys);
      await merges.holdBoth([one.id, other.id]);
      late = Promise.all([aSignup(campaign, one), aSignup(campaign, one)]);
      await untilWaiting(2);
      await merges.merge(one.id, other.id);
    });
    await late;
    await aSignup(campaign, one);
    const rows = await world.db.query<unknown[]>(
      `select s.coalition_id as through, m.coalition_id as place from signups s join signup_coalitions m on m.signup_id = s.id
       where s.campaign_id = $1`,
      [campaign.id],
    );
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ through: other.id, place: other.id })));
    expect(await tallied(campaign.id)).toEqual(inOrder(await counted(campaign.id)));
  });

  it('waits for who is signing up already', async () => {
    const [one, other] = [await aCoalition(), await aCoalition()];
    const campaign = await aCampaign([one]);
    let merged: Promise<unknown> | undefined;
    await world.db.transaction(async (db) => {
      await buildersFor({ db: { manager: db } as typeof world.db, keys: world.keys }).aSignup(campaign, one);
      merged = merge(one, other);
      await untilWaiting(1);
    });
    await merged;
    expect(await new Tallies(world.db.manager).of(campaign.id)).toMatchObject({
      coalitions: [{ coalitionId: other.id, signups: 1 }],
    });
  });
});

async function untilWaiting(most: number): Promise<void> {
  for (;;) {
    const [row] = await world.db.query<{ waiting: number }[]>(
      `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (row!.waiting >= most) return;
  }
}

/** Five people, five coalitions of which one is above two others; they join, do it, are seen, and coalitions merge. */
const person = fc.constantFrom(
  ...['ana', 'ben', 'cam', 'dee', 'eli'].map((name) => `${name}@merging.example`),
);
const place = fc.nat({ max: 4 });
type World = { campaign: Campaign; coalitions: Coalition[]; hour: number };
const someone = ({ campaign, coalitions }: World, email: string, at: number) =>
  aSignup(campaign, coalitions[at]!, { email });
const confirmations = () => new Confirmations(world.db.manager, world.keys);

const happening: fc.Arbitrary<{ what: string; happen: (to: World) => Promise<unknown> }> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(person, place).map(([email, at]) => ({
      what: `${email} joins through ${at}`,
      happen: (to: World) => someone(to, email, at),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(person, place, fc.constantFrom('filed', 'pledged')).map(([email, at, outcome]) => ({
      what: `${email} joins through ${at} and says ${outcome}`,
      happen: async (to: World) => confirmations().record((await someone(to, email, at)).id, outcome, 'page'),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(place, place).map(([from, into]) => ({
      what: `${from} is merged into ${into}`,
      happen: async ({ coalitions }: World) => {
        const all = new Coalitions(world.db.manager);
        const [one, other] = [await all.byId(coalitions[from]!.id), await all.byId(coalitions[into]!.id)];
        if (one!.id !== other!.id && !one!.mergedInto && !other!.mergedInto) await merge(one!, other!);
      },
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      what: 'an hour goes by',
      happen: (to: World) => setAhead(world.db, `${++to.hour} hours`),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      what: 'the changes are added up',
      happen: () => new Tallies(world.db.manager).fold(),
    }),
  },
);

it('loses nobody and doubles nobody, whatever happened before and after', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 8, maxLength: 24, size: 'max' }), async (history) => {
      const national = await aCoalition();
      const coalitions = [
        national,
        await aCoalition(national),
        await aCoalition(national),
        await aCoalition(),
        await aCoalition(),
      ];
      const campaign = await aCampaign(coalitions);
      const to: World = { campaign, coalitions, hour: 0 };
      await setAhead(world.db, '0');
      for (const { what, happen } of history) {
        const before = await counted(campaign.id);
        await happen(to);
        const after = await counted(campaign.id);
        if (what.includes('merged')) expect(after.total).toEqual(before.total);
        expect(await tallied(campaign.id)).toEqual(inOrder(after));
      }
      const [stray] = await world.db.query<{ count: number }[]>(
        `select count(*)::int as count from signups s join coalitions c on c.id = s.coalition_id
         where s.campaign_id = $1 and (c.merged_into is not null
           or not exists (select from signup_coalitions m where m.signup_id = s.id and m.coalition_id = s.coalition_id))`,
        [campaign.id],
      );
      expect(stray!.count).toBe(0);
    }),
    { numRuns: 40, seed: 20261127 },
  );
}, 180_000);
