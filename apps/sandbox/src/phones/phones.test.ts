import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import twilio from 'twilio';
import { Phones } from './phones.js';
import type { NewMessage } from './new-message.js';
import { listen, type Treatment } from './twilio-api.js';

const accountSid = `AC${'a'.repeat(32)}`;
const messagingServiceSid = `MG${'b'.repeat(32)}`;
const authToken = 'secret';
const ana = '+15551230001';

let dir: string;
let phones: Phones;
let url: string;
let treated: Treatment;
let hooks: Server;
let hookUrl: string;
let called: { path: string; signature: string; form: Record<string, string> }[];
let twiml: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'phones-'));
  treated = undefined;
  called = [];
  twiml = '<Response/>';
  hooks = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const signature = String(request.headers['x-twilio-signature']);
      called.push({
        path: request.url ?? '',
        signature,
        form: Object.fromEntries(new URLSearchParams(body)),
      });
      response.end(twiml);
    });
  });
  hookUrl = `http://127.0.0.1:${await listen(hooks, 0)}`;
  phones = new Phones({ pace: 5, misbehave: () => treated });
  url = await start();
});
afterEach(async () => {
  await phones.stop();
  hooks.closeAllConnections();
  hooks.close();
  await rm(dir, { recursive: true });
});

const start = () =>
  phones.start({
    ...{ dir, accountSid, authToken, inboundUrl: `${hookUrl}/inbound` },
    now: () => new Date('2027-03-01T12:00Z'),
  });

function client(token = authToken) {
  const made = twilio(accountSid, token, { timeout: 2_000 });
  made.api.baseUrl = url;
  return made;
}

const aText = (more: Partial<NewMessage> = {}) => ({
  ...{
    to: ana,
    body: 'Peers: file your comment by Monday. STOP to end.',
    messagingServiceSid,
    validityPeriod: 3600,
  },
  ...more,
  from: more.from ?? undefined,
  statusCallback: `${hookUrl}/status`,
});

it("sends a text through Twilio's own client and reports every step, signed", async () => {
  const sent = await client().messages.create(aText() as never);
  expect(sent).toMatchObject({ status: 'accepted', to: ana, from: null, numSegments: '1' });
  await phones.settled();

  expect(called.map(({ form }) => form.MessageStatus)).toEqual(['queued', 'sent', 'delivered']);
  for (const { path: to, signature, form } of called) {
    expect(form).toMatchObject({
      MessageSid: sent.sid,
      To: ana,
      From: '+15005550006',
      AccountSid: accountSid,
    });
    expect(twilio.validateRequest(authToken, signature, `${hookUrl}${to}`, form)).toBe(true);
  }
  expect(await client().messages(sent.sid).fetch()).toMatchObject({
    status: 'delivered',
    from: '+15005550006',
  });
  expect(phones.list()).toMatchObject([{ to: ana, at: '2027-03-01T12:00:00.000Z' }]);
});

it('lists by recipient, newest first, in pages', async () => {
  for (const body of ['1', '2', '3']) await client().messages.create(aText({ body }) as never);
  await client().messages.create(aText({ to: '+15551230002', body: 'another' }) as never);
  const found = await client().messages.list({ to: ana, pageSize: 2 });
  expect(found.map(({ body }) => body)).toEqual(['3', '2', '1']);
  expect(await client().messages.list({ dateSentAfter: new Date(Date.now() + 60_000) })).toEqual([]);
  expect(await client().messages.list({ dateSentAfter: new Date(Date.now() - 60_000) })).toHaveLength(4);
});

it('redacts a body', async () => {
  const { sid } = await client().messages.create(aText() as never);
  expect(await client().messages(sid).update({ body: '' })).toMatchObject({ body: '' });
  expect(phones.find(sid)?.body).toBe('');
});

it.each([
  ['no recipient', { to: '' }, 21604],
  ['a recipient that is no number', { to: '555' }, 21211],
  ['no sender', { messagingServiceSid: '' }, 21603],
  ['no body', { body: '' }, 21602],
  ['a body that is too long', { body: 'a'.repeat(1601) }, 21617],
  ['a validity of nothing', { validityPeriod: 0 }, 90007],
  ['a validity of a day', { validityPeriod: 86_400 }, 90007],
])('refuses %s', async (_, more, code) => {
  await expect(client().messages.create(aText(more) as never)).rejects.toMatchObject({ status: 400, code });
});

it('refuses a callback whose host has an underscore', async () => {
  const text = { ...aText(), statusCallback: 'https://my_host.example.org/status' };
  await expect(client().messages.create(text as never)).rejects.toMatchObject({ code: 21609 });
});

it('refuses a wrong token, and a message it does not have', async () => {
  await expect(client('wrong').messages.create(aText() as never)).rejects.toMatchObject({
    status: 401,
    code: 20003,
  });
  await expect(
    client()
      .messages(`SM${'0'.repeat(32)}`)
      .fetch(),
  ).rejects.toMatchObject({ status: 404, code: 20404 });
});

it('takes a reply to the webhook, signed, and its TwiML back to the phone', async () => {
  twiml = '<Response><Message>Thank you &amp; good luck</Message></Response>';
  const { sid, answer } = await phones.text(ana, 'DONE');
  expect(answer.status).toBe(200);
  const [{ path: to, signature, form } = { path: '', signature: '', form: {} }] = called;
  expect(form).toMatchObject({ MessageSid: sid, From: ana, To: '+15005550006', Body: 'DONE', NumMedia: '0' });
  expect(form).not.toHaveProperty('OptOutType');
  expect(twilio.validateRequest(authToken, signature, `${hookUrl}${to}`, form)).toBe(true);
  await phones.settled();
  expect(phones.list()).toMatchObject([
    { direction: 'inbound', body: 'DONE', status: 'received' },
    { direction: 'outbound-reply', body: 'Thank you & good luck', to: ana, status: 'delivered' },
  ]);
});

it('marks STOP and blocks the number when Twilio answers opt-outs itself', async () => {
  await phones.stop();
  phones = new Phones({ pace: 5, optOut: true });
  url = await start();
  await phones.text(ana, ' stop ');
  expect(called[0]?.form).toMatchObject({ OptOutType: 'STOP' });
  await expect(client().messages.create(aText() as never)).rejects.toMatchObject({ code: 21610 });
  await phones.text(ana, 'START');
  await client().messages.create(aText() as never);
});

it('says what is wrong with a text that cannot go', async () => {
  await expect(phones.text('555', 'DONE')).rejects.toThrow('"555" is not a phone number');
  await expect(phones.text(ana, '')).rejects.toThrow('1 to 1600 characters');
});

it('keeps texts over a restart and goes on with those under way', async () => {
  await phones.stop();
  phones = new Phones({ pace: 60_000 });
  url = await start();
  const { sid } = await client().messages.create(aText() as never);
  await phones.stop();
  expect(phones.find(sid)?.status).toBe('queued');

  phones = new Phones({ pace: 5 });
  url = await start();
  await phones.settled();
  expect(phones.find(sid)).toMatchObject({ status: 'delivered', at: '2027-03-01T12:00:00.000Z' });
});

describe('misbehaving', () => {
  it('refuses with a status and a code', async () => {
    treated = { status: 429, code: 20429, message: 'Too Many Requests' };
    await expect(client().messages.create(aText() as never)).rejects.toMatchObject({
      status: 429,
      code: 20429,
    });
    expect(phones.list()).toEqual([]);
  });

  it('accepts and drops the connection', async () => {
    treated = 'drop_after_accept';
    await expect(client().messages.create(aText() as never)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await client().messages.list({ to: ana })).toHaveLength(1);
  });

  it("answers with a proxy's page", async () => {
    treated = 'html';
    await expect(client().messages.create(aText() as never)).rejects.toMatchObject({ status: 502 });
    expect(phones.list()).toEqual([]);
  });

  it('fails at the carrier', async () => {
    treated = { undelivered: 30003 };
    const { sid } = await client().messages.create(aText() as never);
    await phones.settled();
    expect(called.at(-1)?.form).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' });
    expect(await client().messages(sid).fetch()).toMatchObject({ status: 'undelivered', errorCode: 30003 });
  });

  it('answers too late for the client, having accepted', async () => {
    treated = 300;
    const impatient = twilio(accountSid, authToken, { timeout: 50 });
    impatient.api.baseUrl = url;
    await expect(impatient.messages.create(aText() as never)).rejects.toMatchObject({ code: 'ECONNABORTED' });
    expect(phones.list()).toHaveLength(1);
  });
});

(process.env.RECORDED_DIR ? it : it.skip)("answers as Twilio's own description says", async () => {
  const file = path.join(process.env.RECORDED_DIR ?? '', 'twilio-messages-openapi.json');
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(JSON.parse(await readFile(file, 'utf8')) as object, 'twilio');
  const pointer = (where: string, method: string, status: number) =>
    `twilio#/paths/${encodeURIComponent(where.replaceAll('/', '~1'))}/${method}/responses/${status}/content/application~1json/schema`;
  const check = async (
    where: string,
    method: string,
    status: number,
    rest: string,
    body?: URLSearchParams,
  ) => {
    const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
    const answer = await fetch(`${url}/2010-04-01/Accounts/${accountSid}${rest}`, {
      ...{ method, headers: { authorization: `Basic ${basic}` }, body },
    });
    const json = (await answer.json()) as { sid: string };
    const validate = ajv.compile({ $ref: pointer(where, method.toLowerCase(), status) });
    expect({ status: answer.status, valid: validate(json), errors: validate.errors }).toEqual({
      ...{ status, valid: true, errors: null },
    });
    const known = ajv.getSchema('twilio#/components/schemas/api.v2010.account.message')?.schema as {
      properties: object;
    };
    const message = 'messages' in json ? (json.messages as object[])[0]! : json;
    expect(Object.keys(message).sort()).toEqual(Object.keys(known.properties).sort());
    return json;
  };
  const messages = '/2010-04-01/Accounts/{AccountSid}/Messages.json';
  const one = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json';
  const form = new URLSearchParams({ To: ana, Body: 'Hello', MessagingServiceSid: messagingServiceSid });
  const { sid } = await check(messages, 'POST', 201, '/Messages.json', form);
  await check(messages, 'GET', 200, '/Messages.json?PageSize=20');
  await check(one, 'GET', 200, `/Messages/${sid}.json`);
  await phones.settled();
  await check(one, 'GET', 200, `/Messages/${sid}.json`);
  await check(one, 'POST', 200, `/Messages/${sid}.json`, new URLSearchParams({ Body: '' }));
});
