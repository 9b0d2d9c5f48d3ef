import { type TestCampaign, useApi } from '../../../test/support/use-api.js';

const world = useApi();
let campaign: TestCampaign;
let key: string;
beforeAll(async () => {
  campaign = await world.aCampaign();
  key = await world.key('organizer');
});

const ask = (path: string, etag?: string) =>
  world.get(`/api/v1/campaigns/${campaign.id}${path}`, {
    authorization: `Bearer ${key}`,
    ...(etag && { 'if-none-match': etag }),
  });
const dashboard = () => `/coalitions/${campaign.coalition.id}/dashboard`;

describe('an answer of the API', () => {
  it('is sent again only when it has changed, and stays in no browser', async () => {
    const first = await ask('');
    expect(first.headers['cache-control']).toBe('no-store');
    const etag = String(first.headers.etag);
    const again = await ask('', etag);
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    await world.call('PATCH', `/api/v1/campaigns/${campaign.id}`, { goal: 77 });
    const changed = await ask('', etag);
    expect([changed.statusCode, changed.json()['goal']]).toEqual([200, 77]);
    expect(changed.headers.etag).not.toBe(etag);
  });

  it('of a dashboard is the same when only the moment is another that it was read at', async () => {
    const first = await ask(dashboard());
    const again = await ask(dashboard(), String(first.headers.etag));
    expect([first.statusCode, again.statusCode]).toEqual([200, 304]);
  });

  it('is sent whole to a change, and to whoever may not see it not at all', async () => {
    const etag = String((await ask('')).headers.etag);
    const change = await world.send({
      method: 'PATCH',
      url: `/api/v1/campaigns/${campaign.id}`,
      payload: { goal: 78 },
      headers: { authorization: `Bearer ${key}`, 'if-none-match': etag },
    });
    expect(change.statusCode).toBe(200);
    const nobody = await world.get(`/api/v1/campaigns/${campaign.id}`, { 'if-none-match': etag });
    expect(nobody.statusCode).toBe(401);
  });
});
