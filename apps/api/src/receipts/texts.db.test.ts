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
const listed = async (campaignId: string, query: Record<string, string> = {}) =>
  (
    await world.call('GET', `/api/v1/campaigns/${campaignId}/texts?${new URLSearchParams(query)}`)
  ).json<List>();
const bodies = async (campaignId: string, query?: Record<string, string>) =>
  (await listed(campaignId, query)).items.map(({ body }) => body);
const unread = async (campaignId: string) =>
  (await world.call('GET', `/api/v1/campaigns/${campaignId}/texts/unread`)).json<{ unread: number }>().unread;
const mark = (method: 'PUT' | 'DELETE', campaignId: string, id: string) =>
  world.call(method, `/api/v1/campaigns/${campaignId}/texts/${id}/read`);
const looks = (campaignId: string) =>
  world.all<{ actor: string; at: Date }>(
    `select actor, at, detail from audit where campaign_id = $1 and action = 'texts.read' order by id`,
    [campaignId],
  );

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
          coalitionId: shy.coalitionId,
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
    const second = await listed(ana.campaignId, { cursor: first.nextCursor! });
    expect([second.items.map(({ body }) => body).at(-1), second.nextCursor]).toEqual(['text 0', null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(61);

    await mark('PUT', ana.campaignId, urgent);
    expect((await listed(ana.campaignId)).items[0]!.body).toBe('text 59');
  });

  it('of another campaign are not among them, nor can they be marked from here; nobody’s are in each', async () => {
    const [ana, ben] = [await somebody(), await somebody()];
    const theirs = await wrote(ana, 'to one');
    for (const method of ['PUT', 'DELETE'] as const)
      expect((await mark(method, ben.campaignId, theirs)).statusCode).toBe(404);
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
    expect(await bodies(ben.campaignId)).toEqual(['who is this']);
    expect(await bodies(ben.campaignId, { coalitionId: ben.coalitionId })).toEqual([]);
    await world.db.query(`delete from texts where message_sid = 'SM-stranger'`);
  });

  it('show the whole number only of who may need a call', async () => {
    const ana = await somebody();
    await wrote(ana, 'I want to die', true);
    expect((await listed(ana.campaignId)).items[0]!.phone).toBe(ana.phone);
  });

  it('are narrowed to what nobody read, to words of crisis, to a coalition, and to words, whatever their accents', async () => {
    const ana = await somebody();
    const read = await wrote(ana, 'El FORMULARIO está roto');
    await wrote(ana, 'me siento mal', true);
    await wrote(ana, 'thanks');
    await mark('PUT', ana.campaignId, read);
    expect(await bodies(ana.campaignId, { show: 'unread' })).toEqual(['me siento mal', 'thanks']);
    expect(await bodies(ana.campaignId, { show: 'urgent' })).toEqual(['me siento mal']);
    expect(await bodies(ana.campaignId, { q: 'formulario esta' })).toEqual(['El FORMULARIO está roto']);
    expect(await bodies(ana.campaignId, { q: 'formulario', show: 'unread' })).toEqual([]);
    expect(await bodies(ana.campaignId, { coalitionId: ana.coalitionId })).toHaveLength(3);
    expect(await bodies(ana.campaignId, { coalitionId: (await aCoalition()).id })).toEqual([]);
  });

  it('are searched in pages that leave nothing out, a short one where little is found', async () => {
    const ana = await somebody();
    await world.db.query(
      `insert into texts (message_sid, phone_key, phone, body, meaning, campaign_id)
       select 'SM-many-' || n, $1, $2, case when n % 100 = 0 then $3 else $4 end, 'other', $5
       from generate_series(1, 6000) n`,
      [
        world.keys.contactKey(ana.phone),
        world.keys.seal('phone', ana.phone),
        world.keys.seal('text', 'the needle'),
        world.keys.seal('text', 'hay'),
        ana.campaignId,
      ],
    );
    const sizes: number[] = [];
    const seen = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: List = await listed(ana.campaignId, { q: 'needle', ...(cursor && { cursor }) });
      for (const { id } of page.items) seen.add(id);
      sizes.push(page.items.length);
      cursor = page.nextCursor;
    }
    expect([sizes.slice(0, 2), seen.size]).toEqual([[20, 20], 60]);
  });

  it('are for organizers alone, and who looked at which is written down once an hour', async () => {
    const ana = await somebody();
    await wrote(ana, 'hello');
    const url = `/api/v1/campaigns/${ana.campaignId}/texts`;
    const leader = { authorization: `Bearer ${await world.key('leader', ana.coalitionId)}` };
    expect((await world.get(url)).statusCode).toBe(401);
    expect((await world.get(url, leader)).statusCode).toBe(403);
    expect(await looks(ana.campaignId)).toEqual([]);

    for (let n = 0; n < 2; n++) await listed(ana.campaignId);
    expect(await looks(ana.campaignId)).toMatchObject([{ actor: 'organizer:a organizer' }]);
    await wrote(ana, 'once more');
    await listed(ana.campaignId);
    expect(await looks(ana.campaignId)).toHaveLength(2);
    expect(JSON.stringify(await looks(ana.campaignId))).not.toContain('hello');
  });

  it('are marked as read, which is taken back, and counted while nobody did', async () => {
    const ana = await somebody();
    const id = await wrote(ana, 'hello');
    expect(await unread(ana.campaignId)).toBe(1);
    for (let n = 0; n < 2; n++) expect((await mark('PUT', ana.campaignId, id)).statusCode).toBe(204);
    expect([await unread(ana.campaignId), await bodies(ana.campaignId, { show: 'unread' })]).toEqual([0, []]);
    for (let n = 0; n < 2; n++) expect((await mark('DELETE', ana.campaignId, id)).statusCode).toBe(204);
    expect([await unread(ana.campaignId), await bodies(ana.campaignId, { show: 'unread' })]).toEqual([
      1,
      ['hello'],
    ]);
    expect(await looks(ana.campaignId)).toHaveLength(1);
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
