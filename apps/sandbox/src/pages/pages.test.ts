import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import nodemailer from 'nodemailer';
import { Docket } from '../docket/docket.js';
import { Mailbox } from '../mailbox/mailbox.js';
import { Phones } from '../phones/phones.js';
import { SandboxModule } from './sandbox.module.js';

const key = 'the-key';
const withKey = { authorization: `Bearer ${key}` };
let dir: string;
let app: NestFastifyApplication;
let mailbox: Mailbox;
let phones: Phones;
let docket: Docket;
let smtpUrl: string;
let now: Date;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'pages-'));
  now = new Date('2027-03-01T12:00Z');
  mailbox = new Mailbox({ now: () => now });
  phones = new Phones({ pace: 1 });
  smtpUrl = await mailbox.start({ dir });
  docket = new Docket({ now: async () => now });
  await docket.start({ dir, closesOn: '2027-03-11' });
  const accountSid = `AC${'a'.repeat(32)}`;
  const inboundUrl = 'http://127.0.0.1:1/nobody-listens';
  await phones.start({ dir, accountSid, authToken: 'secret', inboundUrl, now: () => now });
  const clock = {
    now: async () => now,
    next: async () => new Date('2027-03-02T12:00Z'),
    moveTo: async (to: Date | 'next') => (now = to === 'next' ? new Date('2027-03-02T12:00Z') : to),
  };
  const links = [{ label: 'Sign up for the docket', href: '/c/docket/peers' }];
  const module = await Test.createTestingModule({
    imports: [
      SandboxModule.with({
        ...{ mailbox, phones, docket, clock, key, links, signInToken: 'the-token' },
        signIn: async (_, reply) => {
          void reply.header('set-cookie', 'session=1');
          return '/console';
        },
      }),
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  await app.init();
});
afterEach(async () => {
  await app.close();
  await Promise.all([mailbox.stop(), phones.stop(), docket.stop()]);
  await rm(dir, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const postTo = (url: string, payload: object) =>
  app.inject({ method: 'POST', url, payload, headers: withKey });

async function mail(): Promise<string> {
  const transport = nodemailer.createTransport(smtpUrl);
  const html = '<html><head><title>x</title></head><body><a href="https://example.org">Go</a></body></html>';
  await transport.sendMail({
    from: 'a@example.org',
    to: 'ana@example.org',
    subject: 'Hello',
    text: 'Hi',
    html,
  });
  transport.close();
  return mailbox.list().at(-1)!.id;
}

it('shows a page without inline scripts or styles, with a way to begin', async () => {
  const page = await get('/sandbox');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.body).toContain('<a href="/c/docket/peers">Sign up for the docket</a>');
  expect(page.body).not.toMatch(/<style|style=|<script(?! src=)| on\w+=/);
  for (const [, file] of page.body.matchAll(/(?:src|href)="(\/sandbox\/assets\/[^"]+)"/g)) {
    expect((await get(file!)).statusCode).toBe(200);
  }
});

it('signs in by a button, for whoever has the address, and not by looking', async () => {
  const look = await get('/sandbox/sign-in/the-token');
  expect([look.statusCode, look.headers['set-cookie']]).toEqual([200, undefined]);
  expect(look.body).toContain('<form action="/sandbox/sign-in/the-token" method="post">');
  const press = (token: string) => app.inject({ method: 'POST', url: `/sandbox/sign-in/${token}` });
  for (let time = 0; time < 2; time++) {
    const pressed = await press('the-token');
    expect([pressed.statusCode, pressed.headers['set-cookie']]).toEqual([303, 'session=1']);
  }
  expect((await press('another')).statusCode).toBe(404);
});

it.each([
  ['GET', '/sandbox/messages'],
  ['GET', '/sandbox/desk'],
  ['GET', '/sandbox/mail/00000000-0000-4000-8000-000000000000'],
  ['POST', '/sandbox/texts'],
  ['POST', '/sandbox/clock'],
] as const)('keeps %s %s for the key and the page', async (method, url) => {
  expect((await app.inject({ method, url })).statusCode).toBe(401);
  const wrong = { authorization: 'Bearer wrong' };
  expect((await app.inject({ method, url, headers: wrong })).statusCode).toBe(401);
  expect((await app.inject({ method, url, headers: withKey })).statusCode).not.toBe(401);
});

it('lets its own page in by the token, and no other site', async () => {
  const token = /name="sandbox-page" content="([^"]+)"/.exec((await get('/sandbox')).body)?.[1] ?? '';
  const mine = { 'x-sandbox-page': token, 'sec-fetch-site': 'same-origin' };
  expect((await get('/sandbox/desk', mine)).json()).toMatchObject({
    now: now.toISOString(),
    mail: [],
    texts: [],
  });
  expect((await get('/sandbox/desk', { ...mine, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(401);
});

it('lists messages of both channels, newest last', async () => {
  const id = await mail();
  expect((await get('/sandbox/messages', withKey)).json()).toMatchObject({
    items: [
      {
        id,
        channel: 'email',
        to: 'ana@example.org',
        at: now.toISOString(),
        subject: 'Hello',
        headers: { Subject: 'Hello' },
      },
    ],
  });
});

it("shows a message's HTML by itself, under its own policy, links in a new tab", async () => {
  const id = await mail();
  const letter = await get(`/sandbox/mail/${id}/html`);
  expect(letter.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox allow-popups/);
  expect(letter.body).toContain('<head><base target="_blank">');
  expect((await get(`/sandbox/mail/${id}`, withKey)).json()).toMatchObject({ text: 'Hi', hasHtml: true });
  expect((await get('/sandbox/mail/00000000-0000-4000-8000-000000000000/html')).statusCode).toBe(404);
});

it('moves the clock forward, never back', async () => {
  expect((await postTo('/sandbox/clock', { to: 'next' })).json()).toEqual({
    now: '2027-03-02T12:00:00.000Z',
  });
  const later = { to: '2027-03-03T08:00:00-05:00' };
  expect((await postTo('/sandbox/clock', later)).json()).toEqual({ now: '2027-03-03T13:00:00.000Z' });
  expect((await postTo('/sandbox/clock', { to: '2027-03-01T00:00:00Z' })).statusCode).toBe(400);
  expect((await postTo('/sandbox/clock', { to: 'tomorrow' })).statusCode).toBe(400);
});

it('says when a text could not be delivered, and refuses what is no text', async () => {
  expect((await postTo('/sandbox/texts', { from: '+15551230001', body: 'DONE' })).statusCode).toBe(502);
  expect((await postTo('/sandbox/texts', { from: '555', body: 'DONE' })).statusCode).toBe(400);
  expect((await postTo('/sandbox/texts', { from: '+15551230001', body: 'DONE', more: 1 })).statusCode).toBe(
    400,
  );
});

it('moves the docket, withdraws it and brings it back, by its key alone', async () => {
  const { documentId } = docket.state;
  expect((await postTo('/sandbox/docket', { closesOn: '2027-03-21' })).json()).toMatchObject({
    documentId,
    closesOn: '2027-03-21',
    withdrawn: false,
  });
  const only = await postTo('/sandbox/docket', { closesOn: '2027-03-25', everywhere: false });
  expect(only.json<{ closesOn: string; notices: object[] }>()).toMatchObject({
    closesOn: '2027-03-21',
    notices: [{ closesOn: '2027-03-11' }, { closesOn: '2027-03-21' }, { closesOn: '2027-03-25' }],
  });
  expect((await postTo('/sandbox/docket', { withdrawn: true })).json()).toMatchObject({ withdrawn: true });
  expect((await get('/sandbox/desk', withKey)).json()).toMatchObject({ docket: { withdrawn: true } });
  expect((await postTo('/sandbox/docket', { withdrawn: false })).json()).toMatchObject({ withdrawn: false });
  expect((await postTo('/sandbox/docket', { closesOn: 'soon' })).statusCode).toBe(400);
  const stranger = await app.inject({ method: 'POST', url: '/sandbox/docket', payload: { withdrawn: true } });
  expect(stranger.statusCode).toBe(401);
});
