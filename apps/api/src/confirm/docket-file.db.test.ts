import { type AddressInfo, createConnection } from 'node:net';
import { Sweeps } from '#postgres';
import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import { until } from '../../../../test/support/use-drumbeat.js';
import { readDocketFile } from './docket-file.js';

const world = useApi();
const documentId = 'BLS-2027-0003-0001';
const numberOf = (n: number) => `l2z-02tq-${n.toString(18).padStart(4, '0')}`;

/** The columns that regulations.gov's bulk download has, shortened by those that nobody fills in. */
const header = [
  ...['Document ID', 'Agency ID', 'Docket ID', 'Tracking Number', 'Document Type', 'Posted Date'],
  ...['Is Withdrawn?', 'Title', 'Comment on Document ID', 'First Name', 'Last Name', 'Comment'],
  ...['Attachment Files', 'Display Properties (Name, Label, Tooltip)'],
];
type Row = { number?: string; on?: string; comment?: string; type?: string };
const line = (n: number, { number = numberOf(n), on = documentId, comment = 'I listen.', type }: Row = {}) =>
  [
    `BLS-2027-0003-${String(n + 2).padStart(4, '0')}`,
    ...['BLS', 'BLS-2027-0003', number, type ?? 'Public Submission', '2027-03-05T05:00Z', 'false'],
    ...['"Comment from Mendoza, Ana"', on, 'Ana', 'Mendoza', `"${comment.replaceAll('"', '""')}"`],
    ...['"https://downloads.regulations.gov/a.pdf,https://downloads.regulations.gov/b.pdf"', ''],
  ].join(',');
const quoted = header.map((name) => (name.includes(',') ? `"${name}"` : name)).join(',');
const fileOf = (lines: string[]) => `${[quoted, ...lines].join('\r\n')}\r\n`;

/** A campaign, and people who filed and gave the numbers of these comments. */
async function aCampaign(numbers: number[] = []) {
  const campaign = await world.aCampaign();
  await world.db.query(
    `update campaigns set official = jsonb_build_object('document', $2::text) where id = $1`,
    [campaign.id, documentId],
  );
  for (const n of numbers) await aPerson(campaign, n);
  return campaign;
}
async function aPerson(campaign: TestCampaign, n: number | null) {
  const email = `s${n}-${campaign.slug}@example.org`;
  await world.post(campaign.page, { email, zip: '10001' });
  const { id } = await world.one<{ id: string }>(
    `select s.id from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = any($2)`,
    [campaign.id, world.keys.contactKeys(email)],
  );
  const form = { outcome: 'filed', ...(n !== null && { trackingNumber: numberOf(n) }) };
  const answer = await world.call('POST', `/api/v1/signups/${id}/confirmations`, form);
  expect(answer.statusCode).toBeLessThan(300);
  return id;
}
// Numbers are a person's of one campaign; each test takes others.
let last = 1;
const some = (count: number) => Array.from({ length: count }, () => ++last);

async function send(
  { id }: { id: string },
  payload: string | Buffer,
  { type = 'text/csv', key }: { type?: string; key?: string } = {},
) {
  return world.send({
    method: 'POST',
    url: `/api/v1/campaigns/${id}/sweep/file`,
    payload,
    headers: { 'content-type': type, authorization: `Bearer ${key ?? (await world.key('organizer'))}` },
  });
}
const take = async (campaign: { id: string }, payload: string | Buffer) => {
  const answer = await send(campaign, payload);
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json();
};
const progress = async ({ id }: { id: string }) =>
  (await world.call('GET', `/api/v1/campaigns/${id}/sweep`)).json<Record<string, unknown>>();
const logOf = ({ id }: { id: string }) =>
  world.all(`select action, actor, detail from audit where campaign_id = $1 and action like 'sweep.%'`, [id]);

beforeEach(() => world.db.query(`delete from limits`));

it('finds whose comments are in it, once, and says how many were seen before', async () => {
  const [ana, leo, mia, sol] = some(4) as [number, number, number, number];
  const campaign = await aCampaign([ana, leo, mia]);
  await aPerson(campaign, null);
  await new Sweeps(world.db.manager, world.keys).seen(campaign.id, [numberOf(mia)]);
  const file = fileOf([
    line(900, { on: '', type: 'Notice', number: '', comment: '' }),
    line(ana, { comment: 'Two lines,\r\nand a "word".' }),
    line(ana),
    line(mia),
    line(sol),
    line(901, { number: 'BLS-2027-0003' }),
    line(leo, { on: 'BLS-2027-0003-0099' }),
  ]);
  expect(await take(campaign, file)).toEqual({ rows: 7, comments: 5, found: 1, seenBefore: 1 });
  expect(await take(campaign, file)).toEqual({ rows: 7, comments: 5, found: 0, seenBefore: 2 });
  expect(await progress(campaign)).toMatchObject({ state: 'never', said: 1, given: 3, found: 2 });
  const { total } = (await world.call('GET', `/api/v1/campaigns/${campaign.id}/tally`)).json<{
    total: { confirmed: number; verified: number };
  }>();
  expect(total).toMatchObject({ confirmed: 4, verified: 2 });
  expect(await logOf(campaign)).toEqual(
    [1, 0].map((found) => ({
      action: 'sweep.file',
      actor: 'organizer:a organizer',
      detail: { rows: 7, comments: 5, found, seenBefore: 2 - found },
    })),
  );
});

it.each([
  [
    'saved again by a spreadsheet',
    (file: string) => `\ufeff${file.replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/gm, ';')}`,
  ],
  [
    'with capitals and spaces',
    (file: string) => file.replace(/l2z-02tq-\w+/g, (n) => ` ${n.toUpperCase()} `),
  ],
  [
    'with other letters in its words',
    (file: string) => Buffer.from(file.replace('listen', 'Mar\xeda'), 'latin1'),
  ],
  ['without a break at its end', (file: string) => file.trimEnd()],
])('takes a file %s', async (_, changed) => {
  const [ana] = some(1) as [number];
  const campaign = await aCampaign([ana]);
  expect(await take(campaign, changed(fileOf([line(ana)])))).toMatchObject({ comments: 1, found: 1 });
});

it.each<[string, string | Buffer, string, RegExp]>([
  ['empty', '', 'empty', /is empty/],
  ['a web page', '<!doctype html><html>Your link has expired</html>', 'page', /link may have expired/],
  ['zipped', Buffer.from('504b030414000600', 'hex'), 'packed', /Unpack it/],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'binary', /not a CSV file/],
  ['in UTF-16', Buffer.from(`\ufeff${fileOf([line(1)])}`, 'utf16le'), 'binary', /not a CSV file/],
  [
    'without the numbers',
    'Document ID,Comment on Document ID\nx,y\n',
    'columns',
    /no column "Tracking Number"/,
  ],
  [
    'a list of people',
    'email,zip\nana@list.example,10001\n',
    'columns',
    /"Tracking Number" and none "Comment on/,
  ],
  ['nothing but a header', fileOf([]), 'elsewhere', /no comment on BLS-2027-0003-0001 in it/],
  [
    'of lines with too many commas',
    fileOf([line(1, { on: 'Ana,Mendoza' })]),
    'elsewhere',
    /^There is no comment on BLS-2027-0003-0001 in it/,
  ],
  [
    'of another document',
    fileOf([line(1, { on: 'FAA-2025-5396-0001' })]),
    'elsewhere',
    /they are on FAA-2025-5396-0001/,
  ],
  [
    'broken off',
    `${fileOf([line(1)])}BLS-2027-0003-0009,BLS,,${numberOf(1)},,,,,${documentId},,,"I`,
    'cut',
    /breaks off in line 3/,
  ],
])('refuses a file that is %s, says what to do, and changes nothing', async (_, file, why, says) => {
  const [ana] = some(1) as [number];
  const campaign = await aCampaign([ana]);
  const key = await world.key('organizer');
  const before = await world.rows();
  const anas = typeof file === 'string' ? file.replaceAll(numberOf(1), numberOf(ana)) : file;
  const answer = await send(campaign, anas, { key });
  expect([answer.statusCode, answer.json()]).toEqual([
    422,
    expect.objectContaining({ code: `docket_file_${why}`, detail: expect.stringMatching(says) as string }),
  ]);
  expect(await world.rows()).toEqual(before);
});

it('refuses what is too large, of the wrong kind, for a campaign without a document, and from a stranger', async () => {
  const campaign = await aCampaign();
  const key = await world.key('organizer');
  const status = async (answer: Promise<{ statusCode: number }>) => (await answer).statusCode;
  expect(await status(send(campaign, '{}', { type: 'application/json' }))).toBe(415);
  expect(await status(send(campaign, fileOf([line(1)]), { key: 'db_wrong' }))).toBe(401);
  expect(
    await status(
      send(campaign, fileOf([line(1)]), { key: await world.key('leader', campaign.coalition.id) }),
    ),
  ).toBe(403);
  const undated = await world.aCampaign();
  expect((await send(undated, fileOf([line(1)]), { key })).json()).toMatchObject({ code: 'no_document' });
  const announced = await world.send({
    method: 'POST',
    url: `/api/v1/campaigns/${campaign.id}/sweep/file`,
    payload: 'x',
    headers: { 'content-type': 'text/csv', 'content-length': '500000001', authorization: `Bearer ${key}` },
  });
  expect([announced.statusCode, announced.json()['code']]).toEqual([413, 'docket_file_large']);
});

it('keeps nothing of it, and names no number', async () => {
  const [ana] = some(1) as [number];
  const campaign = await aCampaign([ana]);
  const answer = await send(campaign, fileOf([line(ana), line(9_000, { comment: 'A stranger speaks' })]));
  expect(answer.json()).toMatchObject({ found: 1 });
  await send(campaign, `${fileOf([line(ana)])}"${numberOf(ana)}`);
  const said = `${answer.body}${world.log}${JSON.stringify(await logOf(campaign))}`;
  expect(said).not.toMatch(/l2z-02tq/i);
  const tables = await world.all<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables)
    expect([name, JSON.stringify(await world.all(`select to_jsonb(t) as row from "${name}" t`))]).toEqual([
      name,
      expect.not.stringMatching(/l2z-02tq|A stranger speaks|Mendoza/),
    ]);
});

it('hands the numbers over as they come, and holds no file whole', async () => {
  let sent = 0;
  async function* pieces() {
    yield Buffer.from(`${quoted}\r\n`);
    for (; sent < 50; sent++) {
      const lines = Array.from({ length: 100 }, (_, n) => `${line(sent * 100 + n)}\r\n`);
      yield await Promise.resolve(Buffer.from(lines.join('')));
    }
  }
  const heard: [sent: number, numbers: number][] = [];
  await readDocketFile(pieces(), documentId, async (numbers) => {
    heard.push([sent, numbers.length]);
    return Promise.resolve();
  });
  // Ten pieces have a thousand lines, of which the parser keeps the last few characters.
  expect(heard.slice(0, 2)).toEqual([
    [10, 1_000],
    [20, 1_000],
  ]);
  expect(heard.reduce((sum, [, numbers]) => sum + numbers, 0)).toBe(5_000);
});

it('changes nothing when the sender goes away in the middle', async () => {
  const [ana] = some(1) as [number];
  const campaign = await aCampaign([ana]);
  const key = await world.key('organizer');
  await stream(campaign, key, function* () {
    yield `${quoted}\r\n${line(ana)}\r\n`;
    for (let n = 0; n < 2_000; n++) yield `${line(100_000 + n)}\r\n`;
  });
  const connections = () =>
    new Promise<number>((resolve) => world.api.getHttpServer().getConnections((_, open) => resolve(open)));
  expect(await until(connections, (open) => open === 0)).toBe(0);
  expect(await progress(campaign)).toMatchObject({ given: 1, found: 0 });
  expect(await logOf(campaign)).toEqual([]);
  expect(world.log).not.toContain('a fault of ours');
});

it('says what is wrong while the rest of the file still comes', async () => {
  const campaign = await aCampaign();
  const answer = await stream(campaign, await world.key('organizer'), function* () {
    yield 'email,zip\r\n';
    for (;;) yield 'ana@list.example,10001\r\n'.repeat(500);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 422 /);
  expect(answer).toContain('docket_file_columns');
});

/** Over a socket, as large files come, without an end. @returns the answer that came meanwhile */
async function stream({ id }: { id: string }, key: string, lines: () => Iterable<string>): Promise<string> {
  const server = world.api.getHttpServer();
  if (!server.listening) await world.api.listen(0, '127.0.0.1');
  const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  const write = (text: string) => new Promise((resolve) => socket.write(text, resolve));
  await write(
    `POST /api/v1/campaigns/${id}/sweep/file HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: text/csv\r\ntransfer-encoding: chunked\r\n\r\n`,
  );
  for (const text of lines()) {
    if (answer) break;
    await write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
  }
  socket.destroy();
  return answer;
}
