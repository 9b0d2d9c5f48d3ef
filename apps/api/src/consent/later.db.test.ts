import { setNow } from '../../../../test/support/clock.js';
import { linkOf, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
let made = 0;

/** A Wednesday in winter, 2 pm in New York; the deadline is ten days ahead, or what is given. */
const now = new Date('2027-02-10T14:00-05:00');
afterEach(() => world.db.query(`update campaign_clock set ahead = '0'`));

async function somebody({ phoneOnly = false, deadlineAt = '2027-02-20T23:59:59-05:00', agreed = true } = {}) {
  const campaign = await world.aCampaign({ deadlineAt });
  await setNow(world.db, now);
  const n = ++made;
  const phone = `212 736 ${String(5000 + n)}`;
  await world.post(
    campaign.page,
    phoneOnly
      ? { phone, smsConsent: 'on', zip: '10001', language: 'en' }
      : { email: `later${n}@example.org`, zip: '10001', language: 'en' },
  );
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  if (agreed && phoneOnly)
    await world.db.query(
      `update signups set sms_since = campaign_now(), opted_in_at = campaign_now() where id = $1`,
      [id],
    );
  if (agreed && !phoneOnly) await world.post(linkOf(world.keys, id, 'opt_in'));
  return { id, campaign };
}

const snoozes = (id: string) =>
  world.all<{ key: string; channel: string; state: string; reason: string | null; due: Date }>(
    `select key, channel, state, reason, due_at as due from reminders where signup_id = $1 and kind = 'snooze' order by due_at`,
    [id],
  );

describe('remind me later', () => {
  it.each(['guide', 'done', 'me'] as const)(
    'on the page %s: says when, plans one message, and takes it back',
    async (page) => {
      const { id } = await somebody();
      const link = linkOf(world.keys, id, page);
      const before = (await world.get(link)).body;
      expect(before).toContain('Tonight, 7 pm</button>');
      expect(before).toContain('Tomorrow, 10 am</button>');
      expect(before).toContain('Sunday, February 14, 4 pm</button>');

      const answer = await world.post(`${link}/later`, { later: 'tonight' });
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `${link}#later`]);
      expect(await snoozes(id)).toEqual([
        expect.objectContaining({
          key: 'snooze#2027-02-11T00:00Z',
          channel: 'email',
          state: 'due',
          due: new Date('2027-02-10T19:00-05:00'),
        }),
      ]);
      expect((await world.get(link)).body).toContain('We remind you by email: Tonight, 7 pm.');

      await world.post(`${link}/later`, { later: 'none' });
      expect((await world.get(link)).body).toBe(before);
      expect((await snoozes(id)).map(({ state }) => state)).toEqual(['skipped']);
    },
  );

  it('keeps one: the newest takes the place of the one before, there and back, in two tabs', async () => {
    const { id } = await somebody();
    const link = `${linkOf(world.keys, id, 'guide')}/later`;
    const due = async () => (await snoozes(id)).filter(({ state }) => state === 'due').map(({ key }) => key);
    await world.post(link, { later: 'tonight' });
    await world.post(link, { later: 'tomorrow' });
    expect(await due()).toEqual(['snooze#2027-02-11T15:00Z']);
    expect((await snoozes(id))[0]).toMatchObject({ state: 'skipped', reason: 'replanned' });
    await world.post(link, { later: 'tonight' });
    await world.post(link, { later: 'tonight' });
    expect(await due()).toEqual(['snooze#2027-02-11T00:00Z']);
    await Promise.all(['tomorrow', 'sunday', 'tonight'].map((later) => world.post(link, { later })));
    expect(await due()).toHaveLength(1);
  });

  it('is a text for whoever has a phone only, and never on a Sunday', async () => {
    const { id } = await somebody({ phoneOnly: true });
    const link = linkOf(world.keys, id, 'me');
    expect((await world.get(link)).body).not.toContain('Sunday');
    await world.post(`${link}/later`, { later: 'tomorrow' });
    expect(await snoozes(id)).toMatchObject([{ channel: 'sms', due: new Date('2027-02-11T10:00-05:00') }]);
  });

  it('is capped by the deadline', async () => {
    const { id } = await somebody({ deadlineAt: '2027-02-11T12:00:00-05:00' });
    const { body } = await world.get(linkOf(world.keys, id, 'guide'));
    expect(body).toContain('Tonight, 7 pm</button>');
    expect(body).not.toContain('Sunday');
    await setNow(world.db, new Date('2027-02-11T11:50-05:00'));
    expect((await world.get(linkOf(world.keys, id, 'guide'))).body).not.toContain('Not now?');
    await world.post(`${linkOf(world.keys, id, 'guide')}/later`, { later: 'tonight' });
    expect(await snoozes(id)).toEqual([]);
  });

  it('is offered to nobody who is done or agreed to nothing, and a late press plans nothing', async () => {
    const silent = await somebody({ agreed: false });
    const done = await somebody();
    await world.post(linkOf(world.keys, done.id, 'done'), { outcome: 'filed' });
    for (const { id } of [silent, done]) {
      expect((await world.get(linkOf(world.keys, id, 'guide'))).body).not.toContain('Not now?');
      await world.post(`${linkOf(world.keys, id, 'guide')}/later`, { later: 'tonight' });
      expect(await snoozes(id)).toEqual([]);
    }
    expect(
      (await world.post(`${linkOf(world.keys, done.id, 'guide')}/later`, { later: 'never' })).statusCode,
    ).toBe(400);
  });

  const pages = ['guide', 'done', 'me'] as const;
  const pressed = async (id: string, page: (typeof pages)[number], later = 'tonight', query = '') => {
    const { statusCode, body } = await world.post(`${linkOf(world.keys, id, page)}/later${query}`, { later });
    expect([statusCode, await snoozes(id)]).toEqual([409, []]);
    return body;
  };

  it.each(pages)('on the page %s: says in words why a late press plans nothing', async (page) => {
    const done = await somebody();
    await world.post(linkOf(world.keys, done.id, 'done'), { outcome: 'filed' });
    expect(await pressed(done.id, page)).toContain('You are done, so there is nothing to be reminded of.');
    expect(await pressed(done.id, page, 'tonight', '?lang=es')).toContain('Ya lo hiciste');

    const silent = await somebody({ agreed: false });
    expect(await pressed(silent.id, page)).toContain('You have not said yes to email or texts here');

    const short = await somebody({ deadlineAt: '2027-02-11T12:00:00-05:00' });
    await setNow(world.db, new Date('2027-02-11T11:50-05:00'));
    expect(await pressed(short.id, page)).toContain('It is too late for a reminder at that time.');
    await setNow(world.db, new Date('2027-02-11T12:00-05:00'));
    expect(await pressed(short.id, page)).toContain('This campaign is over');
  });

  it.each(['ended', 'closed'])('plans nothing in a campaign that is %s, and says so', async (status) => {
    const { id, campaign } = await somebody();
    await world.db.query(
      `update campaigns set status = $2, ended_at = campaign_now(),
         closed_at = case $2 when 'closed' then campaign_now() end where id = $1`,
      [campaign.id, status],
    );
    for (const later of ['tonight', 'sunday', 'none'])
      expect(await pressed(id, 'me', later)).toContain(
        'This campaign is over, so there is nothing to be reminded of.',
      );
  });
});

describe('"done", taken back', () => {
  const states = (id: string) =>
    world.all<{ kind: string; state: string }>(
      `select kind, state from reminders where signup_id = $1 and kind in ('snooze', 'nudge', 'last_call') order by kind, key`,
      [id],
    );

  it('lets what was skipped for it and is still ahead go on', async () => {
    const { id } = await somebody();
    await world.post(`${linkOf(world.keys, id, 'done')}/later`, { later: 'tonight' });
    await world.post(linkOf(world.keys, id, 'done'), { outcome: 'filed' });
    expect(await snoozes(id)).toMatchObject([{ state: 'skipped', reason: 'already_confirmed' }]);
    await world.post(`${linkOf(world.keys, id, 'done')}/undo`);
    expect(await snoozes(id)).toMatchObject([{ state: 'due', reason: null }]);
  });

  it('plans a last call again', async () => {
    const { id } = await somebody({ deadlineAt: '2027-02-11T20:00:00-05:00' });
    const lastCall = () => states(id).then((all) => all.filter(({ kind }) => kind === 'last_call'));
    expect(await lastCall()).toMatchObject([{ state: 'due' }]);
    await world.post(linkOf(world.keys, id, 'done'), { outcome: 'filed' });
    expect(await lastCall()).toMatchObject([{ state: 'skipped' }]);
    await world.post(`${linkOf(world.keys, id, 'done')}/undo`);
    expect(await lastCall()).toMatchObject([{ state: 'due' }]);
  });

  it('brings back nothing whose moment has passed', async () => {
    const { id } = await somebody();
    await world.post(`${linkOf(world.keys, id, 'done')}/later`, { later: 'tonight' });
    await world.post(linkOf(world.keys, id, 'done'), { outcome: 'filed' });
    await setNow(world.db, new Date('2027-02-10T19:30-05:00'));
    await world.post(`${linkOf(world.keys, id, 'done')}/undo`);
    expect(await snoozes(id)).toMatchObject([{ state: 'skipped' }]);
  });
});
