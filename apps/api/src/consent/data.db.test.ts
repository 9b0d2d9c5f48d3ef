import { Keyring, dataCode, dataToken, type SignupView, Signups } from '#postgres';
import { linkOf, type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import { testKeys } from '../../../../test/support/use-database.js';

const old = `old:${Buffer.alloc(32, 'old').toString('base64')}`;
const world = useApi({ ENCRYPTION_KEYS: `${testKeys.ENCRYPTION_KEYS},${old}` });
const sid = (n: number) => `SM${String(n).padStart(32, '0')}`;
let made = 0;

const signupOf = async (id: string): Promise<SignupView> =>
  (await new Signups(world.db.manager, world.keys).byId(id))!;

async function signUp(campaign: TestCampaign, form: Record<string, string>): Promise<SignupView> {
  await world.post(campaign.page, { zip: '10001', language: 'en', ...form });
  const { id } = await world.one<{ id: string }>(
    `select id from signups where campaign_id = $1 order by signed_up_at desc, id limit 1`,
    [campaign.id],
  );
  return signupOf(id);
}

async function somebody(form: Record<string, string> = {}) {
  const campaign = await world.aCampaign();
  const n = ++made;
  const signup = await signUp(campaign, { email: `Owner${n}@Example.org`, name: `Odile Owner${n}`, ...form });
  return { campaign, signup };
}

const somebodyByPhone = () =>
  somebody({ email: '', phone: `212 737 ${String(5000 + ++made)}`, smsConsent: 'on' });

const requests = (signup: SignupView) =>
  world.all<{ key: string; channel: string }>(
    `select key, channel from reminders where signup_id = $1 and kind = 'data' order by id`,
    [signup.id],
  );

/** Presses the button on the settings page; answers the link that the mail will carry, as the worker derives it. */
async function freshLink(signup: SignupView): Promise<string> {
  await world.post(`${linkOf(world.keys, signup.id, 'me')}/data`);
  const { key } = (await requests(signup)).at(-1)!;
  return `/data/${dataToken(world.keys, { tokenKey: signup.tokenKey, signupId: signup.id, key })}`;
}

async function freshCode(signup: SignupView): Promise<string> {
  await world.post(`${linkOf(world.keys, signup.id, 'me')}/data`);
  const { key } = (await requests(signup)).at(-1)!;
  return dataCode(world.keys, { tokenKey: signup.tokenKey, signupId: signup.id, key });
}

const enter = (signup: SignupView, code: string) =>
  world.post(`${linkOf(world.keys, signup.id, 'me')}/code`, { code });
const otherThan = (code: string, n: number) => String((Number(code) + n) % 1_000_000).padStart(6, '0');

describe('a fresh link', () => {
  it('opens the data, masked, for an hour, and changes nothing by being looked at', async () => {
    const { signup } = await somebody();
    const link = await freshLink(signup);
    const before = await world.rows();
    for (const method of ['GET', 'HEAD', 'GET'] as const)
      expect((await world.send({ method, url: link })).statusCode).toBe(200);
    const { body } = await world.get(`${link}?lang=es`);
    expect(await world.rows()).toEqual(before);
    expect(body).toContain('Borrar mis datos');
    expect(body).not.toMatch(/owner\d|Odile/i);
    await world.db.query(`update tokens set ends_at = now() where purpose = 'data'`);
    for (const url of [
      link,
      `/data/${'A'.repeat(22)}`,
      linkOf(world.keys, signup.id, 'me').replace('me', 'data'),
    ]) {
      expect((await world.get(url)).statusCode).toBe(404);
      expect((await world.post(`${url}/download`)).statusCode).toBe(404);
      expect((await world.post(`${url}/delete`, { sure: 'yes' })).statusCode).toBe(404);
    }
    expect((await signupOf(signup.id)).email).toBe(signup.email);
  });

  it('goes out three times a day at most, in the same words', async () => {
    const { signup } = await somebody();
    const ask = async () => (await world.post(`${linkOf(world.keys, signup.id, 'me')}/data`)).body;
    const answers = [await ask(), await ask(), await ask(), await ask(), await ask()];
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('Check your email');
    expect(await requests(signup)).toMatchObject([
      { channel: 'email' },
      { channel: 'email' },
      { channel: 'email' },
    ]);
    const { n } = await world.one<{ n: number }>(
      `select count(*)::int as n from tokens where signup_id = $1 and purpose = 'data'`,
      [signup.id],
    );
    expect(n).toBe(3);
  });

  it('goes to an unsubscribed address, not to a dead one', async () => {
    const { signup } = await somebody();
    await world.post(linkOf(world.keys, signup.id, 'stop'), { scope: 'all' });
    await freshLink(signup);
    await world.db.query(
      `insert into suppressions (contact_key, channel, reason, source) values ($1, 'email', 'hard_bounce', 'provider')`,
      [signup.emailKey],
    );
    expect((await world.post(`${linkOf(world.keys, signup.id, 'me')}/data`)).body).toContain(
      'We can’t write there',
    );
    expect(await requests(signup)).toHaveLength(1);
  });

  it('is no code’s business', async () => {
    const { signup } = await somebody();
    expect((await enter(signup, '123456')).statusCode).toBe(404);
  });
});

describe('a code by text, for whoever has a phone only', () => {
  it('opens the data once', async () => {
    const { signup } = await somebodyByPhone();
    const code = await freshCode(signup);
    expect(code).toMatch(/^\d{6}$/);
    expect(await requests(signup)).toMatchObject([{ channel: 'sms' }]);
    const answer = await enter(signup, ` ${code.slice(0, 3)} ${code.slice(3)}`);
    expect(answer.statusCode).toBe(303);
    expect((await world.get(String(answer.headers.location))).statusCode).toBe(200);
    expect((await enter(signup, code)).statusCode).toBe(422);
  });

  it('counts no more after five wrong tries, or ten minutes', async () => {
    const { signup } = await somebodyByPhone();
    const code = await freshCode(signup);
    for (const n of [1, 2, 3, 4])
      expect((await enter(signup, otherThan(code, n))).body).toContain('name="code"');
    expect((await enter(signup, otherThan(code, 5))).body).toContain('counts no more');
    expect((await enter(signup, code)).statusCode).toBe(422);

    const second = await freshCode(signup);
    expect((await enter(signup, code)).statusCode).toBe(422);
    await world.db.query(`update data_codes set ends_at = now()`);
    expect((await enter(signup, second)).statusCode).toBe(422);
    expect((await enter(signup, await freshCode(signup))).statusCode).toBe(303);
  });

  it('is tried one after the other, also all at once', async () => {
    const { signup } = await somebodyByPhone();
    const code = await freshCode(signup);
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((n) => enter(signup, otherThan(code, n))));
    expect(await world.one(`select tries from data_codes where signup_id = $1`, [signup.id])).toEqual({
      tries: 5,
    });
  });

  it('is not to be read, nor guessed, from the database', async () => {
    const { signup } = await somebodyByPhone();
    const code = await freshCode(signup);
    const { hash } = await world.one<{ hash: Buffer }>(`select hash from data_codes where signup_id = $1`, [
      signup.id,
    ]);
    expect(hash).toEqual(world.keys.fingerprints(`code|${signup.id}|${code}`)[0]);
  });

  it('does not go to a phone that said STOP', async () => {
    const { signup } = await somebodyByPhone();
    await world.post(linkOf(world.keys, signup.id, 'stop'), { scope: 'all' });
    const { body } = await world.post(`${linkOf(world.keys, signup.id, 'me')}/data`);
    expect(body).toContain('Text START from that phone first');
    expect(await requests(signup)).toEqual([]);
  });
});

/** Somebody of whom every table that keeps people keeps something. */
async function aFullLife() {
  const n = ++made;
  const phone = `+1212738${String(5000 + n)}`;
  const told = {
    email: `Full${n}@Life.example`,
    phone,
    name: `Fulvia Fullname${n}`,
    said: `please stop ${n} writing to me`,
    ip: '203.0.113.77',
    agent: `Mozilla of Fulvia ${n}`,
    tracking: `l2z-02tq-b${String(n).padStart(3, '0').slice(-3)}`,
    typedName: `Waiting Name${n}`,
  };
  const campaign = await world.aCampaign();
  const form = {
    email: told.email,
    phone,
    smsConsent: 'on',
    name: told.name,
    zip: '10001',
    language: 'en',
    nextStep: 'on',
  };
  const headers = { 'user-agent': told.agent, 'x-forwarded-for': told.ip };
  await world.post(campaign.page, form, headers);
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  const signup = await signupOf(id);
  await world.post(linkOf(world.keys, id, 'opt_in'), {}, headers);
  await world.db.query(`update signups set sms_since = campaign_now() where id = $1`, [id]);
  await world.post(`${linkOf(world.keys, id, 'me')}/later`, { later: 'tomorrow' });
  await world.post(linkOf(world.keys, id, 'done'), { outcome: 'filed' }, headers);
  await world.post(
    `${linkOf(world.keys, id, 'done')}/details`,
    { trackingNumber: told.tracking, tellResult: 'yes' },
    headers,
  );
  await world.post(campaign.page, { ...form, name: told.typedName, zip: '85001' }, headers);
  await world.db.query(
    `insert into texts (message_sid, phone_key, phone, body, meaning) values ($1, $2, $3, $4, 'other')`,
    [sid(n), signup.phoneKey, world.keys.seal('phone', phone), world.keys.seal('text', told.said)],
  );
  await world.db.query(
    `insert into consents (supporter_id, scope, action, wording, contact_key, source, said) values ($1, 'sms', 'withdrawn', 'STOP', $2, 'text', $3)`,
    [signup.supporterId, signup.phoneKey, world.keys.seal('text', told.said)],
  );
  const other = await world.aCampaign();
  await world.post(other.page, { ...form, name: told.typedName }, headers);
  return { signup: await signupOf(id), told, campaign, other };
}

const columns = [
  'email',
  'phone',
  'name',
  'typed',
  'text',
  'ip',
  'agent',
  'tracking',
  'webhook',
  'notice',
] as const;

/** Where any of these words stand, in clear or sealed, in any row of any table. */
async function whereIs(words: string[]): Promise<string[]> {
  const tables = await world.all<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name !~ '_\\d+$'`,
  );
  const found = new Set<string>();
  for (const { name } of tables) {
    const rows = await world.all<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from "${name}" t`,
    );
    for (const { row } of rows)
      for (const [column, value] of Object.entries(row))
        for (const text of [JSON.stringify(value), ...opened(value)])
          if (words.some((word) => text.toLowerCase().includes(word.toLowerCase())))
            found.add(`${name}.${column}`);
  }
  return [...found].sort();
}

const oldKeys = new Keyring(
  [
    { id: 'old', key: Buffer.alloc(32, 'old') },
    { id: 'k1', key: Buffer.alloc(32, 'encrypt') },
  ],
  [{ id: 'l1', key: Buffer.alloc(32, 'lookup') }],
);

function opened(value: unknown): string[] {
  if (typeof value !== 'string' || !/^[a-z0-9]{1,12}:[\w-]{38,}$/.test(value)) return [];
  return columns.flatMap((column) => {
    try {
      return [oldKeys.open(column, value)];
    } catch {
      return [];
    }
  });
}

describe('the copy', () => {
  it('is a file with everything, in clear, and nothing of anybody else', async () => {
    const { signup, told, campaign } = await aFullLife();
    const { signup: neighbour } = await somebody();
    const answer = await world.post(`${await freshLink(signup)}/download`);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="my-data.json"');
    expect(answer.headers['cache-control']).toBe('no-store');
    for (const word of Object.values(told)) expect(answer.body).toContain(word);
    expect(answer.body).not.toContain(neighbour.email);
    const kept = answer.json<Record<string, Record<string, unknown>[]>>();
    expect(kept['person']).toMatchObject({
      email: told.email,
      phone: told.phone,
      language: 'en',
      zone: 'America/New_York',
      state: 'NY',
    });
    expect(kept['signups']).toHaveLength(2);
    expect(kept['signups']![0]).toMatchObject({
      campaign: 'Comment on the docket',
      coalitions: [campaign.coalition.name],
      outcome: 'filed',
      updates: true,
    });
    expect(kept['consents']!.map(({ scope, wording, source }) => [scope, wording, source])).toEqual(
      expect.arrayContaining([
        ['sms', 'sms-box@1', 'page'],
        ['email', 'email-optin@1', 'page'],
        ['updates', 'updates@1', 'page'],
        ['sms', 'STOP', 'text'],
      ]),
    );
    expect(kept['confirmations']).toMatchObject([{ outcome: 'filed', trackingNumber: told.tracking }]);
    expect(kept['messages']!.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['welcome', 'nudge', 'snooze', 'data']),
    );
    expect(kept['texts']).toMatchObject([{ body: told.said, phone: told.phone }]);
    const rows = await world.one<{ messages: number; consents: number }>(
      `select (select count(*)::int from reminders where supporter_id = $1) as messages,
         (select count(*)::int from consents where supporter_id = $1) as consents`,
      [signup.supporterId],
    );
    expect([kept['messages']!.length, kept['consents']!.length]).toEqual([rows.messages, rows.consents]);
  });
});

describe('deleting', () => {
  it('needs the ticked box, and works from the first of two tabs', async () => {
    const { signup } = await somebody();
    const link = await freshLink(signup);
    const unsure = await world.post(`${link}/delete`);
    expect([unsure.statusCode, (await signupOf(signup.id)).email]).toEqual([422, signup.email]);
    const [one, two] = [
      await world.post(`${link}/delete`, { sure: 'yes' }),
      await world.post(`${link}/delete`, { sure: 'yes' }),
    ];
    expect([one.statusCode, two.statusCode]).toEqual([200, 404]);
    expect(one.body).toContain('Deleted');
    for (const page of ['opt_in', 'guide', 'done', 'stop', 'me'] as const)
      expect((await world.get(linkOf(world.keys, signup.id, page))).statusCode).toBe(404);
  });

  it('leaves nothing that says who it was, in any table, in clear or sealed', async () => {
    const { signup, told, campaign } = await aFullLife();
    await world.db.query(`update supporters set name = $2 where id = $1`, [
      signup.supporterId,
      oldKeys.seal('name', told.name),
    ]);
    const link = await freshLink(signup);
    const words = Object.values(told).filter((word) => word !== told.ip && word !== told.tracking);
    expect(await whereIs(words)).toEqual(
      expect.arrayContaining([
        'consents.agent',
        'consents.said',
        'signup_coalitions.typed',
        'supporters.email',
        'supporters.name',
        'supporters.phone',
        'texts.body',
        'tokens.typed',
      ]),
    );
    const counted = () =>
      world.call('GET', `/api/v1/campaigns/${campaign.id}/tally`).then((answer) => answer.json()['total']);
    const before = await counted();
    expect((await world.post(`${link}/delete`, { sure: 'yes' })).statusCode).toBe(200);

    expect(await whereIs(words)).toEqual([]);
    expect(await counted()).toEqual(before);
    expect(
      await world.all(`select state, reason from reminders where supporter_id = $1 and state = 'due'`, [
        signup.supporterId,
      ]),
    ).toEqual([]);
    const proofs = await world.all(
      `select scope, action, wording, contact_key is not null as hashed, at is not null as dated, said, ip, agent, means from consents
       where supporter_id = $1 and scope in ('email', 'sms')`,
      [signup.supporterId],
    );
    expect(proofs.length).toBeGreaterThan(3);
    for (const proof of proofs)
      expect(proof).toMatchObject({
        hashed: true,
        dated: true,
        said: null,
        ip: null,
        agent: null,
        means: {},
      });
    expect(
      await world.one(
        `select f.tracking_number, f.evidence from confirmations f join signups s on s.id = f.signup_id where s.supporter_id = $1`,
        [signup.supporterId],
      ),
    ).toEqual({ tracking_number: null, evidence: 'tracking_number' });
    const held = await world.all(
      `select channel from suppressions where reason = 'deleted' and contact_key in ($1, $2) order by channel`,
      [signup.emailKey, signup.phoneKey],
    );
    expect(held).toEqual([{ channel: 'email' }, { channel: 'sms' }]);
  });

  it('leaves somebody else on the same phone alone, and their texts', async () => {
    const { signup: one, campaign } = await somebody({ phone: '212 739 5001', smsConsent: 'on' });
    const other = await signUp(campaign, {
      email: 'household@example.org',
      phone: '212 739 5001',
      smsConsent: 'on',
    });
    for (const [n, supporter] of [
      [901, one.supporterId],
      [902, other.supporterId],
      [903, null],
    ] as const)
      await world.db.query(
        `insert into texts (message_sid, phone_key, phone, body, meaning, supporter_id) values ($1, $2, $3, $4, 'other', $5)`,
        [
          sid(n),
          one.phoneKey,
          world.keys.seal('phone', one.phone!),
          world.keys.seal('text', `text ${n}`),
          supporter,
        ],
      );
    await world.post(`${await freshLink(one)}/delete`, { sure: 'yes' });
    const left = await world.all<{ message_sid: string }>(
      `select message_sid from texts where phone_key = $1 order by id`,
      [one.phoneKey],
    );
    expect(left.map(({ message_sid }) => message_sid)).toEqual([sid(902), sid(903)]);
    expect(await world.all(`select from suppressions where contact_key = $1`, [one.phoneKey])).toEqual([]);
    expect((await signupOf(other.id)).phone).toBe('+12127395001');
  });

  it('lets them start anew: a new person, whose yes lifts it', async () => {
    const { signup, campaign } = await somebody();
    await world.post(`${await freshLink(signup)}/delete`, { sure: 'yes' });
    const again = await signUp(campaign, { email: signup.email!, name: 'New Name' });
    expect(again.supporterId).not.toBe(signup.supporterId);
    expect([again.emailKey, again.name]).toEqual([signup.emailKey, 'New Name']);
    const blocked = () =>
      world.all(`select from suppressions where contact_key = $1 and lifted_at is null`, [signup.emailKey]);
    expect(await blocked()).toHaveLength(1);
    await world.post(linkOf(world.keys, again.id, 'opt_in'));
    expect(await blocked()).toEqual([]);
    expect((await world.get(linkOf(world.keys, again.id, 'me'))).body).toContain('<strong>On</strong>');
  });

  it('is waited for by somebody who types that address meanwhile, who then meets nobody', async () => {
    const { signup, campaign } = await somebody();
    await world.db.transaction(async (open) => {
      await open.query(`select from supporters where id = $1 for update`, [signup.supporterId]);
      const typing = world.post(campaign.page, {
        email: signup.email!,
        name: 'Typed Meanwhile',
        language: 'en',
        zip: '10001',
      });
      await waitsForALock();
      await open.query(
        `update supporters set email = null, email_key = null, name = null, deleted_at = now() where id = $1`,
        [signup.supporterId],
      );
      void typing;
    });
    await settles(
      async () => (await world.all(`select from signups where campaign_id = $1`, [campaign.id])).length === 2,
    );
    expect(
      await world.all(`select from signup_coalitions where signup_id = $1 and typed is not null`, [
        signup.id,
      ]),
    ).toEqual([]);
  });
});

const settles = async (holds: () => Promise<boolean>): Promise<void> => {
  const until = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error('It did not come to that within 10 seconds.');
  }
};
const waitsForALock = () =>
  settles(
    async () =>
      (
        await world.all(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).length > 0,
  );
