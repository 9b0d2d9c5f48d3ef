import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();

type Line = { coalitionId: string; total: Record<string, number>; today: Record<string, number> };

/** National above Ohio, both recruiting, and Texas that is nobody's of theirs. */
async function aTree() {
  const campaign = await world.aCampaign();
  const national = campaign.coalition;
  const ohio = await world.aCoalition({ parentId: national.id, name: '=Ohio' });
  const texas = await world.aCoalition({ name: 'Texas' });
  await world.call('PATCH', `/api/v1/campaigns/${campaign.id}`, {
    coalitionIds: [national.id, ohio.id, texas.id],
  });
  const at = (coalition: { id: string }) => `/api/v1/campaigns/${campaign.id}/coalitions/${coalition.id}`;
  const join = async (coalition: { id: string; slug: string }, email: string, more = {}) => {
    await world.post(`/c/${campaign.slug}/${coalition.slug}`, { email, ...more });
    return world.one<{ id: string }>(
      `select s.id from signups s join supporters p on p.id = s.supporter_id
       where s.campaign_id = $1 and p.email_key = any($2)`,
      [campaign.id, world.keys.contactKeys(email)],
    );
  };
  return { campaign, national, ohio, texas, at, join };
}

it('says the same in the tally, its course, the funnel, the dashboard, the files and the page of a link', async () => {
  const { campaign, national, ohio, texas, at, join } = await aTree();
  const people = [
    await join(national, 'ana@figures.example'),
    await join(ohio, 'ben@figures.example'),
    await join(ohio, 'cam@figures.example'),
    await join(texas, 'dee@figures.example'),
  ];
  await join(national, 'ben@figures.example');
  const said = (id: string) =>
    world.call('POST', `/api/v1/signups/${id}/confirmations`, { outcome: 'filed' });
  await said(people[1]!.id);
  await said(people[3]!.id);
  await world.db.query(`update signups set went_at = now() where id = $1`, [people[2]!.id]);
  const byAColleague = [people[1]!.id, people[2]!.id];
  await world.db.query(`update signups set referred = true where id = any($1)`, [byAColleague]);

  const base = `/api/v1/campaigns/${campaign.id}`;
  const get = async <Body>(url: string) => (await world.call('GET', url)).json<Body>();
  type Rows = {
    total: Record<string, number>;
    coalitions: ({ coalitionId: string } & Record<string, number>)[];
  };
  const tally = await get<Rows>(`${base}/tally`);
  expect(tally.total).toEqual({ signups: 4, optedIn: 0, went: 1, confirmed: 2, verified: 0, pledged: 0 });
  for (const by of ['hour', 'day']) {
    const { items } = await get<{ items: { total: object }[] }>(`${base}/series?by=${by}`);
    expect(items.at(-1)!.total).toEqual(tally.total);
  }
  const funnel = await get<{ items: { stage: string; people: number }[] }>(`${base}/funnel`);
  for (const { stage, people } of funnel.items) expect([stage, people]).toEqual([stage, tally.total[stage]]);
  const sideBySide = await get<Rows['coalitions'] & { total: object; items: Rows['coalitions'] }>(
    `${base}/side-by-side`,
  );
  expect(sideBySide.total).toMatchObject(tally.total);
  for (const { coalitionId, name: _, rate: __, ...figures } of sideBySide.items)
    expect({ coalitionId, ...figures }).toEqual(
      tally.coalitions.find((each) => each.coalitionId === coalitionId),
    );

  const leader = await world.key('leader', national.id);
  const answer = await world.call('GET', `${at(national)}/dashboard`, undefined, leader);
  const { coalitions, overlap, rank, referred } = answer.json<{
    coalitions: Line[];
    overlap: number;
    rank: null;
    referred: { signups: number; confirmed: number };
  }>();
  expect(referred).toEqual({ signups: 2, confirmed: 1 });
  expect(coalitions.map(({ coalitionId }) => coalitionId)).toEqual([national.id, ohio.id]);
  for (const { coalitionId, total, today } of coalitions) {
    const { coalitionId: _, ...figures } = tally.coalitions.find((each) => each.coalitionId === coalitionId)!;
    expect(total).toMatchObject(figures);
    expect(today).toEqual(figures);
    const own = at({ id: coalitionId });
    const series = await get<{ today: object; items: { total: object }[] }>(`${own}/series`);
    expect([series.items.at(-1)!.total, series.today]).toEqual([figures, figures]);
    const { items } = await get<typeof funnel>(`${own}/funnel`);
    for (const { stage, people } of items) expect([stage, people]).toEqual([stage, figures[stage]]);
  }
  expect([overlap, rank]).toEqual([1, null]);
  const some = await world.call('GET', `${at(national)}/dashboard?first=1`, undefined, leader);
  expect(some.json()).toMatchObject({ coalitions: [{ coalitionId: national.id }], more: 1, overlap: 1 });
  expect(some.json<{ coalitions: Line[] }>().coalitions).toHaveLength(1);

  const token = world.keys.token(world.keys.tokenKey, `${campaign.id}/${national.id}`, 'leader');
  const link = (await world.get(`/leader/${token}/figures`)).json<{ figures: Record<string, string> }>();
  expect(link.figures['total.signups']).toBe(String(coalitions[0]!.total['signups']));
  expect(link.figures[`${ohio.id}.confirmed`]).toBe(String(coalitions[1]!.total['confirmed']));

  const file = await world.call('GET', `${at(national)}/dashboard.csv`, undefined, leader);
  expect(file.headers['content-type']).toMatch('text/csv');
  expect(file.body).toContain(`\r\n'=Ohio,2,0,1,1,0,0,0.5,2,0,1,1,0,0,2,1\r\n`);
  const [head, own] = file.body.split('\r\n').map((row) => row.split(',').slice(-2));
  expect([head, own]).toEqual([
    ['signups by a colleague', 'confirmed by a colleague'],
    [referred.signups, referred.confirmed].map(String),
  ]);
  const files = async (of: string, whats: string[], key?: string) => {
    for (const what of whats) {
      const { headers } = await world.call('GET', `${of}/${what}.csv`, undefined, key);
      expect([what, headers['content-type']]).toEqual([what, 'text/csv; charset=utf-8']);
    }
  };
  await files(base, ['tally', 'series', 'funnel', 'road', 'deliverability']);
  await files(at(national), ['series', 'funnel'], leader);
  const exported = await world.all(
    `select from audit where action = 'figures.exported' and campaign_id = $1`,
    [campaign.id],
  );
  expect(exported).toHaveLength(8);
});

it('shows a leader the names of those who agreed to be seen by them, and to nobody else', async () => {
  const { campaign, national, ohio, at, join } = await aTree();
  const ana = await join(ohio, 'ana@seen.example', { name: 'Ana', showName: 'on', zip: '97201' });
  const ben = await join(ohio, 'ben@seen.example', { name: 'Ben' });
  const leader = await world.key('leader', ohio.id);
  const above = await world.key('leader', national.id);
  const ask = async (key?: string) =>
    (await world.call('GET', `${at(ohio)}/people`, undefined, key)).json<{
      yours: boolean;
      items: { id: string; name: string; words: string; mine: boolean }[];
    }>();
  const { items } = await ask(leader);
  expect(items).toMatchObject([{ id: ana.id, name: 'Ana', stage: 'signups', mine: false }]);
  expect(items[0]!.words).toContain('Ana');
  expect(items[0]!.words).toContain(`/c/${campaign.slug}/${ohio.slug}`);
  for (const key of [above, undefined]) expect(await ask(key)).toMatchObject({ yours: false, items: [] });

  const told = (id: string, key: string) =>
    world.call('PUT', `${at(ohio)}/people/${id}/confirmation`, { outcome: 'filed' }, key);
  const back = (id: string, key: string) =>
    world.call('DELETE', `${at(ohio)}/people/${id}/confirmation`, undefined, key);
  expect((await told(ben.id, leader)).statusCode).toBe(404);
  expect((await told(ana.id, above)).statusCode).toBe(404);
  expect((await told(ana.id, leader)).json()).toEqual({ outcome: 'filed', news: true });
  expect((await told(ana.id, leader)).json()).toEqual({ outcome: 'filed', news: false });
  expect(await world.one(`select source from confirmations where signup_id = $1`, [ana.id])).toEqual({
    source: 'leader',
  });
  expect((await ask(leader)).items).toEqual([]);
  const other = await world.key('leader', ohio.id);
  expect((await back(ana.id, other)).json()).toMatchObject({ code: 'not_yours' });
  expect((await back(ana.id, leader)).json()).toEqual({ outcome: null, news: true });
  expect((await back(ana.id, leader)).json()).toEqual({ outcome: null, news: false });
  expect((await ask(leader)).items).toHaveLength(1);
  const lines = await world.all<{ action: string }>(
    `select action from audit where action like 'confirmation.%' and campaign_id = $1 order by id`,
    [campaign.id],
  );
  expect(lines.map(({ action }) => action)).toEqual(['confirmation.recorded', 'confirmation.taken_back']);
});

it("hides another coalition's figures from a leader who guesses its id, and writes it down", async () => {
  const { texas, ohio, at } = await aTree();
  const leader = await world.key('leader', ohio.id);
  const whats = [
    'dashboard',
    'dashboard.csv',
    'series',
    'series.csv',
    'funnel',
    'funnel.csv',
    'people',
    'texts',
  ];
  for (const what of whats) {
    expect((await world.call('GET', `${at(texas)}/${what}`, undefined, leader)).statusCode).toBe(404);
    expect((await world.call('GET', `${at(ohio)}/${what}`, undefined, leader)).statusCode).toBe(200);
  }
  const lines = await world.all(
    `select from audit where action = 'coalition.refused' and detail ->> 'asked' = $1`,
    [texas.id],
  );
  expect(lines).toHaveLength(whats.length);
});

it('lists to a leader the campaigns around their coalition, without what is not theirs', async () => {
  const { campaign, national, ohio } = await aTree();
  const list = async (key: string) =>
    (await world.call('GET', '/api/v1/campaigns', undefined, key)).json<{
      items: { id: string; coalitionIds: string[]; ladder: [] }[];
    }>().items;
  expect(await list(await world.key('leader', ohio.id))).toMatchObject([
    { id: campaign.id, coalitionIds: [ohio.id], ladder: [] },
  ]);
  expect((await list(await world.key('leader', national.id)))[0]!.coalitionIds).toHaveLength(2);
  expect(await list(await world.key('leader', (await world.aCoalition()).id))).toEqual([]);
});

it('says where a coalition stands among its neighbours only where an organizer wants it', async () => {
  const { campaign, national, texas, at, join } = await aTree();
  await join(national, 'ana@rank.example');
  const { id } = await join(texas, 'ben@rank.example');
  await world.call('POST', `/api/v1/signups/${id}/confirmations`, { outcome: 'filed' });
  const rank = async () =>
    (await world.call('GET', `${at(national)}/dashboard`)).json<{ rank: unknown }>().rank;
  expect(await rank()).toBeNull();
  await world.call('PATCH', `/api/v1/campaigns/${campaign.id}`, { ranking: true });
  expect(await rank()).toEqual({ place: 2, of: 2 });
});

it('puts coalitions side by side by number and by rate, and finds them by name', async () => {
  const { campaign, national, ohio, texas, join } = await aTree();
  const said = async (coalition: typeof ohio, email: string) => {
    const { id } = await join(coalition, email);
    await world.call('POST', `/api/v1/signups/${id}/confirmations`, { outcome: 'filed' });
  };
  for (const name of ['ana', 'ben']) await said(ohio, `${name}@side.example`);
  await join(ohio, 'cam@side.example');
  await said(texas, 'dee@side.example');
  const many = await Promise.all(
    Array.from({ length: 20 }, (_, n) => world.aCoalition({ name: `Círculo ${n}` })),
  );
  const coalitionIds = [national, ohio, texas, ...many].map(({ id }) => id);
  await world.call('PATCH', `/api/v1/campaigns/${campaign.id}`, { coalitionIds });
  const ask = async (query: string) =>
    (await world.call('GET', `/api/v1/campaigns/${campaign.id}/side-by-side?${query}`)).json<{
      items: { name: string; rate: number | null }[];
      found: number;
      pages: number;
    }>();
  const [byNumber, byRate] = [await ask('by=confirmed'), await ask('by=rate')];
  const first = ({ items }: typeof byNumber) => items.slice(0, 3).map(({ name }) => name);
  expect(first(byNumber).at(-1)).toBe('Texas');
  expect(first(byRate)[0]).toBe('Texas');
  expect(byNumber).toMatchObject({ found: 23, pages: 2 });
  expect(byNumber.items).toHaveLength(20);
  expect((await ask('page=2')).items.map(({ rate }) => rate)).toEqual([null, null, null]);
  expect(await ask('search=circulo%207')).toMatchObject({ found: 1, items: [{ name: 'Círculo 7' }] });
  expect(await ask('search=nobody')).toMatchObject({ found: 0, pages: 1, items: [] });
});

it('says what the road to the goal still takes, on the screen and in the file', async () => {
  const { campaign, national, join } = await aTree();
  const url = `/api/v1/campaigns/${campaign.id}`;
  type Road = { goal: number; count: number; left: number; perDay: number; ahead: { count: number }[] };
  const series = async () => (await world.call('GET', `${url}/series`)).json<{ road: Road | null }>();
  await world.call('PATCH', url, { goal: 40 });
  const { id } = await join(national, 'ana@road.example');
  await world.call('POST', `/api/v1/signups/${id}/confirmations`, { outcome: 'filed' });
  const { road } = await series();
  expect(road).toMatchObject({ goal: 40, count: 1, left: 39 });
  expect(road!.ahead.at(-1)!.count).toBe(40);
  const lines = (await world.call('GET', `${url}/road.csv`)).body.trim().split('\r\n');
  expect(lines[0]).toBe('day,done,done in all,needed in all');
  expect(lines).toHaveLength(1 + road!.ahead.length);
  expect(lines[1]).toMatch(/,1,1,\d+$/);
  expect(lines.at(-1)).toMatch(/,,,40$/);
  await world.call('PATCH', url, { goal: null });
  expect((await series()).road).toBeNull();
});
