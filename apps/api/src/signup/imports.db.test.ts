import { useApi } from '../../../../test/support/use-api.js';
import { Imports } from '#postgres';
import type { Answer, TestCampaign } from '../../../../test/support/use-api.js';

const world = useApi();

type Import = {
  id: string;
  state: string;
  rows: number;
  added: number;
  attested: number;
  known: number;
  refused: number;
  problems: { line: number; column: string | null; message: string }[];
};

const lastMonth = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
const proof = `I agree to emails,${lastMonth},Paper form`;
const proofColumns = 'proof_wording,proof_at,proof_source';

async function send(
  { id, coalition }: TestCampaign,
  file: string | Buffer,
  { type = 'text/csv', key = undefined as string | undefined } = {},
): Promise<Answer> {
  return world.send({
    method: 'POST',
    url: `/api/v1/campaigns/${id}/imports?coalitionId=${coalition.id}`,
    payload: file,
    headers: { 'content-type': type, authorization: `Bearer ${key ?? (await world.key('organizer'))}` },
  });
}
const take = async (campaign: TestCampaign, file: string | Buffer) => {
  const answer = await send(campaign, file);
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json<Import>();
};
const figures = ({ state, rows, added, attested, known, refused }: Import) => ({
  state,
  rows,
  added,
  attested,
  known,
  refused,
});

const signupOf = (campaignId: string, email: string) =>
  world.one<{
    id: string;
    email_since: Date | null;
    supporter_id: string;
    name: string | null;
    zone: string;
  }>(
    `select s.*, p.name, p.zone from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = $2`,
    [campaignId, world.keys.contactKey(email)],
  );
const kindsOf = async (signupId: string) =>
  (
    await world.all<{ kind: string }>(
      `select kind from reminders where signup_id = $1 order by due_at, key`,
      [signupId],
    )
  ).map(({ kind }) => kind);

describe('a list that an organizer brings', () => {
  it('lets who came with proof be reminded at once, and asks the others whether they want to', async () => {
    const campaign = await world.aCampaign();
    const answer = await take(
      campaign,
      `Email,Name,ZIP,${proofColumns}\r\nana@list.example,Ana,2139,${proof}\r\nleo@list.example,Leo,85001,,,\r\n`,
    );
    expect(figures(answer)).toEqual({ state: 'done', rows: 2, added: 2, attested: 1, known: 0, refused: 0 });
    expect(answer.problems).toEqual([]);

    const ana = await signupOf(campaign.id, 'ana@list.example');
    expect(ana.email_since).not.toBeNull();
    expect(ana.zone).toBe('America/New_York');
    expect(world.keys.open('name', ana.name!)).toBe('Ana');
    expect(await kindsOf(ana.id)).toEqual([]);
    const consents = await world.all(`select * from consents where supporter_id = $1`, [ana.supporter_id]);
    expect(consents).toMatchObject([
      {
        scope: 'email',
        action: 'granted',
        source: 'import',
        means: {
          at: new Date(`${lastMonth}T00:00+14:00`).toISOString(),
          source: 'Paper form',
          organizer: 'organizer:a organizer',
          wording: consents[0]!['wording'],
        },
      },
    ]);
    const { words } = await world.one<{ words: string }>(`select words from proof_words where id = $1`, [
      consents[0]!['wording'],
    ]);
    expect(world.keys.open('text', words)).toBe('I agree to emails');

    const leo = await signupOf(campaign.id, 'leo@list.example');
    expect(leo.email_since).toBeNull();
    expect(await kindsOf(leo.id)).toEqual(['welcome', 'nudge', 'nudge']);
    expect(await world.all(`select from consents where supporter_id = $1`, [leo.supporter_id])).toEqual([]);
    const tally = (await world.call('GET', `/api/v1/campaigns/${campaign.id}/tally`)).json<{
      total: object;
    }>();
    expect(tally.total).toMatchObject({ signups: 2, optedIn: 1 });
  });

  it('plans the last call for whoever came with proof after every rung', async () => {
    const campaign = await world.aCampaign();
    await world.db.query(`update campaigns set deadline_at = now() + interval '40 hours' where id = $1`, [
      campaign.id,
    ]);
    await take(campaign, `email,${proofColumns}\nlate@list.example,${proof}\n`);
    const { id } = await signupOf(campaign.id, 'late@list.example');
    expect(await kindsOf(id)).toEqual(['last_call']);
  });

  it('asks a phone only with proof, and never takes that for its yes', async () => {
    const campaign = await world.aCampaign();
    const { problems, ...answer } = await take(
      campaign,
      `email;teléfono;prueba_texto;prueba_fecha;prueba_fuente\n` +
        `with@list.example;212 736 5001;Sí, mensajes;${lastMonth};Feria\nwithout@list.example;212 736 5002;;;\n;212 736 5003;;;\n`,
    );
    expect(figures({ problems, ...answer })).toMatchObject({ added: 2, refused: 1 });
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [3, 'phone'],
      [4, 'phone'],
    ]);
    const asked = await signupOf(campaign.id, 'with@list.example');
    expect(await kindsOf(asked.id)).toEqual(['sms_optin']);
    const rows = await world.all(
      `select sms_since, p.phone_key is not null as kept from signups s join supporters p on p.id = s.supporter_id
       where campaign_id = $1 order by kept`,
      [campaign.id],
    );
    expect(rows).toEqual([
      { sms_since: null, kept: false },
      { sms_since: null, kept: true },
    ]);
    expect(
      await world.all(`select scope from consents where supporter_id = $1 order by 1`, [asked.supporter_id]),
    ).toEqual([{ scope: 'email' }, { scope: 'sms' }]);
  });

  it.each([
    ['in the future', `I agree,${new Date(Date.now() + 3 * 86_400_000).toISOString()},Form`, 'proof_at'],
    ['of six years ago', `I agree,2019-01-01,Form`, 'proof_at'],
    ['of no day there is', `I agree,2026-02-30,Form`, 'proof_at'],
    ['of a date that reads two ways', `I agree,03/04/2026,Form`, 'proof_at'],
    ['without its words', `,${lastMonth},Form`, 'proof_wording'],
    ['without its source', `I agree,${lastMonth},`, 'proof_source'],
    ['that names somebody', `I agree,${lastMonth},call with leo@x.example`, 'proof_source'],
  ])('takes a proof %s for none, and says so', async (_, cells, column) => {
    const campaign = await world.aCampaign();
    const email = `p${Math.random().toString(36).slice(2)}@list.example`;
    const answer = await take(campaign, `email,${proofColumns}\n${email},${cells}\n`);
    expect(answer).toMatchObject({ added: 1, attested: 0, problems: [{ line: 2, column }] });
    expect((await signupOf(campaign.id, email)).email_since).toBeNull();
  });

  it('changes nothing when the same file comes again, and little when another has the same people', async () => {
    const campaign = await world.aCampaign();
    const file = `email,name,${proofColumns}\nagain@list.example,Ana,${proof}\nagain@list.example,Ana,${proof}\nbad,,,,\n`;
    const first = await take(campaign, file);
    expect(figures(first)).toEqual({ state: 'done', rows: 3, added: 1, attested: 1, known: 1, refused: 1 });
    const key = await world.key('organizer');
    const before = await world.rows();
    expect((await send(campaign, file, { key })).json()).toEqual(first);
    expect(await world.rows()).toEqual(before);
    const { audit, imports, ...rest } = before;
    const other = (await send(campaign, `${file}\n`, { key })).json<Import>();
    expect(figures(other)).toMatchObject({ added: 0, attested: 0, known: 2, refused: 1 });
    const after = await world.rows();
    expect({ ...after, audit, imports }).toEqual({ ...rest, audit, imports });
    expect(
      await world.all(
        `select detail->>'added' as added from audit where action = 'people.imported' and campaign_id = $1 order by id`,
        [campaign.id],
      ),
    ).toEqual([{ added: '1' }, { added: '0' }]);
  });

  it('overwrites nobody: what it says of a known person waits for their own yes', async () => {
    const before = await world.aCampaign();
    await world.post(before.page, { email: 'Known@list.example', name: 'Mine', zip: '97201' });
    const campaign = await world.aCampaign();
    const answer = await take(
      campaign,
      `email,name,zip,${proofColumns}\nknown@list.example,Theirs,10001,${proof}\n`,
    );
    expect(figures(answer)).toMatchObject({ added: 0, attested: 0, known: 1 });
    const signup = await signupOf(campaign.id, 'known@list.example');
    expect([signup.email_since, signup.zone, world.keys.open('name', signup.name!)]).toEqual([
      null,
      'America/Los_Angeles',
      'Mine',
    ]);
    expect(
      await world.all(`select from signup_coalitions where signup_id = $1 and typed is not null`, [
        signup.id,
      ]),
    ).toHaveLength(1);
    // One opt-in mail a day: the welcome of the first campaign has just gone.
    const [welcome] = await world.all<{ due_at: Date }>(
      `select due_at from reminders where signup_id = $1 and kind = 'welcome'`,
      [signup.id],
    );
    expect(welcome!.due_at.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  it.each([
    ['an unsubscribe', 'unsubscribed'],
    ['a complaint', 'complaint'],
    ['a deletion', 'deleted'],
  ])('respects %s of somebody unknown: nobody is made of it', async (_, reason) => {
    const campaign = await world.aCampaign();
    const email = `${reason}@list.example`;
    await world.db.query(
      `insert into suppressions (channel, contact_key, reason, source) values ('email', $1, $2, 'page')`,
      [world.keys.contactKey(email), reason],
    );
    const answer = await take(campaign, `email,${proofColumns}\n${email},${proof}\n`);
    expect(figures(answer)).toMatchObject({ added: 0, known: 1, refused: 0 });
    expect(
      await world.all(`select from supporters where email_key = $1`, [world.keys.contactKey(email)]),
    ).toEqual([]);
  });

  it('writes to nobody known who unsubscribed, and lifts nothing', async () => {
    const before = await world.aCampaign();
    await world.post(before.page, { email: 'gone@list.example' });
    await world.db.query(
      `insert into suppressions (channel, contact_key, reason, source) values ('email', $1, 'unsubscribed', 'page')`,
      [world.keys.contactKey('gone@list.example')],
    );
    const campaign = await world.aCampaign();
    await take(campaign, `email,${proofColumns}\ngone@list.example,${proof}\n`);
    const signup = await signupOf(campaign.id, 'gone@list.example');
    expect(signup.email_since).toBeNull();
    expect(await kindsOf(signup.id)).toEqual([]);
    expect(await world.all(`select from suppressions where lifted_at is not null`)).toEqual([]);
  });

  it('drops a phone that said STOP, and keeps the rest of the line', async () => {
    const campaign = await world.aCampaign();
    await world.db.query(
      `insert into suppressions (channel, contact_key, reason, source) values ('sms', $1, 'stop', 'text')`,
      [world.keys.contactKey('+12127365009')],
    );
    const file = `email,phone,${proofColumns}\nstop@list.example,212 736 5009,${proof}\n,212 736 5009,${proof}\n`;
    expect(figures(await take(campaign, file))).toMatchObject({ added: 1, known: 1 });
    const signup = await signupOf(campaign.id, 'stop@list.example');
    expect(await kindsOf(signup.id)).toEqual([]);
    expect(
      await world.all(`select from supporters where phone_key = $1`, [world.keys.contactKey('+12127365009')]),
    ).toEqual([]);
  });
});

describe('a list that stopped half-way', () => {
  const people = (n: number) =>
    `email\n${Array.from({ length: n }, (_, i) => `half${i}@list.example`).join('\n')}\n`;

  it('goes on where it stopped when the same file comes again', async () => {
    const campaign = await world.aCampaign();
    const file = people(600);
    const poison = world.keys.contactKey('half400@list.example');
    await world.db.query(
      `create function poison() returns trigger language plpgsql as $$ begin if new.email_key = '${poison}' then raise exception 'no'; end if; return new; end $$`,
    );
    await world.db.query(
      `create trigger poison before insert on supporters for each row execute function poison()`,
    );
    const stopped = await send(campaign, file);
    expect([stopped.statusCode, stopped.json()['code']]).toEqual([503, 'import_interrupted']);
    expect(world.log).not.toContain('half4');
    const { id } = await world.one<{ id: string }>(`select id from imports where campaign_id = $1`, [
      campaign.id,
    ]);
    const seen = (await world.call('GET', `/api/v1/imports/${id}`)).json<Import>();
    expect(figures(seen)).toMatchObject({ state: 'interrupted', rows: 250, added: 250 });
    await world.db.query(`drop trigger poison on supporters`);
    const done = await take(campaign, file);
    expect([done.id, figures(done)]).toEqual([
      id,
      { state: 'done', rows: 600, added: 600, attested: 0, known: 0, refused: 0 },
    ]);
    const { n } = await world.one<{ n: number }>(
      `select count(*)::int as n from signups where campaign_id = $1`,
      [campaign.id],
    );
    expect(n).toBe(600);
  });

  it('is gone on with by one at a time, and whoever was taken for dead writes nothing any more', async () => {
    const campaign = await world.aCampaign();
    const imports = new Imports(world.db.manager, world.keys);
    const file = [Buffer.alloc(32, 7)];
    const first = await imports.open(campaign.id, campaign.coalition.id, file, 'organizer:a');
    expect(first).toMatchObject({ run: 1, rows: 0 });
    expect(await imports.open(campaign.id, campaign.coalition.id, file, 'organizer:b')).toMatchObject({
      run: null,
    });
    await world.db.query(`update imports set beat_at = now() - interval '1 minute' where id = $1`, [
      first.id,
    ]);
    expect(await imports.open(campaign.id, campaign.coalition.id, file, 'organizer:b')).toMatchObject({
      run: 2,
    });
    const counts = { added: 1, attested: 0, known: 0, refused: 0 };
    expect(await imports.count(first.id, 1, counts, [])).toBe(false);
    expect(await imports.count(first.id, 2, counts, [])).toBe(true);
  });

  it('stops when the campaign ends', async () => {
    const campaign = await world.aCampaign();
    await world.db.query(`update campaigns set status = 'ended' where id = $1`, [campaign.id]);
    expect((await send(campaign, people(1))).json()).toMatchObject({ status: 409, code: 'campaign_ended' });
  });
});

describe('a file that is no list', () => {
  const columns = (header: string) => `${header}\nana@list.example\n`;
  it.each([
    ['empty', '', 'file_empty'],
    ['an Excel workbook', Buffer.from('504b030414000600', 'hex'), 'file_spreadsheet'],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file_spreadsheet'],
    ['in UTF-16', Buffer.from('\ufeffemail\nana@list.example\n', 'utf16le'), 'file_encoding'],
    ['in Windows-1252', Buffer.from('email,nombre\nana@list.example,Mar\xeda\n', 'latin1'), 'file_encoding'],
    ['full of NULs', Buffer.from('email\nana\0@list.example\n'), 'file_binary'],
    ['without a header', columns('leo@list.example'), 'column_missing'],
    ['with a column twice', columns('email,correo'), 'column_twice'],
    ['with columns of another kind', columns('__proto__,constructor'), 'column_missing'],
  ])('is refused when it is %s, with the next step, and nothing is written', async (_, file, code) => {
    const campaign = await world.aCampaign();
    const key = await world.key('organizer');
    const before = await world.rows();
    const answer = await send(campaign, file, { key });
    expect([answer.statusCode, answer.json()['code']]).toEqual([422, code]);
    expect(await world.rows()).toEqual(before);
    expect(answer.body + world.log).not.toContain('list.example');
  });

  it('is refused past 20 MB, as the wrong kind, through a strange coalition, and without a key', async () => {
    const campaign = await world.aCampaign();
    const status = async (answer: Promise<Answer>) => (await answer).statusCode;
    expect(await status(send(campaign, Buffer.alloc(20 * 1024 * 1024 + 1, 97)))).toBe(413);
    expect(await status(send(campaign, '{}', { type: 'application/json' }))).toBe(415);
    expect(await status(send(campaign, 'email=x', { type: 'application/x-www-form-urlencoded' }))).toBe(415);
    expect(await status(send(campaign, 'email\na@b.example\n', { key: 'db_wrong' }))).toBe(401);
    const elsewhere = { ...campaign, coalition: await world.aCoalition() };
    expect(await status(send(elsewhere, 'email\na@b.example\n'))).toBe(422);
  });

  it('is taken nowhere else', async () => {
    const { page } = await world.aCampaign();
    const before = await world.rows();
    const headers = { 'content-type': 'text/csv' };
    const answer = await world.send({ method: 'POST', url: page, payload: 'email\na@b.example\n', headers });
    expect(answer.statusCode).toBe(422);
    expect(await world.rows()).toEqual(before);
  });
});

describe('a hostile list', () => {
  it('is read line by line: each has its own problem, by its number and column', async () => {
    const campaign = await world.aCampaign();
    const long = 'x'.repeat(1_048_576);
    const file = [
      '\ufeffE-Mail,Nombre,Código postal,Idioma',
      '"quoted@list.example","Ana',
      'María",10001,es',
      'not an address,Leo,10001,en',
      `long@list.example,${long},10001,en`,
      'zip@list.example,Leo,00000,en',
      'script@list.example,"Win at www.prize.example",,',
      'formula@list.example,=cmd|calc,,Español',
      ',,,',
      'tongue@list.example,Leo,,Klingon',
      "o'brien@list.example,\u202eנועה,,",
      'short@list.example',
    ].join('\r\n');
    const { problems, ...answer } = await take(campaign, file);
    expect(figures({ problems, ...answer })).toEqual({
      state: 'done',
      rows: 9,
      added: 3,
      attested: 0,
      known: 0,
      refused: 6,
    });
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 'name'],
      [4, 'email'],
      [5, null],
      [6, 'zip'],
      [7, 'name'],
      [10, 'language'],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/list\.example|prize|Leo|Klingon/);
    expect(world.log).not.toContain('list.example');
  });

  it('is taken up to a quotation mark that never closes', async () => {
    const campaign = await world.aCampaign();
    const answer = await take(
      campaign,
      `email,name\nfine@list.example,Ana\nopen@list.example,"Leo\nlost@list.example,Eva\n`,
    );
    expect(figures(answer)).toMatchObject({ rows: 2, added: 1, refused: 1 });
    expect(answer.problems).toMatchObject([
      { column: null, message: expect.stringContaining('quotation mark') as unknown },
    ]);
  });

  it('keeps the first hundred problems', async () => {
    const campaign = await world.aCampaign();
    const answer = await take(campaign, `email\n${'no\n'.repeat(700)}`);
    expect(answer).toMatchObject({ rows: 700, refused: 700 });
    expect(answer.problems).toHaveLength(100);
    expect(answer.problems.at(-1)!.line).toBe(101);
  });
});

it('takes a file as a part of a form, as a browser sends it', async () => {
  const { id, coalition } = await world.aCampaign();
  const payload = [
    '--part\r\nContent-Disposition: form-data; name="coalitionId"\r\n\r\n',
    `${coalition.id}\r\n--part\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\nContent-Type: application/vnd.ms-excel\r\n\r\n`,
    'email\tname\r\nform@list.example\tAna\r\n\r\n--part--\r\n',
  ].join('');
  const answer = await world.send({
    method: 'POST',
    url: `/api/v1/campaigns/${id}/imports`,
    payload,
    headers: {
      'content-type': 'multipart/form-data; boundary=part',
      authorization: `Bearer ${await world.key('organizer')}`,
    },
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([200, { added: 1 }]);
});

it('takes ten thousand people in well under a minute', async () => {
  const campaign = await world.aCampaign();
  const file = `email,name,zip,${proofColumns}\n${Array.from(
    { length: 10_000 },
    (_, i) => `many${i}@list.example,Ana,10001,${i % 2 ? proof : ',,'}\n`,
  ).join('')}`;
  const began = performance.now();
  let answer = (await send(campaign, file)).json<Import>();
  while (answer.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 250));
    answer = (await world.call('GET', `/api/v1/imports/${answer.id}`)).json<Import>();
  }
  expect(figures(answer)).toEqual({
    state: 'done',
    rows: 10_000,
    added: 10_000,
    attested: 5_000,
    known: 0,
    refused: 0,
  });
  expect(performance.now() - began).toBeLessThan(50_000);
}, 90_000);
