import { pageWords } from '#messages';
import { linkOf, type TestCampaign, useApi } from '../../../../test/support/use-api.js';

const small = {
  SIGNUPS_PER_IP_10_MINUTES: '6',
  SIGNUPS_PER_IP_A_DAY: '8',
  SMS_QUESTIONS_A_DAY: '12',
  SMS_QUESTIONS_A_DAY_PER_COALITION: '7',
  SMS_QUESTIONS_A_DAY_PER_PREFIX: '5',
};
const world = useApi(small);
let networks = 0;
let made = 0;

beforeEach(() => world.db.query(`delete from limits`));

/** Signs up on the page, each from a network of its own unless one is named. */
const signUp = (
  page: string,
  fields: Record<string, string>,
  ip = `198.18.${++networks >> 8}.${networks & 255}`,
) =>
  world.post(page, { language: 'en', zip: '10001', ...fields }, { 'x-forwarded-for': `203.0.113.70, ${ip}` });

const someone = () => `limits${++made}@example.org`;
const texts = (phone: string) => ({ email: someone(), phone, smsConsent: 'on' });

const questions = async (page?: TestCampaign) =>
  (
    await world.one<{ n: number }>(
      `select count(*)::int as n from reminders where kind = 'sms_optin' and ($1::uuid is null or campaign_id = $1)`,
      [page?.id ?? null],
    )
  ).n;

const optInMails = (email: string) =>
  world.all<{ campaign: string; kind: string; at: Date }>(
    `select r.campaign_id as campaign, r.kind, r.due_at as at from reminders r join supporters p on p.id = r.supporter_id
     where p.email_key = $1 and r.channel = 'email' order by r.due_at`,
    [world.keys.contactKey(email)],
  );

/** What a person sees, without their own words, links and request. */
const seen = ({ statusCode, headers, body }: Awaited<ReturnType<typeof signUp>>) => ({
  statusCode,
  headers: { ...headers, date: '', location: String(headers.location).replace(/[\w-]{22}/, 'TOKEN') },
  body,
});

describe('signups from one network', () => {
  const network = '203.0.113.50';
  const from = (page: string, ip: string, email = someone()) =>
    world.send({
      method: 'POST',
      url: page,
      payload: new URLSearchParams({ email, language: 'en', name: 'Ana Díaz', zip: '10001' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      remoteAddress: ip,
    });

  it('end for a while with a page that says why, keeps what was typed, and says when to come again', async () => {
    const { id, page } = await world.aCampaign();
    for (let n = 0; n < 6; n++) expect((await from(page, network)).statusCode).toBe(303);
    const before = await world.rows();
    const refused = await from(page, network, 'late@example.org');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500);
    expect(refused.body).toContain(pageWords('en').signup.errors.too_many);
    for (const typed of ['late@example.org', 'Ana Díaz', '10001'])
      expect(refused.body).toContain(`value="${typed}"`);
    expect(await world.rows()).toEqual(before);
    expect((await from(page, '203.0.113.51')).statusCode).toBe(303);
    const { n } = await world.one<{ n: number }>(
      `select count(*)::int as n from signups where campaign_id = $1`,
      [id],
    );
    expect(n).toBe(7);
  });

  it('end exactly at the limit when they come at once', async () => {
    const { page } = await world.aCampaign();
    const answers = await Promise.all(Array.from({ length: 20 }, () => from(page, network)));
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(6);
  });

  it('end for a day at the limit of a day', async () => {
    const { page } = await world.aCampaign();
    for (let n = 0; n < 6; n++) await from(page, network);
    await world.db.query(`delete from limits where ends_at < now() + interval '10 minutes'`);
    const answers = [await from(page, network), await from(page, network), await from(page, network)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 429]);
    expect(Number(answers[2]!.headers['retry-after'])).toBeGreaterThan(80_000);
  });

  it('are counted by the part of an IPv6 address that nobody can choose', async () => {
    const { page } = await world.aCampaign();
    for (let n = 1; n <= 6; n++) await from(page, `2001:db8:1:2::${n}`);
    expect((await from(page, '2001:db8:1:2:ffff::1')).statusCode).toBe(429);
    expect((await from(page, '2001:db8:1:3::1')).statusCode).toBe(303);
  });

  it('cannot be hidden by writing another address in front', async () => {
    const { page } = await world.aCampaign();
    for (let n = 0; n < 6; n++)
      await world.post(page, { email: someone() }, { 'x-forwarded-for': `198.51.100.${n}, 203.0.113.60` });
    const forged = { 'x-forwarded-for': '198.51.100.99, 203.0.113.60' };
    expect((await world.post(page, { email: someone() }, forged)).statusCode).toBe(429);
  });

  it('do not bind a script with a key', async () => {
    const { id, coalition } = await world.aCampaign();
    const key = await world.key('organizer');
    for (let n = 0; n < 10; n++) {
      const body = { coalitionId: coalition.id, email: someone(), channels: ['email'] };
      expect((await world.call('POST', `/api/v1/campaigns/${id}/signups`, body, key)).statusCode).toBe(201);
    }
  });
});

describe('a question by text', () => {
  const alike = async (
    first: Awaited<ReturnType<typeof signUp>>,
    last: Awaited<ReturnType<typeof signUp>>,
  ) => {
    expect(seen(last)).toEqual(seen(first));
    expect(last.statusCode).toBe(303);
    const pages = [first, last].map(({ headers }) => world.get(String(headers.location)));
    const [one, other] = (await Promise.all(pages)).map(({ body }) => body.replace(/[\w-]{22}/g, 'TOKEN'));
    expect(other).toBe(one);
  };

  it('goes to four numbers beside each other in an hour, and to no fifth', async () => {
    const campaign = await world.aCampaign();
    const answers = [];
    for (let n = 0; n < 8; n++) answers.push(await signUp(campaign.page, texts(`212 736 50${20 + n}`)));
    expect(await questions(campaign)).toBe(4);
    await alike(answers[0]!, answers.at(-1)!);
    await signUp(campaign.page, texts('212 736 5032'));
    expect(await questions(campaign)).toBe(4);
    await signUp(campaign.page, texts('212 736 5900'));
    expect(await questions(campaign)).toBe(5);
    expect(world.log).toContain('"limit":"neighbours"');
  });

  it('goes to no more when a run comes all at once', async () => {
    const campaign = await world.aCampaign();
    await Promise.all(Array.from({ length: 9 }, (_, n) => signUp(campaign.page, texts(`212 736 510${n}`))));
    expect(await questions(campaign)).toBe(4);
  });

  it('goes to so many numbers of one block in a day', async () => {
    const campaign = await world.aCampaign();
    const answers = [];
    for (let n = 0; n < 7; n++) answers.push(await signUp(campaign.page, texts(`212 736 6${n}00`)));
    expect(await questions(campaign)).toBe(5);
    await alike(answers[0]!, answers.at(-1)!);
    expect(world.log).toContain('"limit":"prefix"');
  });

  it('goes to one phone three times a day, whatever the campaign and whoever typed it', async () => {
    const phone = '671 472 8931';
    const campaigns = await Promise.all(Array.from({ length: 5 }, () => world.aCampaign()));
    const before = await questions();
    for (const { page } of campaigns) await signUp(page, texts(phone));
    expect((await questions()) - before).toBe(3);
  });

  it('goes to a phone three times when everything comes at once, also by a key', async () => {
    const campaigns = await Promise.all(Array.from({ length: 10 }, () => world.aCampaign()));
    const key = await world.key('organizer');
    const before = await questions();
    await Promise.all(
      campaigns.map(({ id, coalition, page }, n) =>
        n % 2
          ? signUp(page, texts('671 472 8932'))
          : world.call(
              'POST',
              `/api/v1/campaigns/${id}/signups`,
              {
                coalitionId: coalition.id,
                phone: '671 472 8932',
                email: someone(),
                channels: ['email', 'sms'],
              },
              key,
            ),
      ),
    );
    expect((await questions()) - before).toBe(3);
  });

  it('stays within what a coalition and what all of them may spend in a day', async () => {
    const [one, other] = [await world.aCampaign(), await world.aCampaign()];
    const ask = async ({ page }: TestCampaign, area: number) => {
      const answers = [];
      for (let n = 0; n < 9; n++) answers.push(await signUp(page, texts(`${area + n} 736 5000`)));
      return answers;
    };
    const answers = await ask(one, 212);
    expect(await questions(one)).toBeLessThanOrEqual(7);
    await ask(one, 312);
    await ask(one, 402);
    expect(await questions(one)).toBe(7);
    await ask(other, 412);
    await ask(other, 502);
    expect(await questions(other)).toBe(5);
    expect(world.log).toContain('"limit":"coalition"');
    expect(world.log).toContain('"limit":"questions"');
    await alike(answers[0]!, await signUp(one.page, texts('212 736 7777')));
  });

  it('costs nothing more when the form is sent twice', async () => {
    const { page } = await world.aCampaign();
    const form = texts('671 472 8933');
    for (let n = 0; n < 5; n++) await signUp(page, form);
    const { taken } = await world.one<{ taken: number }>(
      `select max(taken) as taken from limits where ends_at > now() + interval '23 hours'`,
    );
    expect(taken).toBe(1);
  });

  it('keeps the signup, which can still say yes by the link of its mail', async () => {
    const campaign = await world.aCampaign();
    for (let n = 0; n < 5; n++) await signUp(campaign.page, texts(`212 736 520${n}`));
    const late = texts('212 736 5207');
    await signUp(campaign.page, late);
    const { id } = await world.one<{ id: string }>(
      `select s.id from signups s join supporters p on p.id = s.supporter_id where p.email_key = $1`,
      [world.keys.contactKey(late.email)],
    );
    expect((await world.post(linkOf(world.keys, id, 'opt_in'))).statusCode).toBe(200);
    const row = await world.one(`select email_since, sms_since from signups where id = $1`, [id]);
    expect(row).toEqual({ email_since: expect.any(Date) as unknown, sms_since: null });
  });

  it('never leaves a number or a name in the log or in the limits', async () => {
    const { page } = await world.aCampaign();
    for (let n = 0; n < 6; n++) await signUp(page, { ...texts(`212 736 530${n}`), name: 'Private Person' });
    const kept = world.log + JSON.stringify(await world.all(`select * from limits`));
    expect(kept).not.toMatch(/212.?736.?530|Private Person|@example\.org/);
  });
});

describe('opt-in mail to one address', () => {
  const hoursBetween = (mails: { at: Date }[]) =>
    mails.slice(1).map(({ at }, n) => (at.getTime() - mails[n]!.at.getTime()) / 3_600_000);

  it('is six a year and three a campaign, its welcomes a day apart, of fifty campaigns at once', async () => {
    const campaigns = await Promise.all(Array.from({ length: 50 }, () => world.aCampaign()));
    const email = someone();
    const answers = await Promise.all(campaigns.map(({ page }) => signUp(page, { email })));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([303]));
    const mails = await optInMails(email);
    expect(mails).toHaveLength(6);
    for (const { id } of campaigns)
      expect(mails.filter(({ campaign }) => campaign === id).length).toBeLessThanOrEqual(3);
    const welcomes = mails.filter(({ kind }) => kind === 'welcome');
    for (const hours of hoursBetween(welcomes)) expect(hours).toBeGreaterThanOrEqual(24);
    expect(world.log).toContain('"limit":"address"');
  });

  it('goes on counting when its person was deleted and comes again', async () => {
    const email = someone();
    const campaigns = await Promise.all(Array.from({ length: 3 }, () => world.aCampaign()));
    const leave = () =>
      world.db.query(
        `update supporters set email = null, email_key = null, deleted_at = now() where email_key = $1`,
        [world.keys.contactKey(email)],
      );
    await signUp(campaigns[0]!.page, { email });
    expect(await optInMails(email)).toHaveLength(3);
    await leave();
    await signUp(campaigns[0]!.page, { email });
    expect(await optInMails(email)).toHaveLength(0);
    await leave();
    await signUp(campaigns[1]!.page, { email });
    const again = await optInMails(email);
    expect(again).toHaveLength(3);
    expect(again[0]!.at.getTime()).toBeGreaterThan(Date.now() + 23.9 * 3_600_000);
    await leave();
    await signUp(campaigns[2]!.page, { email });
    expect(await optInMails(email)).toHaveLength(0);
  });

  it('does not count what was never sent', async () => {
    const email = someone();
    const campaigns = await Promise.all(Array.from({ length: 3 }, () => world.aCampaign()));
    await signUp(campaigns[0]!.page, { email });
    await signUp(campaigns[1]!.page, { email });
    await world.db.query(
      `update reminders set state = 'skipped', reason = 'capped', settled_at = now() where campaign_id = $1`,
      [campaigns[0]!.id],
    );
    await signUp(campaigns[2]!.page, { email });
    expect(await optInMails(email)).toHaveLength(9);
  });
});
