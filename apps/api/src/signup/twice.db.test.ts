import { linkOf, useApi } from '../../../../test/support/use-api.js';

const world = useApi();

const kept = (campaignId: string) =>
  world.one(
    `select (select count(*)::int from signups where campaign_id = $1) as signups,
       (select count(distinct supporter_id)::int from signups where campaign_id = $1) as supporters,
       (select count(*)::int from reminders where campaign_id = $1 and kind = 'welcome') as welcomes,
       (select count(*)::int from reminders where campaign_id = $1 and kind = 'sms_optin') as questions`,
    [campaignId],
  );

describe('a form that is sent twice', () => {
  it('makes one supporter, one signup and one welcome, and answers alike', async () => {
    const { id, page } = await world.aCampaign();
    const form = { email: 'Twice@Example.org', phone: '212 736 5000', smsConsent: 'on', zip: '10001' };
    const first = await world.post(page, form);
    const second = await world.post(page, { ...form, email: ' twice@example.ORG ' });
    expect([first.statusCode, second.statusCode]).toEqual([303, 303]);
    expect(await kept(id)).toEqual({ signups: 1, supporters: 1, welcomes: 1, questions: 1 });
  });

  it('does so twenty times at once', async () => {
    const { id, page } = await world.aCampaign();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.post(page, { email: 'crowd@example.org', zip: '10001' })),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([303]));
    expect(await kept(id)).toEqual({ signups: 1, supporters: 1, welcomes: 1, questions: 0 });
  });
});

describe('an Idempotency-Key', () => {
  const signUp = async (
    { id, coalition }: { id: string; coalition: { id: string } },
    key: string,
    word: string,
    email: string,
  ) =>
    world.send({
      method: 'POST',
      url: `/api/v1/campaigns/${id}/signups`,
      payload: { coalitionId: coalition.id, email, channels: ['email'] },
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': word },
    });

  it('gives the first answer again, and refuses another request under the same word', async () => {
    const campaign = await world.aCampaign();
    const key = await world.key('organizer');
    const first = await signUp(campaign, key, 'word-1', 'again@example.org');
    expect(first.statusCode).toBe(201);
    const before = await world.rows();
    expect((await signUp(campaign, key, 'word-1', 'again@example.org')).json()).toEqual(first.json());
    expect((await signUp(campaign, key, 'word-1', 'other@example.org')).json()).toMatchObject({
      status: 422,
      code: 'idempotency_key',
    });
    expect(await world.rows()).toEqual(before);
    const somebodyElse = await world.key('organizer');
    expect((await signUp(campaign, somebodyElse, 'word-1', 'other@example.org')).statusCode).toBe(201);
  });

  it('makes one signup of forty requests at once, more than the pool has connections', async () => {
    const campaign = await world.aCampaign();
    const key = await world.key('organizer');
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => signUp(campaign, key, 'word-2', 'parallel@example.org')),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.json()['id'])).size).toBe(1);
    expect(await kept(campaign.id)).toMatchObject({ signups: 1, welcomes: 1 });
  });

  it('lets forty different requests through at once', async () => {
    const campaign = await world.aCampaign();
    const key = await world.key('organizer');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => signUp(campaign, key, `many-${n}`, `many${n}@example.org`)),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
  });

  it('is refused when it cannot be kept whole', async () => {
    const campaign = await world.aCampaign();
    const key = await world.key('organizer');
    for (const word of ['x'.repeat(201), 'two words', 'é'])
      expect((await signUp(campaign, key, word, 'long@example.org')).json()).toMatchObject({
        status: 400,
        code: 'idempotency_key',
      });
  });

  it('leaves no hash of the request that somebody without our keys could guess at', async () => {
    const { createHash } = await import('node:crypto');
    const campaign = await world.aCampaign();
    const key = await world.key('organizer');
    await signUp(campaign, key, 'word-3', 'guess@example.org');
    const guess = createHash('sha256')
      .update(
        JSON.stringify({
          campaignId: campaign.id,
          coalitionId: campaign.coalition.id,
          email: 'guess@example.org',
          language: 'en',
          channels: ['email'],
        }),
      )
      .digest();
    expect(await world.db.query(`select from idempotency where request = $1`, [guess])).toEqual([]);
  });
});

it('pressing the button twice says yes once', async () => {
  const { id, page } = await world.aCampaign();
  await world.post(page, { email: 'button@example.org' });
  const signup = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [id]);
  const yes = linkOf(world.keys, signup.id, 'opt_in');
  await world.post(yes);
  const before = await world.rows();
  expect((await world.post(yes)).statusCode).toBe(200);
  expect(await world.rows()).toEqual(before);
});

it.each([
  ['campaigns', { title: 'Twice', kind: 'custom', slug: 'twice' }],
  ['coalitions', { name: 'Twice', slug: 'twice' }],
])('two %s with one slug at once: one is made, the other is told', async (what, body) => {
  const key = await world.key('organizer');
  const answers = await Promise.all([1, 2].map(() => world.call('POST', `/api/v1/${what}`, body, key)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  expect(answers.find(({ statusCode }) => statusCode === 409)!.json()).toMatchObject({ code: 'slug_taken' });
});

it('a confirmation that staff record twice is one, with one line in the audit log that names nobody', async () => {
  const { id, page } = await world.aCampaign();
  await world.post(page, { email: 'recorded@example.org' });
  const signup = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [id]);
  for (let n = 0; n < 2; n++)
    await world.call('POST', `/api/v1/signups/${signup.id}/confirmations`, { outcome: 'filed' });
  expect(
    await world.all(
      `select actor, detail from audit where campaign_id = $1 and action = 'confirmation.recorded'`,
      [id],
    ),
  ).toEqual([{ actor: 'organizer:a organizer', detail: { signupId: signup.id } }]);
});

it('only the proof of a form says that its boxes were unticked', async () => {
  const { id, page } = await world.aCampaign();
  await world.post(page, {
    email: 'proof@example.org',
    phone: '212 736 5001',
    smsConsent: 'on',
    zip: '10001',
  });
  const signup = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [id]);
  await world.post(linkOf(world.keys, signup.id, 'opt_in'));
  expect(
    await world.all(`select scope, means from consents where campaign_id = $1 order by id`, [id]),
  ).toEqual([
    { scope: 'sms', means: { page: '/c/:campaign/:coalition', boxesUnticked: true } },
    { scope: 'email', means: { page: '/yes/:token' } },
  ]);
});
