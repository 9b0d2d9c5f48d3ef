import { linkOf, useApi } from '../../../../test/support/use-api.js';

const world = useApi();

async function aStopLink() {
  const campaign = await world.aCampaign();
  await world.post(campaign.page, { email: `${campaign.slug}@example.org` });
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  return linkOf(world.keys, id, 'stop');
}

const suppressions = () => world.one<{ n: number }>(`select count(*)::int as n from suppressions`, []);

describe('a mail app’s own unsubscribe button (RFC 8058)', () => {
  it.each([
    ['an ordinary form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'a form in parts',
      'multipart/form-data; boundary=part',
      '--part\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--part--\r\n',
    ],
  ])('stops all campaign mail, posted as %s, without a cookie or a redirect', async (_, type, payload) => {
    const url = await aStopLink();
    const { n } = await suppressions();
    const answer = await world.send({ method: 'POST', url, payload, headers: { 'content-type': type } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await suppressions()).toEqual({ n: n + 1 });
  });

  it('takes no files', async () => {
    const payload =
      '--part\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--part--\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=part' };
    const answer = await world.send({ method: 'POST', url: await aStopLink(), payload, headers });
    expect([400, 413]).toContain(answer.statusCode);
  });
});
