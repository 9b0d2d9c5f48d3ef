import { useApi, type Answer } from '../../../../test/support/use-api.js';
import { Reminders, Tallies } from '#postgres';
import { pageWords } from '#messages';

const world = useApi();
const { ended, join, signup: signupWords } = pageWords('en');

let made = 0;
const anEmail = () => `p${++made}@next.example`;
const keyOf = (email: string) => world.keys.contactKey(email);
const end = (id: string, status = 'ended') =>
  world.db.query(
    `update campaigns set status = $2, deadline_at = campaign_now() - interval '1 hour', ended_at = campaign_now(),
       closed_at = case $2 when 'closed' then campaign_now() end where id = $1`,
    [id, status],
  );
type Row = {
  id: string;
  supporter_id: string;
  standing: string;
  next_step: boolean;
  email_since: Date | null;
  coalition_id: string;
};
const signupOf = (campaignId: string, email: string) =>
  world.one<Row>(
    `select s.* from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = $2`,
    [campaignId, keyOf(email)],
  );
const link = (page: 'join' | 'next', id: string) =>
  `/${page}/${world.keys.token(world.keys.tokenKey, id, 'join')}`;
const mails = (campaignId: string, kind: string) =>
  world.all<{ supporter_id: string; state: string; reason: string | null }>(
    `select supporter_id, state, reason from reminders where campaign_id = $1 and kind = $2`,
    [campaignId, kind],
  );
const tallyOf = async (id: string) =>
  (await world.call('GET', `/api/v1/campaigns/${id}/tally`)).json<{
    total: { signups: number; optedIn: number };
  }>().total;
const consentsOf = (supporterId: string, scope: string) =>
  world.all(
    `select action, wording, source from consents where supporter_id = $1 and scope = $2 order by id`,
    [supporterId, scope],
  );

/** Somebody who asked to be told: by the form of a campaign that is over, and the button in the mail. */
async function somebodyWhoAsked(more: { email?: string } = {}) {
  const campaign = await world.aCampaign();
  await end(campaign.id);
  const email = more.email ?? anEmail();
  expect((await world.post(`${campaign.page}/next`, { email })).statusCode).toBe(200);
  const signup = await signupOf(campaign.id, email);
  expect((await world.post(link('next', signup.id))).statusCode).toBe(200);
  return { campaign, email, signup };
}
const invite = async (to: string, from: string[], key?: string): Promise<Answer> =>
  world.call('POST', `/api/v1/campaigns/${to}/invitations`, { fromCampaignIds: from }, key);

describe('the page of a campaign that is over', () => {
  it.each(['ended', 'closed'] as const)(
    'says kindly that it is %s, and offers to tell of the next step',
    async (status) => {
      const { id, page } = await world.aCampaign();
      await end(id, status);
      const { statusCode, body } = await world.get(page);
      expect([statusCode, body]).toEqual([200, expect.stringContaining(signupWords.state[status].title)]);
      expect(body).toContain(ended.button);
      expect(body).not.toContain(signupWords.button);
      expect((await world.get(`${page}?lang=es`)).body).toContain(pageWords('es').ended.button);
    },
  );

  it('offers nothing once its links are about to end', async () => {
    const { id, page } = await world.aCampaign();
    await end(id, 'closed');
    await world.db.query(
      `update campaigns set closed_at = campaign_now() - interval '28 days' where id = $1`,
      [id],
    );
    expect((await world.get(page)).body).not.toContain('<form');
    expect((await world.post(`${page}/next`, { email: anEmail() })).statusCode).toBe(303);
    expect(await mails(id, 'ended')).toEqual([]);
  });

  it('asks the owner by mail, once, and nothing is agreed until the button is pressed', async () => {
    const { id, page } = await world.aCampaign();
    await end(id);
    const email = anEmail();
    const first = await world.post(`${page}/next`, { email });
    expect([first.statusCode, first.body]).toEqual([200, expect.stringContaining(ended.sent)]);
    expect((await world.post(`${page}/next`, { email })).body).toBe(first.body);
    const signup = await signupOf(id, email);
    expect(signup).toMatchObject({ standing: 'late', next_step: false, email_since: null });
    expect(await mails(id, 'ended')).toEqual([
      { supporter_id: signup.supporter_id, state: 'due', reason: null },
    ]);
    expect(await consentsOf(signup.supporter_id, 'next_step')).toEqual([]);
    expect(await tallyOf(id)).toMatchObject({ signups: 0, optedIn: 0 });
    const { claimed } = await new Reminders(world.db.manager).claim(id, 'email', 10, 60);
    expect(claimed.map(({ kind }) => kind)).toEqual(['ended']);

    const before = await world.rows();
    for (const method of ['GET', 'HEAD'] as const)
      expect((await world.send({ method, url: link('next', signup.id) })).statusCode).toBe(200);
    expect(await world.rows()).toEqual(before);
    const asked = await world.get(link('next', signup.id));
    expect(asked.body).toContain(pageWords('en').frame.notYou);
    expect(asked.body).not.toContain(email);

    expect((await world.post(link('next', signup.id))).body).toContain(`<h1>${ended.noted}</h1>`);
    expect((await world.post(link('next', signup.id))).body).toContain(`<h1>${ended.already}</h1>`);
    expect(await consentsOf(signup.supporter_id, 'next_step')).toEqual([
      { action: 'granted', wording: 'next-step@1', source: 'page' },
    ]);
    expect((await signupOf(id, email)).next_step).toBe(true);
  });

  it('leaves somebody who took part as they are, and answers the same', async () => {
    const { id, page, coalition } = await world.aCampaign();
    const email = anEmail();
    await world.post(page, { email, name: 'Mine', zip: '97201' });
    const before = await signupOf(id, email);
    await world.db.query(`update reminders set due_at = due_at - interval '2 days' where campaign_id = $1`, [
      id,
    ]);
    await world.db.query(
      `update opt_in_mails set due_at = due_at - interval '2 days' where campaign_id = $1`,
      [id],
    );
    await end(id);
    const known = await world.post(`${page}/next`, { email });
    const stranger = await world.post(`${page}/next`, { email: anEmail() });
    expect([known.statusCode, known.body]).toEqual([200, stranger.body]);
    expect(await signupOf(id, email)).toEqual(before);
    expect(await mails(id, 'ended')).toHaveLength(2);
    expect((await world.get(link('next', before.id))).statusCode).toBe(200);
    expect(coalition.id).toBe(before.coalition_id);
  });

  it('writes to one address once a day and six times a year, whatever is over', async () => {
    const email = anEmail();
    for (let n = 0; n < 8; n++) {
      const { id, page } = await world.aCampaign();
      await end(id);
      expect((await world.post(`${page}/next`, { email })).statusCode).toBe(200);
    }
    const due = await world.all<{ due_at: Date }>(
      `select due_at from opt_in_mails where email_key = $1 order by due_at`,
      [keyOf(email)],
    );
    expect(due).toHaveLength(6);
    for (const [index, { due_at }] of due.entries())
      if (index > 0)
        expect(due_at.getTime() - due[index - 1]!.due_at.getTime()).toBeGreaterThanOrEqual(
          86_400_000 - 1_000,
        );
  });

  it.each([
    ['nothing', '', 'email_missing'],
    ['no address', 'ana', 'email_invalid'],
    ['an address that carries a header', 'ana@example.org\r\nBcc: leo@example.org', 'email_invalid'],
  ] as const)('refuses %s in words, and writes nothing', async (_, email, problem) => {
    const { id, page } = await world.aCampaign();
    await end(id);
    const before = await world.rows();
    const answer = await world.post(`${page}/next?lang=es`, { email });
    expect([answer.statusCode, answer.body]).toEqual([
      422,
      expect.stringContaining(pageWords('es').signup.errors[problem]),
    ]);
    expect(await world.rows()).toEqual(before);
  });

  it('sends whoever comes while it runs to the form', async () => {
    const { page } = await world.aCampaign();
    const answer = await world.post(`${page}/next`, { email: anEmail() });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `${page}?lang=en`]);
  });

  it('takes a late comer in, like anybody, when the date has moved and the form is filled in', async () => {
    const { campaign, email } = await somebodyWhoAsked();
    await world.db.query(
      `update campaigns set status = 'running', deadline_at = campaign_now() + interval '9 days' where id = $1`,
      [campaign.id],
    );
    expect((await world.post(campaign.page, { email })).statusCode).toBe(303);
    expect(await signupOf(campaign.id, email)).toMatchObject({ standing: 'joined', email_since: null });
    expect(await tallyOf(campaign.id)).toMatchObject({ signups: 1 });
  });
});

describe('the button of the welcome mail, pressed when it is over', () => {
  it('offers the next step in its place', async () => {
    const { id, page } = await world.aCampaign();
    const email = anEmail();
    await world.post(page, { email });
    const signup = await signupOf(id, email);
    await end(id);
    const yes = `/yes/${world.keys.token(world.keys.tokenKey, signup.id, 'opt_in')}`;
    expect((await world.get(yes)).body).toContain(ended.button);
    const late = await world.post(yes);
    expect([late.statusCode, late.body]).toEqual([409, expect.stringContaining(ended.button)]);
    expect(await signupOf(id, email)).toMatchObject({ next_step: false, email_since: null });
    expect((await world.post(yes, { nextStep: 'yes' })).body).toContain(`<h1>${ended.noted}</h1>`);
    expect(await signupOf(id, email)).toMatchObject({ next_step: true, email_since: null });
  });
});

describe('an invitation', () => {
  it('goes once to everybody who asked, and joins nobody by itself', async () => {
    const one = await somebodyWhoAsked();
    const two = await somebodyWhoAsked();
    const next = await world.aCampaign();
    const key = await world.key('organizer');
    const from = [one.campaign.id, two.campaign.id];
    expect((await invite(next.id, from, key)).json()).toEqual({ invited: 2, already: 0, suppressed: 0 });
    const before = await world.rows();
    expect((await invite(next.id, from, key)).json()).toEqual({ invited: 0, already: 2, suppressed: 0 });
    expect(await world.rows()).toEqual(before);

    const signup = await signupOf(next.id, one.email);
    expect(signup).toMatchObject({ standing: 'invited', email_since: null, coalition_id: next.coalition.id });
    expect(await mails(next.id, 'invitation')).toHaveLength(2);
    expect(await tallyOf(next.id)).toMatchObject({ signups: 0, optedIn: 0 });
    expect(
      await world.all(`select detail from audit where campaign_id = $1 and action = 'people.invited'`, [
        next.id,
      ]),
    ).toMatchObject([{ detail: { invited: 2, fromCampaignIds: from } }]);
    expect(await world.all(`select from campaign_zones where campaign_id = $1`, [next.id])).toEqual([]);

    const looking = await world.rows();
    for (const method of ['GET', 'HEAD'] as const)
      expect((await world.send({ method, url: link('join', signup.id) })).statusCode).toBe(200);
    expect(await world.rows()).toEqual(looking);
    const page = await world.get(link('join', signup.id));
    expect(page.body).toContain(pageWords('en').frame.notYou);
    expect(page.body).not.toContain(one.email);

    expect((await world.post(link('join', signup.id))).body).toContain(`<h1>${join.joined}</h1>`);
    const joined = await signupOf(next.id, one.email);
    expect((await world.post(link('join', signup.id))).body).toContain(`<h1>${join.already}</h1>`);
    expect(await signupOf(next.id, one.email)).toEqual(joined);
    expect(joined).toMatchObject({ standing: 'joined', email_since: expect.any(Date) as unknown });
    expect(await consentsOf(joined.supporter_id, 'email')).toEqual([
      { action: 'granted', wording: 'email-optin@1', source: 'page' },
    ]);
    expect(await world.all(`select from campaign_zones where campaign_id = $1`, [next.id])).toHaveLength(1);
    expect(await world.all(`select from signup_coalitions where signup_id = $1`, [joined.id])).toHaveLength(
      1,
    );
    const { total, coalitions } = await new Tallies(world.db.manager).of(next.id);
    expect([total, ...coalitions]).toMatchObject([
      { signups: 1, optedIn: 1 },
      { coalitionId: next.coalition.id, signups: 1 },
    ]);
  });

  it('plans the last call for whoever joins after every rung', async () => {
    const { campaign, email } = await somebodyWhoAsked();
    const next = await world.aCampaign();
    await world.db.query(`update campaigns set deadline_at = now() + interval '40 hours' where id = $1`, [
      next.id,
    ]);
    await invite(next.id, [campaign.id]);
    const { id } = await signupOf(next.id, email);
    await world.post(link('join', id));
    expect(await mails(next.id, 'last_call')).toHaveLength(1);
  });

  it('keeps each yes for one invitation', async () => {
    const { campaign, signup } = await somebodyWhoAsked();
    const [first, second] = [await world.aCampaign(), await world.aCampaign()];
    expect((await invite(first.id, [campaign.id])).json()).toMatchObject({ invited: 1 });
    expect((await invite(second.id, [campaign.id])).json()).toEqual({
      invited: 0,
      already: 1,
      suppressed: 0,
    });
    await world.db.query(`update signups set next_step = false where id = $1`, [signup.id]);
    await world.post(link('next', signup.id));
    expect((await invite(second.id, [campaign.id])).json()).toMatchObject({ invited: 1 });
  });

  it('does not go to whoever did not ask, left since, or is there already', async () => {
    const from = await world.aCampaign();
    await world.post(from.page, { email: anEmail() });
    const gone = anEmail();
    await world.post(from.page, { email: gone, nextStep: 'yes' });
    const here = anEmail();
    await world.post(from.page, { email: here, nextStep: 'yes' });
    const next = await world.aCampaign();
    await world.post(next.page, { email: here });
    const { id } = await signupOf(from.id, gone);
    await world.post(`/stop/${world.keys.token(world.keys.tokenKey, id, 'stop')}`, { scope: 'all' });
    const answer = (await invite(next.id, [from.id])).json<{
      invited: number;
      already: number;
      suppressed: number;
    }>();
    expect(answer).toMatchObject({ invited: 0, already: 1 });
    expect(await mails(next.id, 'invitation')).toEqual([]);
  });

  it('comes in the name of the coalition they joined first, else of the nearest above it that recruits', async () => {
    const top = await world.aCoalition();
    const middle = await world.aCoalition({ parentId: top.id });
    const leaf = await world.aCoalition({ parentId: middle.id });
    const elsewhere = await world.aCoalition();
    const old = await world.aCampaign({ coalitionIds: [leaf.id, elsewhere.id] });
    const [ours, others] = [anEmail(), anEmail()];
    await world.post(`/c/${old.slug}/${leaf.slug}`, { email: ours, nextStep: 'yes' });
    await world.post(`/c/${old.slug}/${elsewhere.slug}`, { email: others, nextStep: 'yes' });
    const next = await world.aCampaign({ coalitionIds: [middle.id, top.id] });
    expect((await invite(next.id, [old.id])).json()).toMatchObject({ invited: 2 });
    expect((await signupOf(next.id, ours)).coalition_id).toBe(middle.id);
    expect((await signupOf(next.id, others)).coalition_id).toBe(top.id);
  });

  it.each(['draft', 'paused', 'ended', 'closed'] as const)(
    'is refused for a campaign that is %s',
    async (status) => {
      const { campaign } = await somebodyWhoAsked();
      const next = await world.aCampaign();
      await world.db.query(`update campaigns set status = $2 where id = $1`, [next.id, status]);
      expect((await invite(next.id, [campaign.id])).json()).toMatchObject({
        status: 409,
        code: `campaign_${status}`,
      });
      expect(await mails(next.id, 'invitation')).toEqual([]);
    },
  );

  it('is refused with the part that is wrong', async () => {
    const next = await world.aCampaign();
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await invite(next.id, [nobody])).json()).toMatchObject({
      status: 422,
      errors: [{ path: 'fromCampaignIds.0' }],
    });
    expect((await invite(nobody, [next.id])).json()).toMatchObject({ status: 404 });
    expect((await invite(next.id, [])).json()).toMatchObject({ status: 400 });
  });

  it('shows what is over as over, and takes no other link', async () => {
    const { campaign, email, signup: late } = await somebodyWhoAsked();
    const next = await world.aCampaign();
    await invite(next.id, [campaign.id]);
    const signup = await signupOf(next.id, email);
    for (const purpose of ['done', 'stop', 'me', 'opt_in'] as const) {
      const token = world.keys.token(world.keys.tokenKey, signup.id, purpose);
      expect((await world.get(`/join/${token}`)).statusCode).toBe(404);
      expect((await world.post(`/join/${token}`)).statusCode).toBe(404);
      expect((await world.post(`/next/${token}`)).statusCode).toBe(404);
    }
    expect(await signupOf(next.id, email)).toEqual(signup);
    await end(next.id);
    const over = await world.post(link('join', signup.id));
    expect([over.statusCode, over.body]).toEqual([409, expect.stringContaining(ended.button)]);
    expect(await signupOf(next.id, email)).toEqual(signup);
    expect((await world.get(link('join', late.id))).body).toContain(ended.already);
  });
});
