import { pageWords } from '#messages';
import { Tallies } from '#postgres';
import { linkOf, useApi } from '../../../../test/support/use-api.js';
import { until } from '../../../../test/support/use-drumbeat.js';

const world = useApi();
const { done } = pageWords('en');

async function somebodyIn(status: 'ended' | 'closed') {
  const campaign = await world.aCampaign();
  await world.post(campaign.page, { email: `late-${status}@example.org`, zip: '10001' });
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  await world.post(linkOf(world.keys, id, 'opt_in'));
  await world.db.query(
    `update campaigns set status = $2, deadline_at = campaign_now() - interval '2 days', ended_at = campaign_now() - interval '2 days',
       closed_at = case $2 when 'closed' then campaign_now() - interval '1 day' end where id = $1`,
    [campaign.id, status],
  );
  return { campaign, link: (page: 'done' | 'guide') => linkOf(world.keys, id, page) };
}

describe.each(['ended', 'closed'] as const)('"I did it" in a campaign that is %s', (status) => {
  it('is asked for, recorded, and in the total and the coalition’s figures', async () => {
    const { campaign, link } = await somebodyIn(status);
    expect((await world.get(link('guide'))).body).toContain(link('done'));
    expect((await world.get(link('done'))).body).toContain('value="filed"');
    const { statusCode, body } = await world.post(link('done'), { outcome: 'filed' });
    expect([statusCode, body]).toEqual([200, expect.stringContaining(done.recorded)]);
    const { total, coalitions } = await new Tallies(world.db.manager).of(campaign.id);
    expect([total, ...coalitions]).toMatchObject([
      { signups: 1, confirmed: 1 },
      { signups: 1, confirmed: 1 },
    ]);
    const answer = await until(
      () => world.call('GET', `/api/v1/campaigns/${campaign.id}/tally`),
      (tally) => tally.json<{ total: { confirmed: number } }>().total.confirmed === 1,
      5_000,
    );
    expect(answer.json()['total']).toMatchObject({ confirmed: 1 });
  });
});
