import { randomBytes } from 'node:crypto';
import { buildersFor } from '../../../test/support/builders.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Confirmations } from './confirmations.js';
import { Consents } from './consents.js';
import type { Campaign } from './entities/campaign.js';
import type { Coalition } from './entities/coalition.js';
import { OwnerData } from './owner-data.js';
import { Referrals } from './referrals.js';
import { Signups, type SignupView } from './signups.js';
import { Tallies } from './tallies.js';

const world = useDatabase({ connections: 3 });
const { aCoalition, aCampaign, aSignup } = buildersFor(world);
const referrals = () => new Referrals(world.db.manager);
const codeOf = ({ tokenKey, id }: SignupView) => world.keys.token(tokenKey, id, 'refer');
const sayYes = (signup: SignupView) =>
  new Consents(world.db.manager, world.keys).grant(signup, 'email', {
    wording: 'email-optin@1',
    source: 'page',
  });
const done = (signup: SignupView) =>
  new Confirmations(world.db.manager, world.keys).record(signup.id, 'filed', 'page');
const forget = (signup: SignupView) =>
  world.db.transaction((db) => new OwnerData(db, world.keys).erase(signup));
const referred = async ({ id }: Campaign, coalition: Coalition | null = null) =>
  (await new Tallies(world.db.manager).referred(id)).get(coalition?.id ?? null) ?? {
    signups: 0,
    confirmed: 0,
  };

async function aWorld() {
  const [ohio, texas] = [await aCoalition(), await aCoalition()];
  const campaign = await aCampaign([ohio, texas], { running: true });
  return { campaign, ohio, texas, ana: await aSignup(campaign, ohio) };
}

describe('a code', () => {
  it('is 22 characters that no other link of that person gives away', async () => {
    const { ana } = await aWorld();
    const others = (['opt_in', 'guide', 'done', 'stop', 'me', 'join'] as const).map((purpose) =>
      world.keys.token(ana.tokenKey, ana.id, purpose),
    );
    expect(codeOf(ana)).toMatch(/^[\w-]{22}$/);
    expect(others).not.toContain(codeOf(ana));
  });

  it('counts a colleague who came by it, once they said yes themselves, and once more when they did it', async () => {
    const { campaign, ohio, ana } = await aWorld();
    const ben = await aSignup(campaign, ohio, { code: codeOf(ana) });
    expect(await referrals().broughtBy(ana.id)).toEqual({ joined: 0, done: 0 });
    // Said on the page after signup, by whoever typed this address: whether its owner is known must not show.
    await done(ben);
    expect(await referrals().broughtBy(ana.id)).toEqual({ joined: 0, done: 0 });
    await sayYes(ben);
    expect(await referrals().broughtBy(ana.id)).toEqual({ joined: 1, done: 1 });
    // The leader's figures are of all.
    expect(await referred(campaign, ohio)).toEqual({ signups: 1, confirmed: 1 });
  });

  it('works in another coalition of its campaign, and in no other campaign', async () => {
    const { campaign, ohio, texas, ana } = await aWorld();
    await aSignup(campaign, texas, { code: codeOf(ana) });
    await aSignup(await aCampaign([texas], { running: true }), texas, { code: codeOf(ana) });
    expect(await referred(campaign, texas)).toEqual({ signups: 1, confirmed: 0 });
    expect(await referred(campaign, ohio)).toEqual({ signups: 0, confirmed: 0 });
    expect(await referred(campaign)).toEqual({ signups: 1, confirmed: 0 });
  });

  it('brings nobody who was there already, nor its owner: the first code wins', async () => {
    const { campaign, ohio, texas, ana } = await aWorld();
    const ben = await aSignup(campaign, ohio, { email: 'first-code@x.example', code: codeOf(ana) });
    await aSignup(campaign, texas, {
      email: 'first-code@x.example',
      code: codeOf(await aSignup(campaign, texas)),
    });
    await aSignup(campaign, ohio, { email: ana.email!, code: codeOf(ana) });
    await aSignup(campaign, ohio, { email: ana.email!, code: codeOf(ben) });
    expect(
      await world.db.query(
        `select by_signup_id as by, signup_id as who from referrals where signup_id = any($1)`,
        [[ana.id, ben.id]],
      ),
    ).toEqual([{ by: ana.id, who: ben.id }]);
    expect(await referred(campaign)).toEqual({ signups: 1, confirmed: 0 });
  });

  it('that nobody has, is for something else, or is revoked, leads to a plain signup', async () => {
    const { campaign, ohio, ana } = await aWorld();
    const stop = world.keys.token(ana.tokenKey, ana.id, 'stop');
    for (const code of [randomBytes(16).toString('base64url'), stop]) {
      expect((await aSignup(campaign, ohio, { code })).standing).toBe('joined');
    }
    await world.db.query(`update tokens set revoked_at = now() where signup_id = $1 and purpose = 'refer'`, [
      ana.id,
    ]);
    await aSignup(campaign, ohio, { code: codeOf(ana) });
    expect(await referred(campaign)).toEqual({ signups: 0, confirmed: 0 });
  });

  it('comes late to whoever signed up before there were any, with their own "I did it"', async () => {
    const { campaign, ohio, ana } = await aWorld();
    const signups = new Signups(world.db.manager, world.keys);
    await world.db.query(`delete from tokens where signup_id = $1 and purpose = 'refer'`, [ana.id]);
    expect(await referrals().broughtBy(ana.id)).toBeNull();
    for (let times = 0; times < 2; times++) await signups.giveCode(ana);
    expect(await referrals().broughtBy(ana.id)).toEqual({ joined: 0, done: 0 });
    await sayYes(await aSignup(campaign, ohio, { code: codeOf(ana) }));
    expect(await referrals().broughtBy(ana.id)).toEqual({ joined: 1, done: 0 });
  });

  it('brings somebody who only waited for an invitation’s yes, and not by their own code', async () => {
    const { campaign, ohio, ana } = await aWorld();
    const waiting = await aSignup(campaign, ohio, { email: 'waiting@x.example' });
    const wait = () => world.db.query(`update signups set standing = 'invited' where id = $1`, [waiting.id]);
    await wait();
    await aSignup(campaign, ohio, { email: 'waiting@x.example', code: codeOf(waiting) });
    expect(await referred(campaign)).toEqual({ signups: 0, confirmed: 0 });
    await wait();
    await aSignup(campaign, ohio, { email: 'waiting@x.example', code: codeOf(ana) });
    expect(await referred(campaign)).toEqual({ signups: 1, confirmed: 0 });
  });
});

describe('when somebody is deleted', () => {
  const ties = async () => world.db.query<object[]>(`select * from referrals where signup_id is not null`);

  it('nobody knows any more by whom they came, and they stay counted', async () => {
    const { campaign, ohio, ana } = await aWorld();
    const ben = await aSignup(campaign, ohio, { code: codeOf(ana) });
    await sayYes(ben);
    await done(ben);
    const before = await ties();
    await forget(ben);
    expect(await ties()).toHaveLength(before.length - 1);
    expect(await referrals().broughtBy(ana.id)).toEqual({ joined: 1, done: 1 });
    expect(await referred(campaign, ohio)).toEqual({ signups: 1, confirmed: 1 });
  });

  it('whom they brought is not known any more, stays counted, and their code brings nobody', async () => {
    const { campaign, ohio, ana } = await aWorld();
    await done(await aSignup(campaign, ohio, { code: codeOf(ana) }));
    await forget(ana);
    expect(await world.db.query(`select from referrals where by_signup_id = $1`, [ana.id])).toEqual([]);
    await aSignup(campaign, ohio, { code: codeOf(ana) });
    expect(await referred(campaign, ohio)).toEqual({ signups: 1, confirmed: 1 });
  });
});

it('leaves with its owner, with counts as their page shows them', async () => {
  const { campaign, ohio, ana } = await aWorld();
  const kept = async () => {
    const { signups } = await new OwnerData(world.db.manager, world.keys).kept(ana.supporterId);
    return signups[0]!.referral;
  };
  for (let n = 0; n < 2; n++) await sayYes(await aSignup(campaign, ohio, { code: codeOf(ana) }));
  expect(await kept()).toEqual({ code: codeOf(ana), joined: null, done: null });
  for (let n = 0; n < 2; n++) await sayYes(await aSignup(campaign, ohio, { code: codeOf(ana) }));
  expect(await kept()).toEqual({ code: codeOf(ana), joined: 3, done: null });
});

it('credits a signup once, however many codes bring it at the same moment', async () => {
  const { campaign, ohio, ana } = await aWorld();
  const cam = await aSignup(campaign, ohio);
  const ben = await aSignup(campaign, ohio);
  let second: Promise<void> | undefined;
  await world.db.transaction(async (open) => {
    await new Referrals(open).credit(ben.id, codeOf(ana));
    second = referrals().credit(ben.id, codeOf(cam));
    await waiting();
  });
  await second;
  expect(
    await world.db.query(`select by_signup_id as by from referrals where signup_id = $1`, [ben.id]),
  ).toEqual([{ by: ana.id }]);
  expect(await referred(campaign)).toEqual({ signups: 1, confirmed: 0 });
});

/** Until somebody waits for a lock that another transaction of this database holds. */
async function waiting(): Promise<void> {
  for (;;) {
    const rows = await world.db.query<unknown[]>(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}
