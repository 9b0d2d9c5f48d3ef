import { Accounts, tokenHash } from '#postgres';
import { untilWaitingOr } from '../../../../test/support/until-waiting.js';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const ours = { host: 'drumbeat.example' };
beforeEach(() => world.db.query(`delete from limits`));

/** The link in the newest mail to staff. */
async function mailed(page: 'sign-in' | 'invitation'): Promise<{ token: string; to: string; text: string }> {
  const { contact, body } = await world.one<{ contact: string; body: string }>(
    `select contact, body from notices order by id desc limit 1`,
  );
  const { text } = JSON.parse(world.keys.open('notice', body)) as { text: string };
  const token = new RegExp(`https://drumbeat.example/console/${page}/([\\w-]{22})\\n`).exec(text)![1]!;
  return { token, to: world.keys.open('email', contact), text };
}

async function linkFor(email: string): Promise<string> {
  expect((await world.ask('POST', '/api/v1/sign-in', { email })).statusCode).toBe(204);
  return (await mailed('sign-in')).token;
}

const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0]!;
const me = (cookie?: string) => world.ask('GET', '/api/v1/me', undefined, cookie);

describe('signing in by a mailed link', () => {
  it('leaves one cookie, bound to this host, which no script reads and no other site posts with', async () => {
    const { email, id } = await world.person('organizer');
    const answer = await world.ask('POST', `/api/v1/sign-in/${await linkFor(email.toUpperCase())}`);
    expect(answer.json()).toEqual({
      ...{ kind: 'person', id, name: 'Marisol organizer', role: 'organizer', coalitionId: null },
      ...{ email, language: 'en' },
      secondFactor: { codes: false, passkeys: 0, shown: false, due: false },
    });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-drumbeat=[^;]+; /);
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=604800'])
      expect(cookie).toContain(flag);
    expect(cookie).not.toContain('Domain');
    expect((await me(cookieOf(answer))).json()).toMatchObject({ id });
  });

  it('works once, also of two at once', async () => {
    const { email } = await world.person('organizer');
    const token = await linkFor(email);
    const both = await Promise.all([1, 2].map(() => world.ask('POST', `/api/v1/sign-in/${token}`)));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
    const late = await world.ask('POST', `/api/v1/sign-in/${token}`);
    expect([late.statusCode, late.json()['code'], late.headers['set-cookie']]).toEqual([
      404,
      'link_ended',
      undefined,
    ]);
  });

  it('ends after a quarter of an hour', async () => {
    const { email } = await world.person('organizer');
    const token = await linkFor(email);
    await world.db.query(`update auth."verification" set "expiresAt" = "expiresAt" - interval '15 minutes'`);
    expect((await world.ask('POST', `/api/v1/sign-in/${token}`)).statusCode).toBe(404);
  });

  it('does not happen by looking', async () => {
    const { email } = await world.person('organizer');
    const token = await linkFor(email);
    for (const url of [
      `/api/v1/sign-in/${token}`,
      `/console/sign-in/${token}`,
      `/api/auth/magic-link/verify?token=${token}`,
      `/magic-link/verify?token=${token}`,
    ])
      expect((await world.get(url)).headers['set-cookie']).toBeUndefined();
    expect((await world.ask('POST', `/api/v1/sign-in/${token}`)).statusCode).toBe(200);
  });

  it('answers a stranger’s address the same, and mails nobody', async () => {
    const before = await world.one(`select count(*) from notices`);
    const answer = await world.ask('POST', '/api/v1/sign-in', { email: 'stranger@example.org' });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect(await world.one(`select count(*) from notices`)).toEqual(before);
  });

  it('is mailed to one address five times an hour, known or not', async () => {
    const { email } = await world.person('organizer');
    for (const address of [email, 'nobody@example.org']) {
      const answers = [];
      for (let n = 0; n < 6; n++)
        answers.push((await world.ask('POST', '/api/v1/sign-in', { email: address })).statusCode);
      expect(answers).toEqual([204, 204, 204, 204, 204, 429]);
    }
  });

  it('keeps no token, no address and no browser in clear, and logs none', async () => {
    const { email, name } = await world.person('organizer');
    const token = await linkFor(email);
    const answer = await world.send({
      method: 'POST',
      url: `/api/v1/sign-in/${token}`,
      headers: { 'sec-fetch-site': 'same-origin', 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' },
      remoteAddress: '203.0.113.9',
    });
    const cookie = decodeURIComponent(cookieOf(answer).split('=').slice(1).join('='));
    const tables = await world.all<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_schema in ('public', 'auth') and table_type = 'BASE TABLE'`,
    );
    const rows = await Promise.all(
      tables.map(({ schema, name }) => world.all(`select t::text from "${schema}"."${name}" t`)),
    );
    const stolen = JSON.stringify(rows) + world.log;
    for (const word of [email, name, token, cookie, '203.0.113.9', 'Mozilla'])
      expect([word, stolen.includes(word)]).toEqual([word, false]);
    expect(stolen).toContain('Firefox, Linux');
    expect(await world.all(`select from auth."user" where email !~ '^[0-9a-f-]{36}@staff.invalid$'`)).toEqual(
      [],
    );
  });
});

describe('a session', () => {
  it('ends by the button, on the server too', async () => {
    const { cookie } = await world.person('organizer');
    const out = await world.ask('POST', '/api/v1/me/sign-out', undefined, cookie);
    expect([out.statusCode, String(out.headers['set-cookie'])]).toEqual([
      204,
      expect.stringMatching(/^__Host-drumbeat=;.*Max-Age=0/),
    ]);
    expect((await me(cookie)).statusCode).toBe(401);
  });

  it('is listed with the others, and all of them end at once', async () => {
    const { cookie, email } = await world.person('organizer');
    const other = cookieOf(await world.ask('POST', `/api/v1/sign-in/${await linkFor(email)}`));
    const { items } = (await world.ask('GET', '/api/v1/me/sessions', undefined, other)).json<{
      items: { id: string; current: boolean }[];
    }>();
    expect(items.map(({ current }) => current)).toEqual([true, false]);
    const first = items[1]!.id;
    expect((await world.ask('DELETE', `/api/v1/me/sessions/${first}`, undefined, other)).statusCode).toBe(
      204,
    );
    expect([(await me(cookie)).statusCode, (await me(other)).statusCode]).toEqual([401, 200]);
    expect((await world.ask('POST', '/api/v1/me/sign-out-everywhere', undefined, other)).statusCode).toBe(
      204,
    );
    expect((await me(other)).statusCode).toBe(401);
  });

  it('cannot be ended by somebody else', async () => {
    const { id } = await world.person('organizer');
    const session = await world.one<{ id: string }>(`select id from auth."session" where "userId" = $1`, [
      id,
    ]);
    const { cookie } = await world.person('administrator');
    expect(
      (await world.ask('DELETE', `/api/v1/me/sessions/${session.id}`, undefined, cookie)).statusCode,
    ).toBe(404);
  });

  it('ends after seven days, and a cookie that was changed opens nothing', async () => {
    const { cookie, id } = await world.person('organizer');
    expect((await me(cookie.slice(0, -4) + 'AAAA')).statusCode).toBe(401);
    await world.db.query(
      `update auth."session" set "expiresAt" = "expiresAt" - interval '7 days' where "userId" = $1`,
      [id],
    );
    expect((await me(cookie)).statusCode).toBe(401);
  });

  it('ends after twelve hours without use, and says so; a use is written down once in five minutes', async () => {
    const { cookie, id } = await world.person('organizer');
    const unusedFor = (time: string) =>
      world.db.query(`update auth."session" set "usedAt" = now() - $2::interval where "userId" = $1`, [
        id,
        time,
      ]);
    const used = () => world.one(`select "usedAt" from auth."session" where "userId" = $1`, [id]);
    const fresh = await used();
    expect((await me(cookie)).statusCode).toBe(200);
    expect(await used()).toEqual(fresh);
    await unusedFor('11 hours 59 minutes');
    expect((await me(cookie)).statusCode).toBe(200);
    await unusedFor('4 minutes');
    expect((await me(cookie)).statusCode).toBe(200);
    await unusedFor('12 hours');
    const ended = await me(cookie);
    expect([ended.statusCode, ended.json()['code']]).toEqual([401, 'session_ended']);
    expect(ended.json()['detail']).toContain('after 12 hours without use');
    expect((await me()).json()['code']).toBe('sign_in');
    await new Accounts(world.db.manager, world.keys).purge();
    expect(await world.all(`select from auth."session" where "userId" = $1`, [id])).toEqual([]);
  });

  it('changes its own name and language, which a key cannot', async () => {
    const { cookie } = await world.person('organizer');
    const answer = await world.ask('PATCH', '/api/v1/me', { name: 'Rosa Paz', language: 'es' }, cookie);
    expect(answer.json()).toMatchObject({ name: 'Rosa Paz', language: 'es' });
    expect((await world.call('PATCH', '/api/v1/me', { name: 'Rosa' })).statusCode).toBe(403);
  });

  it('repeats a request by its key as a script does', async () => {
    const { cookie } = await world.person('organizer');
    const campaign = await world.aCampaign();
    const once = () =>
      world.send({
        method: 'POST',
        url: `/api/v1/campaigns/${campaign.id}/signups`,
        payload: { coalitionId: campaign.coalition.id, email: 'twice@example.org', channels: ['email'] },
        headers: { cookie, 'sec-fetch-site': 'same-origin', 'idempotency-key': 'once' },
      });
    const first = await once();
    expect([first.statusCode, (await once()).json()]).toEqual([201, first.json()]);
  });
});

describe('an invitation', () => {
  const invite = (cookie: string, role: string, coalitionId?: string, email = `new-${role}@example.org`) =>
    world.ask('POST', '/api/v1/invitations', { email, role, coalitionId, language: 'es' }, cookie);

  it('is mailed in the language of whoever gets it, and makes an account that is signed in', async () => {
    const coalition = await world.aCoalition();
    const { cookie, name } = await world.person('organizer');
    const made = await invite(cookie, 'leader', coalition.id);
    expect([made.statusCode, made.json()]).toEqual([
      201,
      expect.objectContaining({ email: 'new-leader@example.org', role: 'leader', invitedBy: name }),
    ]);
    const { token, to, text } = await mailed('invitation');
    expect([to, text]).toEqual(['new-leader@example.org', expect.stringContaining('te invita a dirigir')]);
    const before = await world.rows();
    const look = await world.ask('GET', `/api/v1/invitation/${token}`);
    expect(look.json()).toMatchObject({ coalition: coalition.name, invitedBy: name, language: 'es' });
    expect(await world.rows()).toEqual(before);
    const accept = () => world.ask('POST', `/api/v1/invitation/${token}`, { name: 'Lucía', language: 'es' });
    const answer = await accept();
    expect((await me(cookieOf(answer))).json()).toMatchObject({
      ...{ name: 'Lucía', role: 'leader', coalitionId: coalition.id, email: 'new-leader@example.org' },
    });
    expect([
      (await accept()).statusCode,
      (await world.get(`/api/v1/invitation/${token}`)).statusCode,
    ]).toEqual([404, 404]);
    expect((await invite(cookie, 'leader', coalition.id)).json()).toMatchObject({
      status: 409,
      code: 'account_there',
    });
  });

  it.each([
    [
      'taken back',
      async (id: string, cookie: string) =>
        world.ask('DELETE', `/api/v1/invitations/${id}`, undefined, cookie),
    ],
    [
      'seven days old',
      async () => {
        await world.db.query(`update invitations set ends_at = now()`);
      },
    ],
    ['sent again', async (_: string, cookie: string) => invite(cookie, 'organizer')],
  ])('opens nothing once it is %s', async (_, end) => {
    const { cookie } = await world.person('organizer');
    const { id } = (await invite(cookie, 'organizer')).json<{ id: string }>();
    const { token } = await mailed('invitation');
    await end(id, cookie);
    const answer = await world.ask('POST', `/api/v1/invitation/${token}`, { name: 'Late', language: 'en' });
    expect([answer.statusCode, answer.json()['code']]).toEqual([404, 'link_ended']);
  });

  it('opens nothing when the address came in meanwhile by another, and says so', async () => {
    const { cookie } = await world.person('organizer');
    await invite(cookie, 'organizer', undefined, 'twice@example.org');
    const first = await mailed('invitation');
    const accept = (token: string) =>
      world.ask('POST', `/api/v1/invitation/${token}`, { name: 'Twice', language: 'en' });
    // As if it was sent while the first one was being accepted.
    const sealed = await world.one<Record<string, unknown>>(
      `select role, email, email_key, language, invited_by from invitations where token_hash = $1`,
      [tokenHash(first.token)],
    );
    expect((await accept(first.token)).statusCode).toBe(200);
    const second = 'ABCDEFGHIJKLMNOPQRSTUV';
    await world.db.query(
      `insert into invitations (token_hash, role, email, email_key, language, invited_by) values ($1, $2, $3, $4, $5, $6)`,
      [tokenHash(second), ...Object.values(sealed)],
    );
    const late = await accept(second);
    expect([late.statusCode, late.json()['code'], late.headers['set-cookie']]).toEqual([
      409,
      'account_there',
      undefined,
    ]);
    expect((await accept(second)).statusCode).toBe(404);
    expect(await world.all(`select from accounts where email_key = $1`, [sealed['email_key']])).toHaveLength(
      1,
    );
  });

  it.each([
    ['administrator', 'administrarlo todo'],
    ['organizer', 'organizar campañas'],
  ])('tells an %s in its mail what they will be', async (role, said) => {
    const { cookie } = await world.person('administrator');
    await invite(cookie, role, undefined, `told-${role}@example.org`);
    expect((await mailed('invitation')).text).toContain(said);
  });

  it('is for whom one may see to, in one’s own coalition or below', async () => {
    const own = await world.aCoalition();
    const below = await world.aCoalition({ parentId: own.id });
    const other = await world.aCoalition();
    const by = {
      administrator: (await world.person('administrator')).cookie,
      organizer: (await world.person('organizer')).cookie,
      leader: (await world.person('leader', own.id)).cookie,
    };
    const tried: [keyof typeof by, string, string | undefined, number][] = [
      ['administrator', 'administrator', undefined, 201],
      ['administrator', 'leader', other.id, 201],
      ['organizer', 'administrator', undefined, 403],
      ['organizer', 'organizer', undefined, 201],
      ['organizer', 'leader', own.id, 201],
      ['leader', 'organizer', undefined, 403],
      ['leader', 'administrator', undefined, 403],
      ['leader', 'leader', own.id, 201],
      ['leader', 'leader', below.id, 201],
      ['leader', 'leader', other.id, 404],
    ];
    for (const [n, [who, role, coalitionId, status]] of tried.entries()) {
      const { statusCode } = await invite(by[who], role, coalitionId, `tried-${n}@example.org`);
      expect([who, role, coalitionId, statusCode]).toEqual([who, role, coalitionId, status]);
    }
  });
});

describe('staff', () => {
  const list = async (cookie: string) =>
    (await world.ask('GET', '/api/v1/staff', undefined, cookie))
      .json<{ items: { id: string }[] }>()
      .items.map(({ id }) => id);

  it('are seen by organizers all, by leaders those of their own tree', async () => {
    const own = await world.aCoalition();
    const below = await world.aCoalition({ parentId: own.id });
    const organizer = await world.person('organizer');
    const leader = await world.person('leader', own.id);
    const deputy = await world.person('leader', below.id);
    expect((await list(leader.cookie)).sort()).toEqual([leader.id, deputy.id].sort());
    expect(await list(deputy.cookie)).toEqual([deputy.id]);
    expect(await list(organizer.cookie)).toEqual(
      expect.arrayContaining([organizer.id, leader.id, deputy.id]),
    );
  });

  it('are gone at once when they are removed, with every session; their name stays in the log alone', async () => {
    const administrator = await world.person('administrator');
    const gone = await world.person('organizer');
    const removed = await world.ask('DELETE', `/api/v1/staff/${gone.id}`, undefined, administrator.cookie);
    expect([removed.statusCode, (await me(gone.cookie)).statusCode]).toEqual([204, 401]);
    expect(await world.one(`select email, email_key from accounts where id = $1`, [gone.id])).toEqual({
      email: null,
      email_key: null,
    });
    expect((await world.ask('POST', '/api/v1/sign-in', { email: gone.email })).statusCode).toBe(204);
    expect(await list(administrator.cookie)).not.toContain(gone.id);
  });

  it('do not remove themselves, nor anybody above them or elsewhere', async () => {
    const own = await world.aCoalition();
    const other = await world.aCoalition();
    const administrator = await world.person('administrator');
    const organizer = await world.person('organizer');
    const leader = await world.person('leader', own.id);
    const stranger = await world.person('leader', other.id);
    const remove = async (by: { cookie: string }, who: { id: string }) =>
      (await world.ask('DELETE', `/api/v1/staff/${who.id}`, undefined, by.cookie)).statusCode;
    expect([
      await remove(administrator, administrator),
      await remove(organizer, administrator),
      await remove(leader, organizer),
      await remove(leader, stranger),
    ]).toEqual([409, 403, 403, 404]);
  });

  const change = (id: string, form: object, cookie: string) =>
    world.ask('PATCH', `/api/v1/staff/${id}`, form, cookie);

  it('are what an administrator makes them, at once and on every open session; the log has who did it', async () => {
    const administrator = await world.person('administrator');
    const coalition = await world.aCoalition();
    const other = await world.aCoalition();
    const person = await world.person('organizer');
    const campaigns = async () =>
      (await world.ask('POST', '/api/v1/coalitions', {}, person.cookie)).statusCode;
    expect(await campaigns()).toBe(400);
    const toLeader = { role: 'leader', coalitionId: coalition.id };
    expect((await change(person.id, toLeader, administrator.cookie)).statusCode).toBe(204);
    expect([await campaigns(), (await me(person.cookie)).json()]).toEqual([
      403,
      expect.objectContaining(toLeader),
    ]);
    const look = async (id: string) =>
      (await world.ask('GET', `/api/v1/coalitions/${id}`, undefined, person.cookie)).statusCode;
    expect([await look(coalition.id), await look(other.id)]).toEqual([200, 404]);
    expect((await change(person.id, { role: 'administrator' }, administrator.cookie)).statusCode).toBe(204);
    expect((await me(person.cookie)).json()).toMatchObject({ role: 'administrator', coalitionId: null });
    const lines = await world.all(
      `select actor, detail from audit where action = 'account.role_changed' and detail ->> 'accountId' = $1 order by id`,
      [person.id],
    );
    const actor = `person:${administrator.id}`;
    expect(lines).toEqual([
      { actor, detail: { accountId: person.id, from: 'organizer', to: 'leader', coalitionId: coalition.id } },
      { actor, detail: { accountId: person.id, from: 'leader', to: 'administrator', coalitionId: null } },
    ]);
  });

  it('are made what they are by administrators alone, by nobody for themself, and of coalitions that are there', async () => {
    const administrator = await world.person('administrator');
    const organizer = await world.person('organizer');
    const tries: [string, object, { cookie: string }, number][] = [
      [organizer.id, { role: 'administrator' }, organizer, 403],
      [administrator.id, { role: 'organizer' }, administrator, 409],
      [organizer.id, { role: 'leader' }, administrator, 400],
      [organizer.id, { role: 'organizer', coalitionId: organizer.id }, administrator, 400],
      [organizer.id, { role: 'leader', coalitionId: organizer.id }, administrator, 404],
      ['00000000-0000-4000-8000-000000000000', { role: 'organizer' }, administrator, 404],
    ];
    for (const [id, form, { cookie }, status] of tries)
      expect([form, (await change(id, form, cookie)).statusCode]).toEqual([form, status]);
  });

  it('always have an administrator, also when two take each other’s place at once', async () => {
    const [one, other] = [await world.person('administrator'), await world.person('administrator')];
    const key = await world.key('administrator');
    await world.db.query(
      `update accounts set role = 'organizer' where role = 'administrator' and id <> all($1)`,
      [[one.id, other.id]],
    );
    const late = await world.db.transaction(async (open) => {
      const accounts = new Accounts(open, world.keys);
      expect(await accounts.countAdministrators()).toBe(2);
      const second = change(other.id, { role: 'organizer' }, one.cookie);
      await untilWaitingOr(world.db, second);
      await accounts.setRole(one.id, 'organizer', null);
      return () => second;
    });
    const answers = [
      await late(),
      await world.call('DELETE', `/api/v1/staff/${other.id}`, undefined, key),
      await world.call('PATCH', `/api/v1/staff/${other.id}`, { role: 'organizer' }, key),
    ];
    expect(answers.map((answer) => [answer.statusCode, answer.json()['code']])).toEqual(
      Array(3).fill([409, 'last_administrator']),
    );
  });

  it('stand in the log by id, and by name where it is read', async () => {
    const { cookie, id, name } = await world.person('organizer');
    const campaign = await world.aCampaign();
    await world.ask('POST', `/api/v1/campaigns/${campaign.id}/pause`, undefined, cookie);
    const line = await world.one(`select actor from audit where campaign_id = $1 order by id desc limit 1`, [
      campaign.id,
    ]);
    expect(line).toEqual({ actor: `person:${id}` });
    const log = await world.ask('GET', `/api/v1/campaigns/${campaign.id}/activity`, undefined, cookie);
    expect(log.json<{ items: { by: string }[] }>().items[0]!.by).toBe(name);
  });
});

describe('a page of another site, to somebody who is signed in', () => {
  const statusOf = async (id: string) =>
    (await world.one(`select status from campaigns where id = $1`, [id]))['status'];

  it.each([
    ['says where it is from', { origin: 'https://evil.example' }],
    ['hides where it is from', { origin: 'null' }],
    ['is of a neighbour under the same domain', { origin: 'https://other.drumbeat.example' }],
    ['is told apart by the browser', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['is a neighbour, told apart by the browser', { 'sec-fetch-site': 'same-site' }],
    ['says nothing at all', {}],
  ])('changes nothing when it %s', async (_, from) => {
    const campaign = await world.aCampaign();
    const { cookie, email } = await world.person('organizer');
    const token = await linkFor(email);
    const before = await world.rows();
    for (const url of [
      `/api/v1/campaigns/${campaign.id}/pause`,
      `/api/v1/campaigns/${campaign.id}/close`,
      `/api/v1/me/sign-out-everywhere`,
      `/api/v1/sign-in/${token}`,
      '/api/v1/me/sign-out',
    ]) {
      const answer = await world.post(url, {}, { ...ours, cookie, ...from });
      expect([url, answer.statusCode, answer.headers['set-cookie']]).toEqual([url, 403, undefined]);
    }
    expect([await world.rows(), (await me(cookie)).statusCode]).toEqual([before, 200]);
  });

  it.each([
    ['by its origin', { origin: 'https://drumbeat.example' }],
    ['by the browser’s word', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
  ])('is not taken for a page of ours, known %s', async (_, from) => {
    const campaign = await world.aCampaign();
    const { cookie } = await world.person('organizer');
    const answer = await world.post(
      `/api/v1/campaigns/${campaign.id}/pause`,
      {},
      { ...ours, cookie, ...from },
    );
    expect([answer.statusCode, await statusOf(campaign.id)]).toEqual([200, 'paused']);
  });

  it('does not matter to a script with a bearer key, which no browser sends by itself', async () => {
    const campaign = await world.aCampaign();
    expect((await world.call('POST', `/api/v1/campaigns/${campaign.id}/pause`)).statusCode).toBe(200);
  });
});

describe('better-auth’s tables', () => {
  it('are as it wants them', async () => {
    const { missing } = await tablesOf();
    expect(missing).toEqual([]);
  });
});

async function tablesOf(): Promise<{ missing: string[] }> {
  const [{ getMigrations }, { default: pg }, { openAuth }] = await Promise.all([
    import('better-auth/db/migration'),
    import('pg'),
    import('../accounts/auth.js'),
  ]);
  const pool = new pg.Pool({ connectionString: world.url, max: 1, options: '-c search_path=auth' });
  try {
    const { options } = openAuth(pool, world.keys, 'https://drumbeat.example');
    const { toBeCreated, toBeAdded } = await getMigrations(options);
    return { missing: [...toBeCreated, ...toBeAdded].map(({ table }) => table) };
  } finally {
    await pool.end();
  }
}

it('a link’s token is found by its hash alone', async () => {
  const { email } = await world.person('organizer');
  const token = await linkFor(email);
  const hash = tokenHash(token).toString('base64url');
  expect(await world.all(`select from auth."verification" where identifier = $1`, [hash])).toHaveLength(1);
});
