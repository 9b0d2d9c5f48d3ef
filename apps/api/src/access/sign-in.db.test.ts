import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const ours = { host: 'drumbeat.example' };

async function signedIn() {
  const campaign = await world.aCampaign();
  const key = await world.key('organizer');
  const answer = await world.post('/sign-in', { key });
  const cookie = String(answer.headers['set-cookie']);
  return { campaign, key, cookie, session: cookie.split(';')[0]! };
}

const statusOf = async (id: string) =>
  (await world.one(`select status from campaigns where id = $1`, [id]))['status'];

describe('signing in', () => {
  it('leaves one cookie, which no script reads and no other site sends', async () => {
    const { cookie } = await signedIn();
    expect(cookie).toMatch(/^drumbeat_key=[^;]+; /);
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/', 'Max-Age=43200'])
      expect(cookie).toContain(flag);
  });

  it('is refused with a key that is none, without saying what was typed', async () => {
    const answer = await world.post('/sign-in', { key: 'db_secret-of-another-place' });
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([401, undefined]);
    expect(answer.body + world.log).not.toContain('db_secret-of-another-place');
  });

  it('opens the pages, and ends by the button', async () => {
    const { session } = await signedIn();
    expect((await world.get('/campaigns', { cookie: session })).statusCode).toBe(200);
    const out = await world.post('/sign-out', {}, { cookie: session });
    expect(String(out.headers['set-cookie'])).toMatch(
      /^drumbeat_key=;.*(Expires=Thu, 01 Jan 1970|Max-Age=0)/,
    );
  });

  it('never writes the key into the log', async () => {
    const { key } = await signedIn();
    expect(world.log).not.toContain(key);
  });
});

describe('a page of another site, to somebody who is signed in', () => {
  it.each([
    ['says where it is from', { origin: 'https://evil.example' }],
    ['hides where it is from', { origin: 'null' }],
    ['is of a neighbour under the same domain', { origin: 'https://other.drumbeat.example' }],
    ['is told apart by the browser', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['is a neighbour, told apart by the browser', { 'sec-fetch-site': 'same-site' }],
    ['says nothing at all', {}],
  ])('changes nothing when it %s', async (_, from) => {
    const { campaign, session } = await signedIn();
    const before = await world.rows();
    for (const url of [`/campaigns/${campaign.id}/pause`, `/api/v1/campaigns/${campaign.id}/close`]) {
      const answer = await world.post(url, {}, { ...ours, cookie: session, ...from });
      expect([url, answer.statusCode]).toEqual([url, 403]);
    }
    expect(await world.rows()).toEqual(before);
  });

  it.each([
    ['en', 'That did not come from a page of ours', 'open the page here and press its button yourself'],
    ['es', 'Eso no vino de una página nuestra', 'abre la página aquí y presiona tú el botón'],
  ])('says what happened and what to do next (%s)', async (language, title, next) => {
    const { campaign, session } = await signedIn();
    const from = { 'sec-fetch-site': 'cross-site', 'accept-language': language };
    const answer = await world.post(
      `/campaigns/${campaign.id}/pause`,
      {},
      { ...ours, cookie: session, ...from },
    );
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain(`<h1>${title}</h1>`);
    expect(answer.body).toContain(next);
    expect(answer.body).toContain('<a class="button main" href="/campaigns">');
  });

  it.each([
    ['by its origin', { origin: 'https://drumbeat.example' }],
    ['by the browser’s word', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
  ])('is not taken for a page of ours, known %s', async (_, from) => {
    const { campaign, session } = await signedIn();
    const answer = await world.post(
      `/campaigns/${campaign.id}/pause`,
      {},
      { ...ours, cookie: session, ...from },
    );
    expect([answer.statusCode, await statusOf(campaign.id)]).toEqual([303, 'paused']);
  });

  it('does not matter to a script with a bearer key, which no browser sends by itself', async () => {
    const { campaign, key } = await signedIn();
    expect(
      (await world.call('POST', `/api/v1/campaigns/${campaign.id}/pause`, undefined, key)).statusCode,
    ).toBe(200);
  });
});
