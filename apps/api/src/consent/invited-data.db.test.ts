import { pageWords } from '#messages';
import { dataToken, Reminders, Signups, type SignupView } from '#postgres';
import { setNow } from '../../../../test/support/clock.js';
import { linkOf, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const { data } = pageWords('en');
let made = 0;

const joinLink = ({ tokenKey, id }: SignupView, page = 'join') =>
  `/${page}/${world.keys.token(tokenKey, id, 'join')}`;
const signupOf = async (campaignId: string, email: string): Promise<SignupView> => {
  const { id } = await world.one<{ id: string }>(
    `select s.id from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = $2`,
    [campaignId, world.keys.contactKey(email)],
  );
  return (await new Signups(world.db.manager, world.keys).byId(id))!;
};
const invite = async (to: string, from: string) =>
  (await world.call('POST', `/api/v1/campaigns/${to}/invitations`, { fromCampaignIds: [from] })).json();

// The next noon in New York or one: by night an invitation waits for the morning.
beforeAll(() => setNow(world.db, new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 17 * 3_600_000)));

/** Somebody who never signed up: they came to a campaign that was over, asked to be told, and are invited to the next. */
async function somebodyInvited() {
  const over = await world.aCampaign({ title: 'The one that is over' });
  await world.db.query(
    `update campaigns set status = 'ended', deadline_at = campaign_now() - interval '1 hour', ended_at = campaign_now() where id = $1`,
    [over.id],
  );
  const email = `invited${++made}@next.example`;
  await world.post(`${over.page}/next`, { email });
  const late = await signupOf(over.id, email);
  await world.post(joinLink(late, 'next'));
  const next = await world.aCampaign({ title: 'The next one' });
  expect(await invite(next.id, over.id)).toMatchObject({ invited: 1 });
  const signup = await signupOf(next.id, email);
  expect(signup.standing).toBe('invited');
  return { over, next, email, late, signup };
}

/** By the settings' link in the foot of the invitation; answers the link that the mail will carry. */
async function freshLink(signup: SignupView): Promise<string> {
  const { statusCode, body } = await world.post(`${linkOf(world.keys, signup.id, 'me')}/data`);
  expect([statusCode, body]).toEqual([200, expect.stringContaining(data.mailed)]);
  const { claimed } = await new Reminders(world.db.manager).claim(signup.campaignId, 'email', 10, 60);
  const mail = claimed.find(({ kind }) => kind === 'data')!;
  return `/data/${dataToken(world.keys, mail)}`;
}

describe('the data of somebody who is invited', () => {
  it('is shown masked, and looking joins nothing', async () => {
    const { signup, email, next } = await somebodyInvited();
    const link = await freshLink(signup);
    const before = await world.rows();
    const { statusCode, body } = await world.get(link);
    expect([statusCode, await world.rows()]).toEqual([200, before]);
    expect(body).toContain(data.title);
    expect(body).toContain('The one that is over; The next one');
    expect(body).not.toContain(email);
    expect((await world.get(`${link}?lang=es`)).body).toContain(pageWords('es').data.title);
    expect((await signupOf(next.id, email)).standing).toBe('invited');
  });

  it('leaves with them whole: how they stand in either campaign, their yes, and what was sent', async () => {
    const { signup, email } = await somebodyInvited();
    const kept = (await world.post(`${await freshLink(signup)}/download`)).json<
      Record<string, Record<string, unknown>[]>
    >();
    expect(kept['person']).toMatchObject({ email, phone: null, name: null });
    expect(kept['signups']).toMatchObject([
      { campaign: 'The one that is over', standing: 'late', nextStep: true },
      { campaign: 'The next one', standing: 'invited', emailSince: null, coalitions: [] },
    ]);
    expect(kept['consents']).toMatchObject([
      { campaign: 'The one that is over', scope: 'next_step', action: 'granted' },
    ]);
    expect(kept['messages']!.map(({ campaign, kind }) => [campaign, kind])).toEqual([
      ['The one that is over', 'ended'],
      ['The next one', 'invitation'],
      ['The next one', 'data'],
    ]);
    expect([kept['confirmations'], kept['texts'], kept['typed'], kept['blocked']]).toEqual([[], [], [], []]);
  });

  it('is deleted with the invitation, and nobody invites them again', async () => {
    const { over, signup, late } = await somebodyInvited();
    const link = await freshLink(signup);
    await world.db.query(
      `update reminders set state = 'due', lease_until = null where campaign_id = $1 and kind = 'invitation'`,
      [signup.campaignId],
    );
    const { body } = await world.post(`${link}/delete`, { sure: 'yes' });
    expect(body).toContain(data.deleted);

    expect(
      await world.one(
        `select email, email_key, name, deleted_at is not null as gone from supporters where id = $1`,
        [signup.supporterId],
      ),
    ).toEqual({ email: null, email_key: null, name: null, gone: true });
    expect(
      await world.all(`select state, reason from reminders where campaign_id = $1 and kind = 'invitation'`, [
        signup.campaignId,
      ]),
    ).toEqual([{ state: 'skipped', reason: 'no_address' }]);
    for (const url of [link, joinLink(signup), joinLink(late, 'next'), linkOf(world.keys, signup.id, 'me')]) {
      expect((await world.get(url)).statusCode).toBe(404);
    }
    for (const url of [`${link}/download`, joinLink(signup), joinLink(late, 'next')])
      expect((await world.post(url)).statusCode).toBe(404);
    expect(
      await world.all(
        `select action from consents where supporter_id = $1 and scope = 'next_step' order by id`,
        [signup.supporterId],
      ),
    ).toEqual([{ action: 'granted' }, { action: 'withdrawn' }]);
    expect(
      await world.all(`select channel, reason from suppressions where contact_key = $1`, [signup.emailKey]),
    ).toEqual([{ channel: 'email', reason: 'deleted' }]);
    const another = await world.aCampaign();
    expect(await invite(another.id, over.id)).toEqual({ invited: 0, already: 0, suppressed: 0 });
  });
});
