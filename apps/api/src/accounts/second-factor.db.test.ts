import pg from 'pg';
import { readSettings, Settings } from '#boot';
import { pageWords } from '#messages';
import { Keyring, keyNumber, missingKeys } from '#postgres';
import { codeOf, SoftPasskey } from '../../../../test/support/authenticator.js';
import { type Answer, type TestPerson, useApi } from '../../../../test/support/use-api.js';
import { testKeys } from '../../../../test/support/use-database.js';
import { openAuth } from './auth.js';

const origin = 'https://drumbeat.example';
const world = useApi();
beforeEach(async () => {
  await world.db.query(`delete from limits`);
  await world.db.query(`update staff_rules set second_factor = false`);
});

/** The cookies that an answer sets, as the next request brings them. */
const cookiesOf = (answer: Answer) =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0]!)
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
const me = async (cookie?: string) => (await world.ask('GET', '/api/v1/me', undefined, cookie)).json();
const post = (url: string, body?: object, cookie?: string) => world.ask('POST', url, body, cookie);
const outcome = (answer: Answer) => [answer.statusCode, answer.json()['code']];

/** What the button of a mailed link answers. */
async function pressLink({ email }: { email: string }): Promise<Answer> {
  await post('/api/v1/sign-in', { email });
  const { body } = await world.one<{ body: string }>(`select body from notices order by id desc limit 1`);
  const { text } = JSON.parse(world.keys.open('notice', body)) as { text: string };
  return post(`/api/v1/sign-in/${/sign-in\/([\w-]{22})/.exec(text)![1]}`);
}

/** Sets codes up. @returns the secret, the backup codes, and the cookie from then on */
async function withCodes({ cookie }: TestPerson) {
  const { secret } = (await post('/api/v1/me/codes', undefined, cookie)).json<{ secret: string }>();
  const confirmed = await post('/api/v1/me/codes/confirm', { code: codeOf(secret) }, cookie);
  const { backupCodes } = confirmed.json<{ backupCodes: string[] }>();
  return { secret, backupCodes, cookie: cookiesOf(confirmed) };
}

async function withPasskey({ cookie }: { cookie: string }, passkey = new SoftPasskey(origin)) {
  const asked = await post('/api/v1/me/passkeys/question', undefined, cookie);
  const answer = passkey.made(asked.json());
  const added = await post(
    '/api/v1/me/passkeys',
    { name: 'My phone', answer },
    `${cookie}; ${cookiesOf(asked)}`,
  );
  return { passkey, added, cookie: cookiesOf(added) };
}

async function usePasskey(passkey: SoftPasskey): Promise<Answer> {
  const asked = await post('/api/v1/sign-in/passkey/question');
  return post('/api/v1/sign-in/passkey', { answer: passkey.used(asked.json()) }, cookiesOf(asked));
}

describe('codes from an app', () => {
  it('are asked for after the link once one of them was confirmed, and not before', async () => {
    const person = await world.person('organizer');
    const begun = await post('/api/v1/me/codes', undefined, person.cookie);
    const { secret, uri, qr } = begun.json<Record<string, string>>();
    expect(uri).toBe(
      `otpauth://totp/Drumbeat:${encodeURIComponent(person.email)}?secret=${secret}&issuer=Drumbeat`,
    );
    expect(qr).toMatch(/^data:image\/svg\+xml,%3Csvg/);
    expect((await pressLink(person)).statusCode).toBe(200);
    const confirm = (code: string) => post('/api/v1/me/codes/confirm', { code }, person.cookie);
    expect(outcome(await confirm('000000'))).toEqual([400, 'code_wrong']);
    const confirmed = await confirm(codeOf(secret!));
    expect(confirmed.json<{ backupCodes: string[] }>().backupCodes).toHaveLength(10);
    expect(await me(cookiesOf(confirmed))).toMatchObject({
      secondFactor: { codes: true, passkeys: 0, shown: true, due: false },
    });

    const pressed = await pressLink(person);
    expect([pressed.statusCode, pressed.body]).toEqual([202, '']);
    const waiting = cookiesOf(pressed);
    expect(waiting).toMatch(/^__Host-drumbeat-code=[^;]+$/);
    expect((await me(waiting))['status']).toBe(401);
    const signedIn = await post('/api/v1/sign-in/code', { code: codeOf(secret!, 1) }, waiting);
    expect(signedIn.json()).toMatchObject({ id: person.id, secondFactor: { shown: true } });
    expect(await me(cookiesOf(signedIn))).toMatchObject({ id: person.id });
    const again = await post('/api/v1/sign-in/code', { code: codeOf(secret!, 1) }, waiting);
    expect(outcome(again)).toEqual([401, 'sign_in_anew']);
  });

  it('sign out whoever was signed in without one', async () => {
    const person = await world.person('organizer');
    const other = cookiesOf(await pressLink(person));
    const { cookie } = await withCodes(person);
    expect([(await me(other))['status'], (await me(person.cookie))['status']]).toEqual([401, 401]);
    expect(await me(cookie)).toMatchObject({ id: person.id });
  });

  it('count once each', async () => {
    const person = await world.person('organizer');
    const { secret } = await withCodes(person);
    const code = codeOf(secret, 1);
    const give = async () => post('/api/v1/sign-in/code', { code }, cookiesOf(await pressLink(person)));
    expect([(await give()).statusCode, outcome(await give())]).toEqual([200, [400, 'code_used']]);
  });

  it('may be wrong five times for a link and ten times in a row', async () => {
    const person = await world.person('organizer');
    const { secret, backupCodes } = await withCodes(person);
    const wrong = (n: number, cookie: string) =>
      post('/api/v1/sign-in/code', { code: String(100_000 + n) }, cookie);
    for (const round of [0, 10]) {
      const waiting = cookiesOf(await pressLink(person));
      const tries = [];
      for (let n = 0; n < 5; n++) tries.push(outcome(await wrong(round + n, waiting)));
      expect(tries).toEqual(Array(5).fill([400, 'code_wrong']));
      expect(outcome(await wrong(round + 5, waiting))).toEqual(
        round === 0 ? [401, 'sign_in_anew'] : [429, 'too_many'],
      );
    }
    const waiting = cookiesOf(await pressLink(person));
    expect(outcome(await post('/api/v1/sign-in/code', { code: codeOf(secret, 1) }, waiting))).toEqual([
      429,
      'too_many',
    ]);
    await world.db.query(`update auth."twoFactor" set "lockedUntil" = now() - interval '1 second'`);
    const later = await post('/api/v1/sign-in/code', { code: backupCodes[0] }, waiting);
    expect(later.statusCode).toBe(200);
  });

  it('may be tried ten times by whoever is signed in', async () => {
    const { cookie, secret } = await withCodes(await world.person('organizer'));
    await world.db.query(`delete from limits`);
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        post('/api/v1/me/codes/off', { code: String(200_000 + n) }, cookie),
      ),
    );
    const counted = tries.map(({ statusCode }) => statusCode).sort();
    expect(counted).toEqual([...Array<number>(10).fill(400), 429, 429]);
    const right = await post('/api/v1/me/codes/off', { code: codeOf(secret) }, cookie);
    expect([right.statusCode, (await me(cookie))['secondFactor']]).toEqual([
      429,
      expect.objectContaining({ codes: true }),
    ]);
  });

  it('are not tried by way of a session that was opened without one', async () => {
    const person = await world.person('organizer');
    const { added, cookie } = await withPasskey(person);
    expect(added.statusCode).toBe(204);
    const weak = cookiesOf(await pressLink(person));
    for (const url of ['/api/v1/me/codes', '/api/v1/me/passkeys/question'])
      expect([url, outcome(await post(url, undefined, weak))]).toEqual([url, [403, 'second_factor']]);
    const { secret } = (await post('/api/v1/me/codes', undefined, cookie)).json<{ secret: string }>();
    const confirm = (by: string, step: number) =>
      post('/api/v1/me/codes/confirm', { code: codeOf(secret, step) }, by);
    expect(outcome(await confirm(weak, 0))).toEqual([403, 'second_factor']);
    expect((await confirm(cookie, 1)).statusCode).toBe(200);
  });

  it('are turned off with one, and with a backup code', async () => {
    const person = await world.person('organizer');
    const first = await withCodes(person);
    const off = await post('/api/v1/me/codes/off', { code: codeOf(first.secret, 1) }, first.cookie);
    expect(off.statusCode).toBe(204);
    expect(await me(cookiesOf(off))).toMatchObject({ secondFactor: { codes: false, shown: false } });
    expect((await pressLink(person)).statusCode).toBe(200);
    await world.db.query(`delete from limits`);
    const second = await withCodes({ ...person, cookie: cookiesOf(off) });
    const code = ` ${second.backupCodes[3]!.replace('-', '- ')} `;
    expect((await post('/api/v1/me/codes/off', { code }, second.cookie)).statusCode).toBe(204);
  });

  it('are sealed at rest, with their backup codes', async () => {
    const { secret, backupCodes } = await withCodes(await world.person('organizer'));
    const row = await world.one(`select t::text as row from auth."twoFactor" t order by id desc limit 1`);
    const all = JSON.stringify(await world.all(`select t::text from auth."twoFactor" t`)) + world.log;
    expect(row['row']).toContain('$ba$');
    for (const word of [secret, ...backupCodes]) expect([word, all.includes(word)]).toEqual([word, false]);
  });
});

describe('a new first look-up key', () => {
  const aKey = { id: 'l9', key: Buffer.alloc(32, 'z') };

  it('leaves codes as they are while the old one is kept, and nobody starts without that', async () => {
    const { id, ...person } = await world.person('organizer');
    const { backupCodes } = await withCodes({ id, ...person });
    const { ENCRYPTION_KEYS, LOOKUP_KEYS } = readSettings(
      Settings.pick({ ENCRYPTION_KEYS: true, LOOKUP_KEYS: true }),
      testKeys,
    );
    const pool = new pg.Pool({ connectionString: world.url, max: 1, options: '-c search_path=auth' });
    const keys = new Keyring(ENCRYPTION_KEYS, [aKey, ...LOOKUP_KEYS]);
    const { api } = openAuth(pool, keys, origin);
    expect((await api.viewBackupCodes({ body: { userId: id } })).backupCodes).toEqual(backupCodes);
    await pool.end();
    await world.db.query(`update auth."twoFactor" set secret = '$ba$' || $2 || '$00' where "userId" = $1`, [
      id,
      keyNumber(aKey.id),
    ]);
    expect(await missingKeys(world.db.manager, { ENCRYPTION_KEYS, LOOKUP_KEYS })).toEqual([
      expect.stringContaining(`LOOKUP_KEYS lacks the key of number ${keyNumber(aKey.id)}`),
    ]);
    expect(
      await missingKeys(world.db.manager, { ENCRYPTION_KEYS, LOOKUP_KEYS: [...LOOKUP_KEYS, aKey] }),
    ).toEqual([]);
  });
});

describe('a backup code', () => {
  it('signs in once, also of two at once', async () => {
    const person = await world.person('organizer');
    const { backupCodes } = await withCodes(person);
    const [one, other] = [cookiesOf(await pressLink(person)), cookiesOf(await pressLink(person))];
    const code = backupCodes[0];
    const both = await Promise.all(
      [one, other].map((cookie) => post('/api/v1/sign-in/code', { code }, cookie)),
    );
    expect(both.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const late = await post('/api/v1/sign-in/code', { code }, cookiesOf(await pressLink(person)));
    expect(outcome(late)).toEqual([400, 'code_wrong']);
  });

  it('ends when new ones are made', async () => {
    const person = await world.person('organizer');
    const { secret, backupCodes, cookie } = await withCodes(person);
    const renewed = await post('/api/v1/me/codes/backup', { code: codeOf(secret, 1) }, cookie);
    const fresh = renewed.json<{ backupCodes: string[] }>().backupCodes;
    const waiting = cookiesOf(await pressLink(person));
    const give = (code: string) => post('/api/v1/sign-in/code', { code }, waiting);
    expect(outcome(await give(backupCodes[0]!))).toEqual([400, 'code_wrong']);
    expect((await give(fresh[0]!)).statusCode).toBe(200);
  });
});

describe('a passkey', () => {
  it('signs in by itself, as both factors', async () => {
    const person = await world.person('organizer');
    const { passkey, added, cookie } = await withPasskey(person);
    expect([added.statusCode, (await me(person.cookie))['status']]).toEqual([204, 401]);
    expect(await me(cookie)).toMatchObject({ secondFactor: { passkeys: 1, shown: true } });
    const signedIn = await usePasskey(passkey);
    expect(signedIn.json()).toMatchObject({ id: person.id, secondFactor: { shown: true, due: false } });
    expect(cookiesOf(signedIn)).toMatch(/^__Host-drumbeat=/);
  });

  it('is asked of the browser under the person’s own name, and must know who holds it', async () => {
    const { cookie, email, name } = await world.person('organizer');
    expect((await post('/api/v1/me/passkeys/question', undefined, cookie)).json()).toMatchObject({
      rp: { id: 'drumbeat.example', name: 'Drumbeat' },
      user: { name: email, displayName: name },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect((await post('/api/v1/sign-in/passkey/question')).json()).toMatchObject({
      userVerification: 'required',
    });
  });

  it('is refused when its device does not know who holds it, made and used', async () => {
    const person = await world.person('organizer');
    const careless = await withPasskey(person, new SoftPasskey(origin, false));
    expect(outcome(careless.added)).toEqual([400, 'passkey_refused']);
    const { passkey } = await withPasskey(person);
    Object.assign(passkey, { knows: false });
    expect(outcome(await usePasskey(passkey))).toEqual([400, 'passkey_refused']);
    expect(await world.all(`select from auth."passkey" where "userId" = $1`, [person.id])).toHaveLength(1);
  });

  it('is refused from another site, for another question, and when it is not known', async () => {
    const person = await world.person('organizer');
    const { added } = await withPasskey(person, new SoftPasskey('https://evil.example'));
    expect(outcome(added)).toEqual([400, 'passkey_refused']);
    const { passkey } = await withPasskey(person);
    const asked = await post('/api/v1/sign-in/passkey/question');
    const answer = passkey.used(asked.json());
    const give = (cookie: string) => post('/api/v1/sign-in/passkey', { answer }, cookie);
    const other = cookiesOf(await post('/api/v1/sign-in/passkey/question'));
    expect(outcome(await give(other))).toEqual([400, 'passkey_refused']);
    expect((await give(cookiesOf(asked))).statusCode).toBe(200);
    expect(outcome(await give(cookiesOf(asked)))).toEqual([400, 'passkey_refused']);
    expect(outcome(await usePasskey(new SoftPasskey(origin)))).toEqual([400, 'passkey_refused']);
  });

  it('is named and removed by whose it is alone; then its session counts as one of a link', async () => {
    const person = await world.person('organizer');
    const { cookie, passkey } = await withPasskey(person);
    const stranger = await withPasskey(await world.person('organizer'));
    const list = async (by: string) =>
      (await world.ask('GET', '/api/v1/me/passkeys', undefined, by)).json<{
        items: { id: string; name: string }[];
      }>().items;
    const { id } = (await list(cookie))[0]!;
    const url = `/api/v1/me/passkeys/${id}`;
    const rename = (by: string) => world.ask('PATCH', url, { name: 'Blue key' }, by);
    const remove = (by: string) => world.ask('DELETE', url, undefined, by);
    expect(outcome(await rename(stranger.cookie))).toEqual([404, 'passkey_unknown']);
    expect(outcome(await remove(stranger.cookie))).toEqual([404, 'passkey_unknown']);
    expect((await rename(cookie)).statusCode).toBe(204);
    expect(await list(cookie)).toEqual([expect.objectContaining({ id, name: 'Blue key' })]);
    const { name } = await world.one<{ name: string }>(`select name from auth."passkey" where id = $1`, [id]);
    expect(world.keys.open('name', name)).toBe('Blue key');
    expect((await remove(cookie)).statusCode).toBe(204);
    expect(await me(cookie)).toMatchObject({ secondFactor: { passkeys: 0, shown: false } });
    expect(outcome(await usePasskey(passkey))).toEqual([400, 'passkey_refused']);
  });

  it('is added within a day of signing in', async () => {
    const { cookie, id } = await world.person('organizer');
    await world.db.query(
      `update auth."session" set "createdAt" = now() - interval '25 hours' where "userId" = $1`,
      [id],
    );
    const asked = await post('/api/v1/me/passkeys/question', undefined, cookie);
    expect(outcome(asked)).toEqual([403, 'session_old']);
  });
});

describe('a second factor that is required', () => {
  const require = (required: boolean, cookie: string) =>
    world.ask('PUT', '/api/v1/staff/second-factor', { required }, cookie);
  const campaigns = (cookie: string) => world.ask('GET', '/api/v1/campaigns', undefined, cookie);

  it('closes everything to organizers and administrators who came by a link alone, but the way to one', async () => {
    const coalition = await world.aCoalition();
    const leader = await world.person('leader', coalition.id);
    const organizer = await world.person('organizer');
    const { cookie } = await withPasskey(await world.person('administrator'));
    expect((await require(true, cookie)).json()).toEqual({ required: true });
    expect([(await campaigns(cookie)).statusCode, outcome(await campaigns(organizer.cookie))]).toEqual([
      200,
      [403, 'second_factor'],
    ]);
    const own = `/api/v1/coalitions/${coalition.id}`;
    expect((await world.ask('GET', own, undefined, leader.cookie)).statusCode).toBe(200);
    expect(await me(organizer.cookie)).toMatchObject({ secondFactor: { due: true } });
    expect((await world.call('GET', '/api/v1/campaigns')).statusCode).toBe(200);
    const page = await world.get('/queues', { cookie: (await world.person('administrator')).cookie });
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain('<h1>A second factor is needed here</h1>');
    expect(page.body).toContain('<a class="button main" href="/console">');
    const set = await withCodes(organizer);
    expect((await campaigns(set.cookie)).statusCode).toBe(200);
    expect((await require(false, cookie)).json()).toEqual({ required: false });
    const lines = await world.all(
      `select detail from audit where action = 'account.second_factor_rule' order by id desc limit 2`,
    );
    expect(lines).toEqual([{ detail: { required: false } }, { detail: { required: true } }]);
  });

  it('is asked of others only by whoever shows one', async () => {
    const administrator = await world.person('administrator');
    expect(outcome(await require(true, administrator.cookie))).toEqual([409, 'own_second_factor']);
    expect(outcome(await require(true, (await withPasskey(await world.person('organizer'))).cookie))).toEqual(
      [403, 'role'],
    );
  });

  it('is due again at once when the last one is removed, and for a leader who becomes an organizer', async () => {
    const { cookie } = await withPasskey(await world.person('administrator'));
    await require(true, cookie);
    const leader = await world.person('leader', (await world.aCoalition()).id);
    expect(await me(leader.cookie)).toMatchObject({ secondFactor: { due: false } });
    await world.ask('PATCH', `/api/v1/staff/${leader.id}`, { role: 'organizer' }, cookie);
    expect(outcome(await campaigns(leader.cookie))).toEqual([403, 'second_factor']);
    const { items } = (await world.ask('GET', '/api/v1/me/passkeys', undefined, cookie)).json<{
      items: { id: string }[];
    }>();
    await world.ask('DELETE', `/api/v1/me/passkeys/${items[0]!.id}`, undefined, cookie);
    expect(outcome(await campaigns(cookie))).toEqual([403, 'second_factor']);
  });
});

/** What somebody was mailed of their second factors, the oldest first. */
async function toldOf({ email }: { email: string }): Promise<string[]> {
  const rows = await world.all<{ contact: string; body: string }>(
    `select contact, body from notices where kind = 'sign_in' order by id`,
  );
  const subjects = (['en', 'es'] as const).map((language) => pageWords(language).accounts.factors.subject);
  return rows.flatMap(({ contact, body }) => {
    const { subject, text } = JSON.parse(world.keys.open('notice', body)) as Record<string, string>;
    return world.keys.open('email', contact) === email && subjects.includes(subject!) ? [text!] : [];
  });
}

describe('a change of what one signs in with', () => {
  it('is mailed to whose it is, in their language, with what to do if it was not they', async () => {
    const words = pageWords('es').accounts.factors;
    const person = await world.person('organizer');
    await world.ask('PATCH', '/api/v1/me', { language: 'es' }, person.cookie);
    const { secret, backupCodes, cookie } = await withCodes(person);
    const waiting = cookiesOf(await pressLink(person));
    await post('/api/v1/sign-in/code', { code: backupCodes[0] }, waiting);
    await post('/api/v1/me/codes/backup', { code: codeOf(secret, 1) }, cookie);
    const added = await withPasskey({ cookie });
    const { items } = (await world.ask('GET', '/api/v1/me/passkeys', undefined, added.cookie)).json<{
      items: { id: string }[];
    }>();
    await world.ask('DELETE', `/api/v1/me/passkeys/${items[0]!.id}`, undefined, added.cookie);
    await world.db.query(`delete from limits`);
    await post('/api/v1/me/codes/off', { code: codeOf(secret, 1) }, added.cookie);
    const account = `${origin}/console/account`;
    expect(await toldOf(person)).toEqual(
      [
        words.codesOn,
        words.backupCodeUsed(9),
        words.backupCodesRenewed,
        words.passkeyAdded('My phone'),
        words.passkeyRemoved('My phone'),
        words.codesOff,
      ].map((changed) => words.text(changed, account)),
    );
    expect((await toldOf(person))[0]).toContain('cierra la sesión en todas partes');
  });

  it('is not mailed when nothing changed', async () => {
    const person = await world.person('organizer');
    await post('/api/v1/me/codes', undefined, person.cookie);
    await post('/api/v1/me/codes/confirm', { code: '000000' }, person.cookie);
    expect(await toldOf(person)).toEqual([]);
  });
});

describe('a second factor that was lost', () => {
  const reset = (id: string, cookie: string) =>
    world.ask('DELETE', `/api/v1/staff/${id}/second-factor`, undefined, cookie);

  it('is taken away by an administrator: signed out everywhere, told by mail, in again by the link alone', async () => {
    const person = await world.person('organizer');
    const { cookie, backupCodes } = await withCodes(person);
    const { passkey, cookie: last } = await withPasskey({ cookie });
    const half = cookiesOf(await pressLink(person));
    const administrator = await world.person('administrator');
    expect((await reset(person.id, administrator.cookie)).statusCode).toBe(204);
    expect([(await me(cookie))['status'], (await me(last))['status']]).toEqual([401, 401]);
    expect(outcome(await usePasskey(passkey))).toEqual([400, 'passkey_refused']);
    expect((await post('/api/v1/sign-in/code', { code: backupCodes[0] }, half)).statusCode).not.toBe(200);
    const told = pageWords('en').accounts.factors.reset(administrator.name, `${origin}/console/account`);
    expect((await toldOf(person)).at(-1)).toBe(told);
    const again = await pressLink(person);
    expect(await me(cookiesOf(again))).toMatchObject({
      id: person.id,
      secondFactor: { codes: false, passkeys: 0, shown: false },
    });
    expect(
      await world.one(`select actor, detail from audit where action = 'account.second_factor_reset'`),
    ).toEqual({ actor: `person:${administrator.id}`, detail: { accountId: person.id } });
    await withCodes({ ...person, cookie: cookiesOf(again) });
    expect((await pressLink(person)).statusCode).toBe(202);
  });

  it('is not one’s own, nor anybody’s of whoever does not administer; and who has none is left alone', async () => {
    const administrator = await world.person('administrator');
    const organizer = await world.person('organizer');
    expect(outcome(await reset(administrator.id, administrator.cookie))).toEqual([409, 'yourself']);
    expect(outcome(await reset(administrator.id, organizer.cookie))).toEqual([403, 'role']);
    expect((await reset(organizer.id, administrator.cookie)).statusCode).toBe(204);
    expect(await me(organizer.cookie)).toMatchObject({ id: organizer.id });
    expect(await toldOf(organizer)).toEqual([]);
  });
});
