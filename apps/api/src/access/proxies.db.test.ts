import { useApi } from '../../../../test/support/use-api.js';

let made = 0;

/** Whose address a signup's proof of consent holds, and with it what limits count. */
async function seenAs(world: ReturnType<typeof useApi>, remoteAddress: string, forwarded: string) {
  const campaign = await world.aCampaign();
  await world.send({
    method: 'POST',
    url: campaign.page,
    payload: `email=proof${++made}%40example.org&nextStep=on&language=en`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': forwarded },
    remoteAddress,
  });
  const { ip } = await world.one<{ ip: string }>(`select ip from consents where campaign_id = $1`, [
    campaign.id,
  ]);
  return world.keys.open('ip', ip);
}

describe('with no proxy', () => {
  const world = useApi({ TRUST_PROXY: 'off' });
  it('nobody is believed', async () =>
    expect(await seenAs(world, '10.0.0.2', '198.51.100.1')).toBe('10.0.0.2'));
});

describe('behind two proxies', () => {
  const world = useApi({ TRUST_PROXY: '2' });
  it('the address is the one that the first of them saw', async () =>
    expect(await seenAs(world, '192.0.2.1', '198.51.100.66, 203.0.113.9, 192.0.2.2')).toBe('203.0.113.9'));
});

describe('behind proxies of a public network', () => {
  const world = useApi({ TRUST_PROXY: 'loopback, 192.0.2.0/24' });
  it('only they are believed', async () =>
    expect(await seenAs(world, '192.0.2.1', '198.51.100.66, 203.0.113.9')).toBe('203.0.113.9'));
  it('and not a neighbour', async () =>
    expect(await seenAs(world, '192.0.3.1', '198.51.100.66')).toBe('192.0.3.1'));
});
