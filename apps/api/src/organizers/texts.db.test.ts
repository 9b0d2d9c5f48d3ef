import { type SignupView, Texts } from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const { aCampaign, aCoalition, aSignup } = buildersFor(world);
let made = 0;

async function somebody({ phone = `+1503555${2000 + ++made}`, visible = false, name = 'Ana Díaz' } = {}) {
  const coalition = await aCoalition();
  const signup = await aSignup(await aCampaign([coalition], { running: true }), coalition, { phone });
  await see(signup, visible);
  await world.db.query(`update supporters set name = $2 where id = $1`, [
    signup.supporterId,
    world.keys.seal('name', name),
  ]);
  return { ...signup, phone };
}
const see = (signup: SignupView, visible: boolean) =>
  world.db.query(`update signup_coalitions set visible = $2 where signup_id = $1`, [signup.id, visible]);

async function wrote(who: SignupView & { phone: string }, body: string, crisis = false, meaning = 'other') {
  const texts = new Texts(world.db.manager, world.keys);
  const id = (await texts.take({
    messageSid: `SM${++made}`,
    phone: who.phone,
    phoneKey: world.keys.contactKey(who.phone),
    body,
    meaning,
    crisis,
  }))!;
  await texts.settle(id, who, 'other');
  return id;
}

type Item = { id: string; body: string; phone: string; name: string | null };
type List = { items: Item[]; nextCursor: string | null };
const listed = async (campaignId: string, cursor?: string) =>
  (
    await world.call('GET', `/api/v1/campaigns/${campaignId}/texts${cursor ? `?cursor=${cursor}` : ''}`)
  ).json<List>();
const looks = (campaignId: string) =>
  world.all<{ actor: string; at: Date }>(
    `select actor, at, detail from audit where campaign_id = $1 and action = 'texts.read' order by id`,
    [campaignId],
  );
const asOrganizer = async () => ({ authorization: `Bearer ${await world.key('organizer')}` });

describe('the texts of a campaign', () => {
  it('are listed with a masked phone, and the name of who agreed to be seen', async () => {
    const shy = await somebody();
    await wrote(shy, 'Is the form broken?');
    expect(await listed(shy.campaignId)).toEqual({
      items: [
        {
          id: expect.any(String) as string,
          at: expect.any(String) as string,
          meaning: 'other',
          crisis: false,
          body: 'Is the form broken?',
          phone: `•••-•••-${shy.phone.slice(-4)}`,
          media: 0,
          name: null,
          answered: true,
          readAt: null,
        },
      ],
      nextCursor: null,
    });
    await see(shy, true);
    expect((await listed(shy.campaignId)).items[0]!.name).toBe('Ana Díaz');
  });

  it('name nobody when a phone is shared with somebody who did not agree', async () => {
    const seen = await somebody({ visible: true });
    await wrote(seen, 'hello');
    expect((await listed(seen.campaignId)).items[0]!.name).toBe('Ana Díaz');
    await world.db.query(
      `with p as (
         insert into supporters (email, email_key, phone, phone_key, language, zone, zone_source, sms_window)
         select phone, $2, phone, phone_key, language, zone, zone_source, sms_window from supporters where id = $1 returning id
       )
       insert into signups (campaign_id, supporter_id, coalition_id, token_key)
       select $3, p.id, $4, 'l1' from p`,
      [seen.supporterId, world.keys.contactKey(`mate${made}@example.org`), seen.campaignId, seen.coalitionId],
    );
    expect((await listed(seen.campaignId)).items[0]!.name).toBeNull();
  });

  it('come urgent first, then newest, in pages that leave nothing out', async () => {
    const ana = await somebody();
    const urgent = await wrote(ana, 'urgent', true);
    for (let n = 0; n < 60; n++) await wrote(ana, `text ${n}`);
    await wrote(ana, 'STOP', false, 'stop');
    const first = await listed(ana.campaignId);
    expect(first.items).toHaveLength(50);
    expect(first.items.slice(0, 2).map(({ body }) => body)).toEqual(['urgent', 'text 59']);
    const second = await listed(ana.campaignId, first.nextCursor!);
    expect([second.items.map(({ body }) => body).at(-1), second.nextCursor]).toEqual(['text 0', null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(61);

    await world.send({
      method: 'POST',
      url: `/campaigns/${ana.campaignId}/texts/${urgent}/read`,
      headers: await asOrganizer(),
    });
    expect((await listed(ana.campaignId)).items[0]!.body).toBe('text 59');
  });

  it('of another campaign are not among them, nor can they be marked from here; nobody’s are in each', async () => {
    const [ana, ben] = [await somebody(), await somebody()];
    const theirs = await wrote(ana, 'to one');
    const answer = await world.send({
      method: 'POST',
      url: `/campaigns/${ben.campaignId}/texts/${theirs}/read`,
      headers: await asOrganizer(),
    });
    expect(answer.statusCode).toBe(404);
    const texts = new Texts(world.db.manager, world.keys);
    const phone = '+15035559999';
    await texts.take({
      messageSid: 'SM-stranger',
      phone,
      phoneKey: world.keys.contactKey(phone),
      body: 'who is this',
      meaning: 'other',
      crisis: false,
    });
    expect((await listed(ben.campaignId)).items.map(({ body }) => body)).toEqual(['who is this']);
    await world.db.query(`delete from texts where message_sid = 'SM-stranger'`);
  });

  it('are for organizers alone, and every look is written down', async () => {
    const ana = await somebody();
    await wrote(ana, 'hello');
    const url = `/campaigns/${ana.campaignId}/texts`;
    const leader = { authorization: `Bearer ${await world.key('leader', ana.coalitionId)}` };
    for (const address of [url, `/api/v1${url}`]) {
      expect((await world.get(address)).statusCode).toBe(401);
      expect((await world.get(address, leader)).statusCode).toBe(403);
    }
    expect(await looks(ana.campaignId)).toEqual([]);
    expect((await world.get(url, await asOrganizer())).body).toContain('hello');
    await listed(ana.campaignId);
    expect(await looks(ana.campaignId)).toMatchObject(Array(2).fill({ actor: 'organizer:a organizer' }));
    expect(JSON.stringify(await looks(ana.campaignId))).not.toContain('hello');
  });

  it('are marked as read by a button, and the campaign’s page says how many are not', async () => {
    const ana = await somebody();
    const id = await wrote(ana, 'hello');
    const headers = await asOrganizer();
    const campaign = `/campaigns/${ana.campaignId}`;
    expect((await world.get(campaign, headers)).body).toContain('Texts from people (1 not read)');
    const page = (await world.get(`${campaign}/texts?lang=es`, headers)).body;
    expect(page).toContain(`action="${campaign}/texts/${id}/read"`);
    expect(page).toContain('Marcar como leído');
    expect((await world.get(campaign, headers)).body).toContain('Texts from people (1 not read)');
    const answer = await world.send({ method: 'POST', url: `${campaign}/texts/${id}/read`, headers });
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `${campaign}/texts`]);
    expect((await world.get(campaign, headers)).body).not.toContain('not read');
    expect((await world.get(`${campaign}/texts`, headers)).body).not.toContain('Mark as read');
  });

  it('refuse a cursor that makes no sense', async () => {
    const { campaignId } = await somebody();
    for (const cursor of ['7', '2.1', "0.1'", `0.${'9'.repeat(40)}`])
      expect(
        (
          await world.call(
            'GET',
            `/api/v1/campaigns/${campaignId}/texts?cursor=${encodeURIComponent(cursor)}`,
          )
        ).statusCode,
      ).toBe(400);
  });
});

describe('a leader’s page', () => {
  const leaderPage = async ({ campaignId, coalitionId }: SignupView) => {
    const { key } = await world.one<{ key: string }>(
      `select token_key as key from campaign_coalitions where campaign_id = $1 and coalition_id = $2`,
      [campaignId, coalitionId],
    );
    const token = world.keys.token(key, `${campaignId}/${coalitionId}`, 'leader');
    await world.db.query(
      `insert into tokens (hash, purpose, campaign_id, coalition_id) values (sha256($1::bytea), 'leader', $2, $3) on conflict do nothing`,
      [token, campaignId, coalitionId],
    );
    return (await world.get(`/leader/${token}`)).body;
  };

  it('shows the texts of who agreed to be seen there, to nobody else, and says once an hour who looked', async () => {
    const ana = await somebody();
    await wrote(ana, 'Is the form broken?', true);
    expect(await leaderPage(ana)).not.toContain('Is the form broken?');
    expect(await looks(ana.campaignId)).toEqual([]);

    await see(ana, true);
    for (const page of [await leaderPage(ana), await leaderPage(ana)]) {
      expect(page).toContain('Is the form broken?');
      expect(page).toContain('Ana Díaz');
      expect(page).not.toContain(ana.phone);
    }
    expect(await looks(ana.campaignId)).toMatchObject([{ actor: 'leader:Peers of Ohio' }]);

    const elsewhere = await aCoalition();
    await see(ana, false);
    await world.db.query(
      `insert into campaign_coalitions (campaign_id, coalition_id, token_key) values ($1, $2, 'l1')`,
      [ana.campaignId, elsewhere.id],
    );
    await world.db.query(
      `insert into signup_coalitions (signup_id, campaign_id, coalition_id, visible) values ($1, $2, $3, true)`,
      [ana.id, ana.campaignId, elsewhere.id],
    );
    expect(await leaderPage(ana)).not.toContain('Is the form broken?');
    expect(await leaderPage({ ...ana, coalitionId: elsewhere.id })).toContain('Is the form broken?');
  });
});
