import { pageWords } from '#messages';
import { setAhead } from '../../../../test/support/clock.js';
import { linkOf, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const purposes = ['opt_in', 'guide', 'done', 'stop', 'me'] as const;
let made = 0;

async function aSignup() {
  const campaign = await world.aCampaign();
  const email = `link${++made}@example.org`;
  await world.post(campaign.page, { email, name: 'Private Name', zip: '10001' });
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  return { id, email, campaign };
}

/** Nothing behind the link, for people and programs, by looking and by pressing; and nothing is written. */
async function expectNoPage(url: string) {
  const before = await world.rows();
  const looked = await world.get(url);
  const pressed = await world.post(url, { outcome: 'filed', scope: 'all', language: 'en', zone: 'UTC' });
  const asked = await world.get(url, { accept: 'application/json' });
  expect([looked.statusCode, asked.statusCode]).toEqual([404, 404]);
  expect([404, 400]).toContain(pressed.statusCode);
  expect(looked.body).toContain(pageWords('en').problem[404].next);
  expect(asked.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(await world.rows()).toEqual(before);
}

afterEach(() => setAhead(world.db, '0'));
afterEach(() => world.db.query('delete from limits'));

describe.each(purposes)('a link for %s', (purpose) => {
  it('opens nothing when it is forged, cut short, in capitals, or longer than any', async () => {
    const { id } = await aSignup();
    const link = linkOf(world.keys, id, purpose);
    const [page, token] = [link.split('/')[1]!, link.split('/')[2]!];
    expect((await world.get(link)).statusCode).toBe(200);
    for (const other of [
      token.slice(0, -1),
      token.toUpperCase(),
      `${token}x`,
      'A'.repeat(22),
      'x'.repeat(3_000),
      `${token}%20`,
      "' or 1=1 --",
      '%F0%9F%8C%BB',
    ])
      await expectNoPage(`/${page}/${encodeURI(decodeURI(other))}`);
  });

  it('opens nothing but its own page, and nobody else’s', async () => {
    const [{ id }, other] = [await aSignup(), await aSignup()];
    const pageOf = (link: string) => link.split('/')[1]!;
    const token = linkOf(world.keys, id, purpose).split('/')[2]!;
    for (const elsewhere of purposes.filter((name) => name !== purpose))
      await expectNoPage(`/${pageOf(linkOf(world.keys, id, elsewhere))}/${token}`);
    await expectNoPage(`/leader/${token}`);
    const theirs = (await world.get(linkOf(world.keys, other.id, purpose))).body;
    const mine = (await world.get(linkOf(world.keys, id, purpose))).body;
    expect(theirs).not.toContain(token);
    expect(mine).not.toContain(linkOf(world.keys, other.id, purpose).split('/')[2]);
  });

  it('ends when it is revoked, when it has an end, and 30 days after the campaign closed', async () => {
    const { id, campaign } = await aSignup();
    const link = linkOf(world.keys, id, purpose);
    await world.db.query(`update tokens set revoked_at = now() where signup_id = $1`, [id]);
    await expectNoPage(link);
    await world.db.query(`update tokens set revoked_at = null, ends_at = now() where signup_id = $1`, [id]);
    await expectNoPage(link);
    await world.db.query(`update tokens set ends_at = null where signup_id = $1`, [id]);
    await world.db.query(`update campaigns set status = 'closed', closed_at = campaign_now() where id = $1`, [
      campaign.id,
    ]);
    await setAhead(world.db, '29 days 23 hours');
    expect((await world.get(link)).statusCode).toBe(200);
    await setAhead(world.db, '30 days 1 minute');
    await expectNoPage(link);
  });
});

it('shows who it is for only masked', async () => {
  const { id, email } = await aSignup();
  for (const purpose of purposes) {
    const { body } = await world.get(linkOf(world.keys, id, purpose));
    expect(body).not.toContain(email);
    expect(body).not.toContain('Private Name');
  }
});

it('says that a campaign is over, in the person’s language, when a yes comes too late', async () => {
  const { id, campaign } = await aSignup();
  await world.db.query(`update campaigns set status = 'closed', closed_at = campaign_now() where id = $1`, [
    campaign.id,
  ]);
  const before = await world.rows();
  const late = await world.post(`${linkOf(world.keys, id, 'opt_in')}?lang=es`);
  expect([late.statusCode, late.body]).toEqual([409, expect.stringContaining('Esta campaña está cerrada')]);
  expect(await world.rows()).toEqual(before);
});

it('takes only outcomes that the campaign has', async () => {
  const { id } = await aSignup();
  const before = await world.rows();
  expect((await world.post(linkOf(world.keys, id, 'done'), { outcome: 'answered' })).statusCode).toBe(422);
  expect((await world.post(linkOf(world.keys, id, 'done'), { outcome: 'won' })).statusCode).toBe(400);
  expect((await world.post(linkOf(world.keys, id, 'stop'), { scope: 'everybody' })).statusCode).toBe(400);
  expect(await world.rows()).toEqual(before);
});
