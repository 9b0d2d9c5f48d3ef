import { pageWords } from '#messages';
import { linkOf, type TestCampaign, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const ana = { email: 'Ana@Example.org', name: 'Ana Díaz', zip: '10001', language: 'en' };
const stranger = {
  email: 'ana@example.org',
  phone: '212 736 5000',
  smsConsent: 'on',
  name: 'Somebody Else',
  zip: '85001',
  language: 'es',
};
let made = 0;

afterEach(() => world.db.query('delete from limits'));

/** Each test has an Ana of its own. */
const her = <Form extends { email: string }>(form: Form, n: number) => ({
  ...form,
  email: form.email.replace('@', `${n}@`),
});

async function anaSignsUp(campaign: TestCampaign, n = ++made) {
  await world.post(campaign.page, her(ana, n));
  const row = await world.one<{ id: string; supporterId: string }>(
    `select s.id, s.supporter_id as "supporterId" from signups s where campaign_id = $1`,
    [campaign.id],
  );
  return { n, ...row };
}

const person = (id: string) =>
  world.one<Record<string, string>>(`select * from supporters where id = $1`, [id]);
const plain = (body: string) =>
  body.replace(/[\w-]{22}/g, 'TOKEN').replace(/coalition-[0-9a-f]{8}|docket-[0-9a-f]{8}|\d[a-z]?@/g, '…');

describe('a stranger who types an address that is somebody’s', () => {
  it('changes nothing of that person', async () => {
    const campaign = await world.aCampaign();
    const { n, supporterId } = await anaSignsUp(campaign);
    const before = await person(supporterId);
    await world.post(campaign.page, her(stranger, n));
    expect(await person(supporterId)).toEqual(before);
    const row = await world.one(
      `select (select count(*)::int from supporters where id <> $1 and phone_key = $2) as people,
         (select count(*)::int from reminders where supporter_id = $1 and channel = 'sms') as texts,
         (select count(*)::int from consents where supporter_id = $1) as consents`,
      [supporterId, world.keys.contactKey('+12127365000')],
    );
    expect(row).toEqual({ people: 0, texts: 0, consents: 0 });
  });

  it('gets the answer that a new person gets, to the letter', async () => {
    const campaign = await world.aCampaign();
    const { n } = await anaSignsUp(campaign);
    const ofKnown = await world.post(campaign.page, her(stranger, n));
    const ofNew = await world.post(campaign.page, her(stranger, n + 10_000));
    expect(ofKnown.statusCode).toBe(ofNew.statusCode);
    expect(plain(String(ofKnown.headers.location))).toBe(plain(String(ofNew.headers.location)));
    expect(Object.keys(ofKnown.headers)).toEqual(Object.keys(ofNew.headers));

    const page = (answer: typeof ofNew) => world.get(String(answer.headers.location));
    expect(plain((await page(ofKnown)).body)).toBe(plain((await page(ofNew)).body));
    const press = (answer: typeof ofNew, outcome: string) =>
      world.post(`${String(answer.headers.location).split('?')[0]}/done`, { outcome });
    for (const outcome of ['answered', 'nonsense', 'filed']) {
      const [known, unknown] = [await press(ofKnown, outcome), await press(ofNew, outcome)];
      expect([outcome, known.statusCode]).toEqual([outcome, unknown.statusCode]);
      const withoutReference = (body: string) => plain(body).replace(/req-\w+/, 'req');
      expect(withoutReference(known.body)).toBe(withoutReference(unknown.body));
    }
  });

  it('can neither confirm for them nor open the form in their name', async () => {
    const campaign = await world.aCampaign();
    const { n, id } = await anaSignsUp(campaign);
    const { headers } = await world.post(campaign.page, her(stranger, n));
    const arrival = String(headers.location).split('?')[0]!;
    expect((await world.post(`${arrival}/done`, { outcome: 'filed' })).statusCode).toBe(200);
    expect((await world.post(`${arrival}/form`)).statusCode).toBe(303);
    const signup = await world.one(`select outcome, went_at from signups where id = $1`, [id]);
    expect(signup).toEqual({ outcome: null, went_at: null });
    for (const page of ['yes', 'done', 'stop', 'guide', 'me'])
      expect((await world.get(arrival.replace('welcome', page))).statusCode).toBe(404);
  });

  it('sees nothing more, and can do nothing more, once the owner has said yes', async () => {
    const campaign = await world.aCampaign();
    const { n, id } = await anaSignsUp(campaign);
    const { headers } = await world.post(campaign.page, her(stranger, n));
    const arrival = String(headers.location);
    const before = (await world.get(arrival)).body;
    expect((await world.post(linkOf(world.keys, id, 'opt_in'))).statusCode).toBe(200);
    expect((await world.get(arrival)).body).toBe(before);
    await world.post(`${arrival.split('?')[0]}/done`, { outcome: 'filed' });
    const signup = await world.one(`select outcome from signups where id = $1`, [id]);
    expect(signup['outcome']).toBeNull();
  });

  it('never learns what the owner typed afterwards', async () => {
    const campaign = await world.aCampaign();
    const { n } = await anaSignsUp(campaign);
    const { headers } = await world.post(campaign.page, her(stranger, n));
    const before = (await world.get(String(headers.location))).body;
    await world.post(campaign.page, { ...her(ana, n), zip: '96910' });
    expect((await world.get(String(headers.location))).body).toBe(before);
  });
});

describe('what waits for its owner', () => {
  it('takes effect with the button, and then the phone is asked', async () => {
    const campaign = await world.aCampaign();
    const { n, id, supporterId } = await anaSignsUp(campaign);
    await world.post(campaign.page, her(stranger, n));
    await world.post(linkOf(world.keys, id, 'opt_in'));
    const now = await person(supporterId);
    expect({
      name: world.keys.open('name', now['name']!),
      phone: world.keys.open('phone', now['phone']!),
      zone: now['zone'],
      language: now['language'],
    }).toEqual({ name: 'Somebody Else', phone: '+12127365000', zone: 'America/Phoenix', language: 'es' });
    const signup = await world.one(`select email_since, sms_since from signups where id = $1`, [id]);
    expect(signup).toEqual({ email_since: expect.any(Date) as unknown, sms_since: null });
    expect(
      await world.db.query(`select state from reminders where signup_id = $1 and kind = 'sms_optin'`, [id]),
    ).toEqual([{ state: 'due' }]);
  });

  it('is named on the page before the button, without being shown', async () => {
    const campaign = await world.aCampaign();
    const { n, id } = await anaSignsUp(campaign);
    const yes = linkOf(world.keys, id, 'opt_in');
    const { pending, pendingField, and } = pageWords('en').optIn;
    const heed = pending(
      ['phone', 'name', 'zip', 'language'].map((field) => pendingField[field as 'phone']).join(and),
    );
    expect((await world.get(yes)).body).not.toContain('class="heed"');
    await world.post(campaign.page, her(stranger, n));
    const asked = (await world.get(yes)).body;
    expect(asked).toContain(heed);
    expect(asked).not.toMatch(/Somebody Else|736-?5000/);
    await world.post(yes);
    expect((await world.get(yes)).body).not.toContain('class="heed"');
    await world.post(campaign.page, her(ana, n));
    expect((await world.get(yes)).body).toContain('class="heed"');
  });

  it('is named when it says that the owner is done, and only that button takes it', async () => {
    const campaign = await world.aCampaign();
    const { n, id } = await anaSignsUp(campaign);
    const [yes, stop, me] = (['opt_in', 'stop', 'me'] as const).map((purpose) =>
      linkOf(world.keys, id, purpose),
    );
    const { headers } = await world.post(campaign.page, her(ana, n));
    await world.post(`${String(headers.location).split('?')[0]}/done`, { outcome: 'filed' });
    await world.post(stop!, { scope: 'undo' });
    await world.post(`${me}/email`, { channel: 'on' });
    const outcome = async () =>
      (await world.one(`select outcome from signups where id = $1`, [id]))['outcome'];
    expect(await outcome()).toBeNull();

    expect((await world.get(yes!)).body).toContain(pageWords('en').optIn.pendingField.outcome);
    await world.post(yes!);
    expect(await outcome()).toBe('filed');
  });

  it('ends the yes of an old phone, whose word it was, and asks the new one', async () => {
    const campaign = await world.aCampaign();
    const { n, id } = await anaSignsUp(campaign);
    await world.post(campaign.page, { ...her(stranger, n), phone: '(671) 472-8931' });
    await world.post(linkOf(world.keys, id, 'opt_in'));
    await world.db.query(`update signups set sms_since = now() where id = $1`, [id]);
    await world.post(campaign.page, her(stranger, n));
    await world.post(linkOf(world.keys, id, 'opt_in'));
    const signup = await world.one(`select sms_since from signups where id = $1`, [id]);
    expect(signup['sms_since']).toBeNull();
    expect(
      await world.db.query(
        `select action, wording from consents where scope = 'sms' and action = 'withdrawn' and supporter_id =
           (select supporter_id from signups where id = $1)`,
        [id],
      ),
    ).toEqual([{ action: 'withdrawn', wording: 'phone-changed' }]);
    expect(
      await world.db.query(
        `select count(*)::int as n from reminders where signup_id = $1 and kind = 'sms_optin'`,
        [id],
      ),
    ).toEqual([{ n: 2 }]);
  });
});
