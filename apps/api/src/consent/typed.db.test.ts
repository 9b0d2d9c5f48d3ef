import { type SignupView, Signups } from '#postgres';
import { linkOf, type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import { ConsentService } from './consent.service.js';

const world = useApi();
let made = 0;

const signupOf = async (id: string): Promise<SignupView> =>
  (await new Signups(world.db.manager, world.keys).byId(id))!;

async function signUp(campaign: TestCampaign, form: Record<string, string>): Promise<SignupView> {
  await world.post(campaign.page, form);
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  return signupOf(id);
}

const waiting = (id: string) => new Signups(world.db.manager, world.keys).waiting(id);

describe('what somebody typed for a person who had agreed already', () => {
  async function typedForAna() {
    const campaign = await world.aCampaign();
    const email = `typed${++made}@example.org`;
    const ana = await signUp(campaign, { email, name: 'Ana Díaz', zip: '10001', language: 'en' });
    await world.post(linkOf(world.keys, ana.id, 'opt_in'));
    await world.post(campaign.page, {
      email,
      name: 'Somebody Else',
      phone: '212 736 5000',
      smsConsent: 'on',
      zip: '85001',
      language: 'en',
    });
    return { id: ana.id, me: linkOf(world.keys, ana.id, 'me') };
  }

  it('is shown on their settings, masked, and does nothing by being looked at', async () => {
    const { id, me } = await typedForAna();
    const before = await world.rows();
    const { body } = await world.get(me);
    expect(body).toContain('Is this from you?');
    expect(body).toContain('a new name (S••• E•••)');
    expect(body).toContain('a new phone number (•••-•••-5000)');
    expect(body).not.toMatch(/Somebody Else|736/);
    expect(await world.rows()).toEqual(before);
    expect((await signupOf(id)).name).toBe('Ana Díaz');
  });

  it('is used when they say so, and the new phone is asked', async () => {
    const { id, me } = await typedForAna();
    const { body } = await world.post(`${me}/typed`, { typed: 'use' });
    expect(body).not.toContain('Is this from you?');
    expect(await signupOf(id)).toMatchObject({
      name: 'Somebody Else',
      phone: '+12127365000',
      zone: 'America/Phoenix',
      smsSince: null,
    });
    const texts = await world.all(`select kind from reminders where signup_id = $1 and channel = 'sms'`, [
      id,
    ]);
    expect(texts).toEqual([{ kind: 'sms_optin' }]);
  });

  it('is thrown away when they say so, and twice is no harm', async () => {
    const { id, me } = await typedForAna();
    for (const _ of [1, 2]) expect((await world.post(`${me}/typed`, { typed: 'drop' })).statusCode).toBe(200);
    expect(await waiting(id)).toBeNull();
    expect(await signupOf(id)).toMatchObject({ name: 'Ana Díaz', phone: null, zone: 'America/New_York' });
    expect((await world.post(`${me}/typed`, { typed: 'else' })).statusCode).toBe(400);
  });
});

it('a phone’s YES proves language and zone, no name, no outcome, and only once', async () => {
  const campaign = await world.aCampaign();
  const form = { phone: '212 736 5077', smsConsent: 'on' };
  const owner = await signUp(campaign, { ...form, name: 'Ona Owner', zip: '10001', language: 'en' });
  await world.post(campaign.page, {
    ...form,
    name: 'Somebody Else',
    zip: '85001',
    language: 'es',
    nextStep: 'on',
  });
  const yes = async () =>
    world.db.transaction(async (db) =>
      world.api
        .get(ConsentService)
        .agreeByText(db, await signupOf(owner.id), { wording: 'YES', source: 'text' }),
    );
  await yes();
  expect(await signupOf(owner.id)).toMatchObject({
    name: 'Ona Owner',
    language: 'es',
    zone: 'America/Phoenix',
    nextStep: false,
    smsSince: expect.any(Date) as Date,
  });
  expect((await world.get(`${linkOf(world.keys, owner.id, 'me')}?lang=en`)).body).toContain(
    'a new name (S••• E•••)',
  );
  await world.post(linkOf(world.keys, owner.id, 'me'), { language: 'en', zone: 'America/Denver' });
  await yes();
  expect(await signupOf(owner.id)).toMatchObject({ language: 'en', zone: 'America/Denver' });
});

describe('stopping', () => {
  it('everything: mail comes back by the button, texts by START alone, and the page says so', async () => {
    const campaign = await world.aCampaign();
    const signup = await signUp(campaign, {
      email: 'stops@example.org',
      phone: '212 736 5088',
      smsConsent: 'on',
      zip: '10001',
      language: 'en',
    });
    await world.post(linkOf(world.keys, signup.id, 'opt_in'));
    await world.db.query(`update signups set sms_since = campaign_now() where id = $1`, [signup.id]);
    const stop = linkOf(world.keys, signup.id, 'stop');
    const stopped = await world.post(stop, { scope: 'all' });
    expect(stopped.body).toContain('value="undo"');
    expect(stopped.body).toContain('reply START to our last text');
    const back = await world.post(stop, { scope: 'undo' });
    expect(back.body).toContain('Texts are off');
    expect(back.body).toContain('reply START to our last text');
    expect(await signupOf(signup.id)).toMatchObject({ emailSince: expect.any(Date) as Date, smsSince: null });
  });

  it('one channel in every campaign, from the settings', async () => {
    const [one, two] = [await world.aCampaign(), await world.aCampaign()];
    const form = { email: 'never@example.org', zip: '10001', language: 'en' };
    const first = await signUp(one, form);
    const second = await signUp(two, form);
    for (const { id } of [first, second]) await world.post(linkOf(world.keys, id, 'opt_in'));
    await world.post(`${linkOf(world.keys, first.id, 'me')}/email`, { channel: 'off' });
    expect([(await signupOf(first.id)).emailSince, (await signupOf(second.id)).emailSince]).toEqual([
      null,
      expect.any(Date),
    ]);
    await world.post(`${linkOf(world.keys, second.id, 'me')}/email`, { channel: 'never' });
    expect((await signupOf(second.id)).emailSince).toBeNull();
    expect(
      await world.all(`select reason from suppressions where contact_key = $1`, [first.emailKey]),
    ).toEqual([{ reason: 'unsubscribed' }]);
  });
});

it('every page that a message leads to says what to do when it is not for you', async () => {
  const campaign = await world.aCampaign();
  const { id } = await signUp(campaign, { email: 'forwarded@example.org', zip: '10001', language: 'en' });
  for (const page of ['opt_in', 'guide', 'done', 'stop', 'me'] as const)
    expect([page, (await world.get(linkOf(world.keys, id, page))).body]).toEqual([
      page,
      expect.stringContaining('Not you?'),
    ]);
});
