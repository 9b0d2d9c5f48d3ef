import { pageWords } from '#messages';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const { errors } = pageWords('en').signup;
const { errors: errores } = pageWords('es').signup;
/** What the log says, unescaped and without times and ids: digits of those may be in a ZIP by chance. */
function logged(): string[] {
  const said: string[] = [];
  for (const line of world.log.split('\n').filter(Boolean))
    JSON.parse(line, (key, value: unknown) => {
      if ((typeof value === 'string' || typeof value === 'number') && key !== 'time' && key !== 'ms')
        said.push(String(value).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID'));
      return value;
    });
  return said;
}
const readable = (html: string) => html.replaceAll('&#x27;', "'").replaceAll('&amp;', '&');

describe('the signup form', () => {
  it.each([
    ['nothing to reach anybody by', { name: 'Ana' }, 'contact_missing'],
    ['an email without its end', { email: 'ana.private@example' }, 'email_invalid'],
    ['two emails', { email: 'ana@example.org, leo@example.org' }, 'email_invalid'],
    ['an email that carries a header', { email: 'ana@example.org\r\nBcc: leo@example.org' }, 'email_invalid'],
    ['an email without end', { email: `${'a'.repeat(320)}@example.org` }, 'email_invalid'],
    ['an email in quotes', { email: '"ana b"@example.org' }, 'email_invalid'],
    ['an email with a name around it', { email: 'Ana <ana@example.org>' }, 'email_invalid'],
    ['an email at an IP address', { email: 'ana@[192.0.2.1]' }, 'email_invalid'],
    ['an email of letters that mail hosts refuse', { email: 'añá@example.org' }, 'email_invalid'],
    ['an email turned round', { email: '\u202eana@example.org' }, 'email_invalid'],
    ['an email with a mark that hides', { email: 'an\u200ba@example.org' }, 'email_invalid'],
    ['a phone with an extension', { phone: '212 736 5000 ext. 5', smsConsent: 'on' }, 'phone_invalid'],
    ['two phones', { phone: '212 736 5000, 212 736 5001', smsConsent: 'on' }, 'phone_invalid'],
    ['a phone in words', { phone: '1-800-FLOWERS', smsConsent: 'on' }, 'phone_invalid'],
    [
      'a personal phone, charged to whoever calls',
      { phone: '500 555 0006', smsConsent: 'on' },
      'phone_no_texts',
    ],
    ['a Jamaican phone', { phone: '876 926 1234', smsConsent: 'on' }, 'phone_country'],
    ['a phone too short', { phone: '555-0142', smsConsent: 'on' }, 'phone_invalid'],
    ['a toll-free phone', { phone: '800 555 1212', smsConsent: 'on' }, 'phone_no_texts'],
    ['a premium phone', { phone: '900 555 1212', smsConsent: 'on' }, 'phone_no_texts'],
    ['a Mexican phone', { phone: '+52 55 1234 5678', smsConsent: 'on' }, 'phone_country'],
    ['a phone alone, without the texts box', { phone: '212 736 5000' }, 'texts_unticked'],
    ['the texts box without a phone', { email: 'ana@example.org', smsConsent: 'on' }, 'sms_needs_phone'],
    ['a ZIP that is none', { email: 'ana@example.org', zip: '0000' }, 'zip_unknown'],
    ['a ZIP of nowhere', { email: 'ana@example.org', zip: '00000' }, 'zip_unknown'],
    ['a ZIP and more', { email: 'ana@example.org', zip: "1' or '1'" }, 'zip_unknown'],
    ['a ZIP in other digits', { email: 'ana@example.org', zip: '١٠٠٠١' }, 'zip_unknown'],
    ['a zone that is a path', { email: 'ana@example.org', zone: '../../etc/localtime' }, 'zone_unknown'],
    ['a zone that is an offset', { email: 'ana@example.org', zone: '+25:00' }, 'zone_unknown'],
    ['a zone that is none', { email: 'ana@example.org', zone: 'Mars/Olympus' }, 'zone_unknown'],
    [
      'a name on two lines',
      { email: 'ana@example.org', name: 'Ana\r\nBcc: leo@example.org' },
      'name_invalid',
    ],
    ['a name with a bell', { email: 'ana@example.org', name: 'An\u0007a' }, 'name_invalid'],
    ['a name over two paragraphs', { email: 'ana@example.org', name: 'Ana\u2029Leo' }, 'name_invalid'],
    ['a name that is an address', { email: 'ana@example.org', name: 'call@prize.example' }, 'name_invalid'],
    [
      'a name with a hidden link',
      { email: 'ana@example.org', name: 'ww\u200bw.prize.example' },
      'name_invalid',
    ],
    ['a name with a link', { email: 'ana@example.org', name: 'Win at www.prize.example' }, 'name_invalid'],
    ['a name that never ends', { email: 'ana@example.org', name: 'a'.repeat(300) }, 'name_too_long'],
  ] as const)(
    'answers %s with 422 and words for it in both languages, and writes nothing',
    async (_, typed, problem) => {
      const { page } = await world.aCampaign();
      const before = await world.rows();
      const english = await world.post(page, { language: 'en', ...typed });
      expect([english.statusCode, readable(english.body)]).toEqual([
        422,
        expect.stringContaining(errors[problem]),
      ]);
      const spanish = await world.post(page, { language: 'es', ...typed });
      expect([spanish.statusCode, readable(spanish.body)]).toEqual([
        422,
        expect.stringContaining(errores[problem]),
      ]);
      expect(await world.rows()).toEqual(before);
      for (const value of Object.values(typed))
        if (value !== 'on') expect(logged()).not.toContainEqual(expect.stringContaining(value));
    },
  );

  it('says everything that is wrong at once', async () => {
    const { page } = await world.aCampaign();
    const { body } = await world.post(page, { email: 'no', phone: 'no', smsConsent: 'on', zip: 'no' });
    for (const problem of ['email_invalid', 'phone_invalid', 'zip_unknown'] as const)
      expect(readable(body)).toContain(errors[problem]);
  });

  it.each([
    ['of a campaign that is not', (page: string) => page.replace('/c/', '/c/x-')],
    ['of a coalition that is not', (page: string) => `${page}-x`],
    ['of a path that cannot be decoded', () => '/c/%zz/%ff'],
    ['of a name longer than any', () => `/c/${'a'.repeat(5_000)}/b`],
  ])('is not found at the address %s', async (_, elsewhere) => {
    const { page } = await world.aCampaign();
    const before = await world.rows();
    for (const answer of [
      await world.get(elsewhere(page)),
      await world.post(elsewhere(page), { email: 'ana@example.org' }),
    ]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).toContain(pageWords('en').problem[404].title);
    }
    expect(await world.rows()).toEqual(before);
  });

  it('is not there for a draft, nor for a coalition that does not recruit for the campaign', async () => {
    const { id, slug, page } = await world.aCampaign();
    const stranger = await world.aCoalition();
    expect((await world.get(`/c/${slug}/${stranger.slug}`)).statusCode).toBe(404);
    await world.db.query(`update campaigns set status = 'draft', launched_at = null where id = $1`, [id]);
    const before = await world.rows();
    expect((await world.post(page, { email: 'ana@example.org' })).statusCode).toBe(404);
    expect(await world.rows()).toEqual(before);
  });

  it.each(['ended', 'closed'] as const)('says that a campaign has %s, and takes nothing', async (status) => {
    const { id, page, coalition } = await world.aCampaign();
    await world.db.query(`update campaigns set status = $2 where id = $1`, [id, status]);
    const before = await world.rows();
    const answer = await world.post(page, { email: 'ana@example.org' });
    expect(answer.statusCode).toBe(409);
    expect(readable(answer.body)).toContain(pageWords('en').signup.state[status].title);
    expect((await world.get(page)).statusCode).toBe(200);
    const script = await world.call('POST', `/api/v1/campaigns/${id}/signups`, {
      coalitionId: coalition.id,
      email: 'ana@example.org',
      channels: ['email'],
    });
    expect([script.statusCode, script.json()['code']]).toEqual([409, `campaign_${status}`]);
    expect({ ...(await world.rows()), api_keys: before.api_keys }).toEqual(before);
  });

  it('goes on taking people while a campaign is paused', async () => {
    const { id, page } = await world.aCampaign();
    await world.db.query(`update campaigns set status = 'paused' where id = $1`, [id]);
    expect((await world.post(page, { email: 'pia@example.org' })).statusCode).toBe(303);
  });

  it('refuses a megabyte in a field, in words', async () => {
    const { page } = await world.aCampaign();
    const before = await world.rows();
    const answer = await world.post(page, { email: 'ana@example.org', name: 'x'.repeat(1_048_576) });
    expect([answer.statusCode, answer.body]).toEqual([
      413,
      expect.stringContaining(pageWords('en').problem[413].title),
    ]);
    expect(await world.rows()).toEqual(before);
  });

  it('refuses a NUL wherever it stands', async () => {
    const { page, id, coalition } = await world.aCampaign();
    const key = await world.key('organizer');
    const before = await world.rows();
    const signup = { coalitionId: coalition.id, email: 'ana@example.org', channels: ['email'] };
    const answers = [
      await world.post(page, { email: 'ana@example.org', name: 'An\0a' }),
      await world.get('/c/%00/x'),
      await world.get(`${page}?lang=%00`),
      await world.call('POST', `/api/v1/campaigns/${id}/signups`, { ...signup, name: 'An\0a' }, key),
      await world.call('POST', `/api/v1/campaigns/${id}/signups`, { ...signup, 'na\0me': 'x' }, key),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400, 400]);
    expect(await world.rows()).toEqual(before);
  });

  it('refuses what is no form', async () => {
    const { page } = await world.aCampaign();
    const before = await world.rows();
    const send = (type: string, payload: string) =>
      world.send({ method: 'POST', url: page, payload, headers: { 'content-type': type } });
    expect((await send('application/xml', '<email/>')).statusCode).toBe(415);
    expect((await send('application/json', '{"email":"ana@example.org"')).statusCode).toBe(400);
    expect((await send('application/json', '{"email":["ana@example.org"]}')).statusCode).toBe(400);
    expect((await send('application/x-www-form-urlencoded', 'email=a@b.org&email=c@d.org')).statusCode).toBe(
      400,
    );
    expect(await world.rows()).toEqual(before);
    expect(world.log).not.toContain('ana@example.org');
  });

  it('keeps a name with accents, an emoji and letters from right to left, and drops marks that hide', async () => {
    const { page } = await world.aCampaign();
    await world.post(page, { email: 'names@example.org', name: '\u202eנועה 🌻 Núñez\u2069' });
    const row = await world.one<{ name: string }>(`select name from supporters where email_key = $1`, [
      world.keys.contactKey('names@example.org'),
    ]);
    expect(world.keys.open('name', row.name)).toBe('נועה 🌻 Núñez');
  });

  it('takes a name of marks that cannot be seen for none', async () => {
    const { page } = await world.aCampaign();
    const answer = await world.post(page, { email: 'unseen@example.org', name: '\u200b\u2060\u202e\ufeff' });
    expect(answer.statusCode).toBe(303);
    const row = await world.one(`select name from supporters where email_key = $1`, [
      world.keys.contactKey('unseen@example.org'),
    ]);
    expect(row).toEqual({ name: null });
  });

  it('knows an address by its domain in any script, and sends to it as typed', async () => {
    const { id, page } = await world.aCampaign();
    await world.post(page, { email: 'Ana@España.example' });
    await world.post(page, { email: 'ana@xn--espaa-rta.EXAMPLE' });
    const rows = await world.all<{ email: string }>(
      `select p.email from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1`,
      [id],
    );
    expect(rows.map(({ email }) => world.keys.open('email', email))).toEqual(['Ana@España.example']);
  });

  it('refuses lists, objects and repeated fields, whichever field it is', async () => {
    const { page } = await world.aCampaign();
    const before = await world.rows();
    for (const field of [
      'email',
      'phone',
      'name',
      'zip',
      'zone',
      'language',
      'smsConsent',
      'nextStep',
      'showName',
    ]) {
      const form = await world.send({
        method: 'POST',
        url: page,
        payload: `email=ana%40example.org&${field}=a&${field}=b`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect([field, form.statusCode]).toEqual([field, 400]);
      for (const value of [['a'], { a: 'b' }, 7, true]) {
        const json = await world.send({
          method: 'POST',
          url: page,
          payload: { email: 'ana@example.org', [field]: value },
        });
        expect([field, value, json.statusCode]).toEqual([field, value, 400]);
      }
    }
    expect(await world.rows()).toEqual(before);
  });

  it('shows what was typed as text, never as markup', async () => {
    const { page } = await world.aCampaign();
    const { body } = await world.post(`${page}?lang="><script>`, { email: '"><script>alert(1)</script>' });
    expect(body).not.toContain('<script>');
  });
});

describe('a signup sent by a script', () => {
  const problems = async (body: object) => {
    const { id, coalition } = await world.aCampaign();
    const key = await world.key('organizer');
    const before = await world.rows();
    const answer = await world.call(
      'POST',
      `/api/v1/campaigns/${id}/signups`,
      { coalitionId: coalition.id, ...body },
      key,
    );
    expect(await world.rows()).toEqual(before);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    return { status: answer.statusCode, ...answer.json() };
  };

  it('is refused with the field that nobody knows', async () => {
    expect(await problems({ email: 'ana@example.org', channels: ['email'], admin: true })).toMatchObject({
      status: 400,
      code: 'invalid',
      detail: expect.stringContaining('admin') as unknown,
    });
  });

  it.each([
    [{ email: 'ana@example', channels: ['email'] }, 'email'],
    [{ phone: '800 555 1212', channels: ['sms'] }, 'phone'],
    [{ phone: '+52 55 1234 5678', channels: ['sms'] }, 'phone'],
    [{ email: 'ana@example.org', zip: '1', channels: ['email'] }, 'zip'],
    [{ channels: ['email'] }, 'contact'],
  ])('is refused with the part that is wrong: %j', async (body, part) => {
    expect(await problems(body)).toMatchObject({
      status: 422,
      code: 'signup',
      errors: [{ path: part, message: expect.any(String) as unknown }],
    });
  });

  it('is refused for a campaign or a coalition that is not, and for an id that is none', async () => {
    const { coalition } = await world.aCampaign();
    const body = { coalitionId: coalition.id, email: 'ana@example.org', channels: ['email'] };
    const nobody = '00000000-0000-4000-8000-000000000000';
    const at = (id: string) => world.call('POST', `/api/v1/campaigns/${id}/signups`, body);
    expect((await at(nobody)).json()).toMatchObject({ status: 404, code: 'campaign_unknown' });
    expect((await at('7')).json()).toMatchObject({ status: 400, errors: [{ path: 'id' }] });
    expect(
      await problems({ coalitionId: nobody, email: 'ana@example.org', channels: ['email'] }),
    ).toMatchObject({
      status: 422,
      code: 'coalition_unknown',
    });
  });

  it('is refused when it is a megabyte, empty, or poisoned', async () => {
    const { id } = await world.aCampaign();
    const headers = {
      authorization: `Bearer ${await world.key('organizer')}`,
      'content-type': 'application/json',
    };
    const send = (payload: string) =>
      world.send({ method: 'POST', url: `/api/v1/campaigns/${id}/signups`, payload, headers });
    const statuses = [`{"name":"${'x'.repeat(1_048_576)}"}`, '', '{', 'null', '{"__proto__":{"x":1}}'].map(
      async (payload) => (await send(payload)).json()['status'],
    );
    expect(await Promise.all(statuses)).toEqual([413, 400, 400, 400, 400]);
  });
});
