import { linkOf, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
beforeEach(() => world.db.query(`delete from limits`));

const from = (ip: string) => ({ remoteAddress: ip, headers: { accept: 'application/json' } });
const withKey = (key: string, ip: string) =>
  world.send({
    method: 'GET',
    url: '/api/v1/campaigns',
    headers: { authorization: `Bearer ${key}` },
    remoteAddress: ip,
  });
const statuses = (answers: { statusCode: number }[]) => answers.map(({ statusCode }) => statusCode);
const times = async <Answer>(n: number, act: (n: number) => Promise<Answer>) => {
  const answers = [];
  for (let i = 0; i < n; i++) answers.push(await act(i));
  return answers;
};

async function aSignup() {
  const campaign = await world.aCampaign();
  await world.post(campaign.page, { email: 'guess@example.org' });
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  return id;
}

describe('wrong keys from one network', () => {
  it('are refused without a look after ten, while a script with a right one goes on', async () => {
    const key = await world.key('organizer');
    const wrong = await times(11, (n) => withKey(`db_wrong${n}`, '203.0.113.3'));
    expect(statuses(wrong)).toEqual([...Array<number>(10).fill(401), 429]);
    expect(wrong.at(-1)!.json()).toMatchObject({ status: 429, code: 'too_many' });
    expect(wrong.at(-1)!.headers['retry-after']).toMatch(/^\d+$/);
    expect((await withKey(key, '203.0.113.3')).statusCode).toBe(200);
  });

  it('are none where no key came, or a session that has ended', async () => {
    const ip = '203.0.113.4';
    const none = await times(12, (n) =>
      world.send({
        method: 'GET',
        url: '/api/v1/campaigns',
        remoteAddress: ip,
        headers: n % 2 ? { cookie: `__Host-drumbeat=ended${n}.signature` } : {},
      }),
    );
    expect(new Set(statuses(none))).toEqual(new Set([401]));
  });

  it('are ten when fifty come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => withKey(`db_wrong${n}`, '203.0.113.5')),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10);
  });
});

describe('guessed links from one network', () => {
  const guess = (page: string, n: number, ip: string) =>
    world.send({ method: 'GET', url: `/${page}/${String(n).padStart(22, 'A')}`, ...from(ip) });

  it('end after sixty over all pages, and with them the right ones; stopping still works', async () => {
    const id = await aSignup();
    const ip = '203.0.113.6';
    const pages = ['me', 'done', 'yes', 'guide', 'welcome', 'leader'];
    const guesses = await times(62, (n) => guess(pages[n % pages.length]!, n, ip));
    expect(statuses(guesses)).toEqual([...Array<number>(60).fill(404), 429, 429]);
    expect(guesses.at(-1)!.headers['retry-after']).toMatch(/^\d+$/);
    const me = linkOf(world.keys, id, 'me');
    expect((await world.send({ method: 'GET', url: me, ...from(ip) })).statusCode).toBe(429);
    expect((await world.send({ method: 'GET', url: me, ...from('203.0.113.7') })).statusCode).toBe(200);
    const stop = linkOf(world.keys, id, 'stop');
    expect((await world.send({ method: 'GET', url: stop, ...from(ip) })).statusCode).toBe(200);
    expect(statuses([await guess('stop', 1, ip)])).toEqual([429]);
  });

  it('are not counted when the link is right', async () => {
    const me = linkOf(world.keys, await aSignup(), 'me');
    const looks = await times(70, () => world.send({ method: 'GET', url: me, ...from('203.0.113.8') }));
    expect(new Set(statuses(looks))).toEqual(new Set([200]));
  });
});
