import { useApi } from '../../../../test/support/use-api.js';

const token = 'the-token-of-whoever-watches';
const world = useApi({ METRICS_TOKEN: token });
const figures = async () => {
  const answer = await world.get('/metrics', { authorization: `Bearer ${token}` });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  return answer.body;
};

it('is shown to whoever sends the token, and to nobody else', async () => {
  await figures();
  const administrator = await world.key('administrator');
  for (const authorization of ['', 'Bearer wrong', `Bearer ${token}x`, token, `Bearer ${administrator}`]) {
    const answer = await world.get('/metrics', { authorization, accept: 'text/html' });
    expect([authorization, answer.statusCode, answer.json()['code']]).toEqual([
      authorization,
      401,
      'metrics_token',
    ]);
    expect(answer.body).not.toContain('drumbeat_');
  }
});

it('counts requests by route and status, with times, and signups by where they came from', async () => {
  const campaign = await world.aCampaign();
  for (const email of ['ana@example.org', 'ben@example.org']) await world.post(campaign.page, { email });
  await world.call('POST', `/api/v1/campaigns/${campaign.id}/signups`, {
    coalitionId: campaign.coalition.id,
    email: 'cleo@example.org',
    channels: ['email'],
  });
  await world.get('/done/an-unknown-token');
  await world.get('/somewhere/else');
  const text = await figures();
  const route = 'route="/c/:campaign/:coalition"';
  expect(text).toContain(`drumbeat_request_seconds_count{method="POST",${route},status="303"} 2`);
  expect(text).toMatch(/drumbeat_request_seconds_sum\{method="POST",route="\/c\/[^}]+\} 0\.\d/);
  expect(text).toContain('route="/done/:token",status="404"} 1');
  expect(text).toContain('drumbeat_signups_total{source="page"} 2');
  expect(text).toContain('drumbeat_signups_total{source="api"} 1');
  expect(text).toMatch(/^process_cpu_seconds_total \d/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
});

it('names nobody: no contact, no token, no id', async () => {
  const text = await figures();
  expect(text).not.toMatch(/example|unknown-token|somewhere|@/);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});

describe('without a token set', () => {
  const shut = useApi();

  it('is shut, and says what opens it', async () => {
    const answer = await shut.get('/metrics', { authorization: 'Bearer ' });
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      expect.objectContaining({ detail: 'Set METRICS_TOKEN, and send it as a bearer token.' }),
    ]);
  });
});
