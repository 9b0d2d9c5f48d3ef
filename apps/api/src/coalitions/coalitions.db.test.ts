import { randomBytes } from 'node:crypto';
import type { Coalition } from '#postgres';
import { useApi } from '../../../../test/support/use-api.js';
import type { CoalitionAnswer } from './coalition.schema.js';

const world = useApi();
const at = (id: string) => `/api/v1/coalitions/${id}`;
const read = async (id: string) => (await world.call('GET', at(id))).json<CoalitionAnswer>();
const slug = () => `group-${randomBytes(4).toString('hex')}`;
const create = async (form: object, key?: string) => world.call('POST', '/api/v1/coalitions', form, key);

describe('the tree', () => {
  it('lists everybody for organizers, and for a leader their own and what is below it', async () => {
    const national = await world.aCoalition();
    const state = await world.aCoalition({ parentId: national.id });
    const city = await world.aCoalition({ parentId: state.id });
    const other = await world.aCoalition({ parentId: national.id });
    const ids = async (key: string) => {
      const { items } = (await world.call('GET', '/api/v1/coalitions', undefined, key)).json<{
        items: CoalitionAnswer[];
      }>();
      return items.map(({ id }) => id);
    };
    expect(await ids(await world.key('organizer'))).toEqual(
      expect.arrayContaining([national.id, state.id, city.id, other.id]),
    );
    expect(await ids(await world.key('leader', state.id))).toEqual([state.id, city.id]);
  });

  it('begins a new one with what the one above it has', async () => {
    const national = await world.aCoalition({ zone: 'America/Denver', colour: '#7a1f5c' });
    const made = await create({ slug: slug(), name: 'Many Hands of Utah', parentId: national.id });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      shortName: 'Many Hands of Utah',
      zone: 'America/Denver',
      replyTo: national.replyTo,
      postalAddress: national.postalAddress,
      colour: '#7a1f5c',
      logo: null,
      version: 1,
    });
  });

  it('refuses to be turned into a loop, and says between whom', async () => {
    const national = await world.aCoalition({ name: 'National' });
    const state = await world.aCoalition({ name: 'State', parentId: national.id });
    const answer = await world.call('PATCH', at(national.id), { version: 1, parentId: state.id });
    expect([answer.statusCode, answer.json()['detail']]).toEqual([
      422,
      '"National" cannot be below "State", which is below it.',
    ]);
  });
});

describe('a change', () => {
  it('is a line of the audit log, with its author and what was changed, and says nothing when nothing changed', async () => {
    const { id } = await world.aCoalition();
    const answer = await world.call('PATCH', at(id), {
      version: 1,
      name: 'Many Hands',
      zone: 'America/New_York',
    });
    expect(answer.json()).toMatchObject({ name: 'Many Hands', version: 2 });
    await world.call('PATCH', at(id), { version: 2, name: 'Many Hands' });
    expect(
      await world.all(`select actor, detail from audit where detail ->> 'coalitionId' = $1`, [id]),
    ).toEqual([
      { actor: 'organizer:a organizer', detail: { coalitionId: id, version: 2, fields: ['name'] } },
    ]);
  });

  it('tells the second editor what changed and by whom, and keeps both', async () => {
    const { id } = await world.aCoalition();
    await world.call('PATCH', at(id), { version: 1, name: 'First' });
    const late = await world.call('PATCH', at(id), { version: 1, postalAddress: '2 Side St' });
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({
      code: 'changed_meanwhile',
      version: 2,
      changes: [{ by: 'a organizer', fields: ['name'] }],
    });
    expect(late.json()['detail']).toMatch(
      /^a organizer changed this coalition while you worked on it\. Nothing of yours was saved yet/,
    );
    await world.call('PATCH', at(id), { version: 2, postalAddress: '2 Side St' });
    expect(await read(id)).toMatchObject({ name: 'First', postalAddress: '2 Side St', version: 3 });
  });

  it('of two at once is made by one', async () => {
    const { id } = await world.aCoalition();
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map((name) => world.call('PATCH', at(id), { version: 1, name })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
  });

  it("is a leader's to make in their own coalition and below, but not its place or address", async () => {
    const state = await world.aCoalition();
    const city = await world.aCoalition({ parentId: state.id });
    const foreign = await world.aCoalition();
    const leader = await world.key('leader', state.id);
    const change = async (id: string, form: object) =>
      (await world.call('PATCH', at(id), { version: 1, ...form }, leader)).statusCode;
    expect(await change(city.id, { name: 'Ours' })).toBe(200);
    expect(await change(foreign.id, { name: 'Theirs' })).toBe(404);
    expect(await change(state.id, { slug: slug() })).toBe(403);
    expect(await change(state.id, { parentId: foreign.id })).toBe(403);
    expect(
      await world.all(`select from audit where action = 'coalition.refused' and detail ->> 'asked' = $1`, [
        foreign.id,
      ]),
    ).toHaveLength(1);
  });

  it.each([
    [{ zone: 'Mars/Base' }, 400, 'must be a time zone of the IANA list'],
    [{ replyTo: 'nobody' }, 400, 'must be an email address'],
    [{ name: 'a\u202Eb' }, 400, 'has characters that nobody can see'],
    [{ colour: 'blue' }, 400, 'must be a colour like #1f5f8b'],
    [
      { colour: '#ffcc00' },
      422,
      '#ffcc00 have a contrast of 1.5 to 1, and need 4.5 to be read. #8e7200 is the nearest that does',
    ],
  ])('with %j is refused in words', async (form, status, words) => {
    const { id } = await world.aCoalition();
    const answer = await world.call('PATCH', at(id), { version: 1, ...form });
    expect([answer.statusCode, answer.json()['detail']]).toEqual([status, expect.stringContaining(words)]);
    expect((await read(id)).version).toBe(1);
  });

  it('keeps a short name neutral for the lock screen', async () => {
    const { coalition } = await world.aCampaign({ avoidWords: ['peer'] });
    const answer = await world.call('PATCH', at(coalition.id), { version: 1, shortName: 'Ohio Peer Group' });
    expect([answer.statusCode, answer.json()['detail']]).toEqual([
      422,
      expect.stringContaining(
        'would show on a lock screen: "Comment on the docket" keeps it out of names',
      ) as unknown,
    ]);
  });
});

describe('an address', () => {
  it('that is taken names one that is free', async () => {
    const first = slug();
    await create({ slug: first, name: 'First' });
    await create({ slug: `${first}-2`, name: 'Second' });
    const third = await create({ slug: first, name: 'Third' });
    expect(third.statusCode).toBe(409);
    expect(third.json()).toMatchObject({ code: 'slug_taken', suggestion: `${first}-3` });
  });

  it('that was printed leads to the page for good, in the language that was asked for', async () => {
    const { slug: campaign, coalition } = await world.aCampaign();
    const [second, third] = [slug(), slug()];
    await world.call('PATCH', at(coalition.id), { version: 1, slug: second });
    await world.call('PATCH', at(coalition.id), { version: 2, slug: third });
    for (const printed of [coalition.slug, second]) {
      const answer = await world.get(`/c/${campaign}/${printed}?lang=es`);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `/c/${campaign}/${third}?lang=es`]);
      const form = { email: `${randomBytes(4).toString('hex')}@example.org` };
      expect((await world.post(`/c/${campaign}/${printed}`, form)).statusCode).toBe(303);
    }
    expect((await world.get(`/c/${campaign}/${third}`)).statusCode).toBe(200);
    const [{ people }] = (await world.all<{ people: number }>(
      `select count(*)::int as people from signup_coalitions where coalition_id = $1`,
      [coalition.id],
    )) as [{ people: number }];
    expect(people).toBe(2);
  });

  it('is never given to another, and may be taken back', async () => {
    const printed = slug();
    const { id } = await world.aCoalition({ slug: printed });
    await world.call('PATCH', at(id), { version: 1, slug: slug() });
    expect((await create({ slug: printed, name: 'Another' })).statusCode).toBe(409);
    const other: Coalition = await world.aCoalition();
    expect((await world.call('PATCH', at(other.id), { version: 1, slug: printed })).statusCode).toBe(409);
    expect((await world.call('PATCH', at(id), { version: 2, slug: printed })).json()).toMatchObject({
      slug: printed,
    });
  });
});
