import { randomBytes } from 'node:crypto';
import { Tallies } from '#postgres';
import { countedByHand, inOrder } from '../../../../test/support/counted-by-hand.js';
import { useApi } from '../../../../test/support/use-api.js';
import type { CoalitionAnswer, MergeAnswer } from './coalition.schema.js';

const world = useApi();
const at = (id: string) => `/api/v1/coalitions/${id}`;
const people = () => `${randomBytes(5).toString('hex')}@example.org`;

describe('a merge', () => {
  it('says first what it would move, and then moves it, once', async () => {
    const { id, slug, coalition: one, page } = await world.aCampaign();
    const other = await world.aCoalition({ name: 'Many Hands of the Lakes' });
    await world.call('PATCH', `/api/v1/campaigns/${id}`, { coalitionIds: [other.id] });
    const both = people();
    for (const email of [both, people()]) await world.post(page, { email, showName: 'on' });
    await world.post(`/c/${slug}/${other.slug}`, { email: both });
    const child = await world.aCoalition({ parentId: one.id, name: 'Toledo' });
    const leader = await world.key('leader', one.id);

    const expected = {
      from: { id: one.id },
      into: { id: other.id, name: 'Many Hands of the Lakes' },
      campaigns: [{ id, title: 'Comment on the docket', people: 2, inBoth: 1 }],
      hidden: 2,
      children: [{ id: child.id, name: 'Toledo' }],
      leaders: 1,
      slugs: [one.slug],
    };
    const preview = await world.call('GET', `${at(one.id)}/merge?into=${other.id}`);
    expect(preview.json<MergeAnswer>()).toMatchObject(expected);
    expect((await world.call('GET', at(one.id))).json()).toMatchObject({ mergedInto: null });

    const pressed = await Promise.all(
      [1, 2, 3].map(() => world.call('POST', `${at(one.id)}/merge`, { into: other.id })),
    );
    expect(pressed.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    const lines = await world.all(
      `select actor, detail from audit where action = 'coalition.merged' and detail ->> 'coalitionId' = $1`,
      [one.id],
    );
    expect(lines).toMatchObject([
      { actor: 'organizer:a organizer', detail: { into: other.id, people: 2, inBoth: 1, leaders: 1 } },
    ]);

    expect((await world.get(page)).headers.location).toBe(`/c/${slug}/${other.slug}`);
    const { items } = (await world.call('GET', '/api/v1/coalitions', undefined, leader)).json<{
      items: CoalitionAnswer[];
    }>();
    expect(items.map((each) => each.id)).toEqual([other.id, child.id]);
    expect((await world.call('PATCH', at(one.id), { version: 2, name: 'Again' })).json()).toMatchObject({
      code: 'merged',
    });
    expect((await world.call('POST', `${at(one.id)}/merge`, { into: child.id })).json()).toMatchObject({
      code: 'merged',
    });
  });

  it('is refused with itself, with one that is gone, and by a leader', async () => {
    const [one, other, third] = [
      await world.aCoalition(),
      await world.aCoalition(),
      await world.aCoalition(),
    ];
    const merge = async (from: string, into: string, key?: string) =>
      (await world.call('POST', `${at(from)}/merge`, { into }, key)).statusCode;
    expect(await merge(one.id, one.id)).toBe(422);
    expect(await merge(one.id, '00000000-0000-4000-8000-000000000000')).toBe(422);
    expect(await merge(one.id, other.id, await world.key('leader', one.id))).toBe(403);
    expect(await merge(one.id, other.id)).toBe(200);
    expect(await merge(third.id, one.id)).toBe(422);
  });

  it('loses and doubles nobody while people sign up through both', async () => {
    const { id, slug, coalition: one } = await world.aCampaign();
    const other = await world.aCoalition();
    await world.call('PATCH', `/api/v1/campaigns/${id}`, { coalitionIds: [other.id] });
    const twice = Array.from({ length: 10 }, people);
    let merged: Promise<{ statusCode: number }> | undefined;
    const answers: Promise<{ statusCode: number }>[] = [];
    for (const [n, email] of [...twice, ...Array.from({ length: 30 }, people), ...twice].entries()) {
      const { slug: through } = n % 3 === 0 ? other : one;
      const from = { remoteAddress: `198.51.${n}.7` };
      answers.push(
        world.send({
          method: 'POST',
          url: `/c/${slug}/${through}`,
          payload: new URLSearchParams({ email }).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          ...from,
        }),
      );
      if (n === 20) merged = world.call('POST', `${at(one.id)}/merge`, { into: other.id });
    }
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 303));
    expect((await merged!).statusCode).toBe(200);
    const tally = await new Tallies(world.db.manager).of(id);
    expect(inOrder(tally)).toEqual(inOrder(await countedByHand(world)(id)));
    expect(tally).toMatchObject({
      total: { signups: 40 },
      coalitions: [{ coalitionId: other.id, signups: 40 }],
    });
  });
});
