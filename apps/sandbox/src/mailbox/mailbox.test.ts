import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import nodemailer from 'nodemailer';
import { Mailbox, type Misbehaviour } from './mailbox.js';

let dir: string;
let mailbox: Mailbox;
let url: string;
let asked: Misbehaviour;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'mailbox-'));
  asked = undefined;
  mailbox = new Mailbox({ now: () => new Date('2027-03-01T12:00Z'), misbehave: () => asked, keep: 3 });
  url = await mailbox.start({ dir });
});
afterEach(async () => {
  await mailbox.stop();
  await rm(dir, { recursive: true });
});

const letter = (subject = 'Your comment is due') => ({
  from: 'Peers <hello@example.org>',
  to: 'ana@example.org',
  subject,
  text: 'File your comment',
  html: '<p>File your <b>comment</b></p>',
  headers: { 'List-Unsubscribe': '<https://example.org/stop/1>' },
});

async function send(subject?: string): Promise<void> {
  const transport = nodemailer.createTransport(url);
  try {
    await transport.sendMail(letter(subject));
  } finally {
    transport.close();
  }
}

it('keeps a message raw and reads it when looked at', async () => {
  const seen: string[] = [];
  mailbox.onArrival(({ envelope }) => seen.push(...envelope.to));
  await send('¿Lista? Tu comentario');

  const [mail] = mailbox.list();
  expect(mail).toMatchObject({ at: new Date('2027-03-01T12:00Z'), envelope: { to: ['ana@example.org'] } });
  expect(seen).toEqual(['ana@example.org']);
  expect(await mailbox.subject(mail!.id)).toBe('¿Lista? Tu comentario');
  const read = await mailbox.read(mail!.id);
  expect(read?.text).toContain('File your comment');
  expect(read?.html).toContain('<b>comment</b>');
  expect(read?.headers).toContainEqual({ name: 'List-Unsubscribe', value: '<https://example.org/stop/1>' });
});

it('takes a user and a password without asking which', async () => {
  url = url.replace('smtp://', 'smtp://somebody:secret@');
  await send();
  expect(mailbox.list()).toHaveLength(1);
});

it('keeps the newest, over a restart too', async () => {
  for (const subject of ['1', '2', '3', '4']) await send(subject);
  await mailbox.stop();
  mailbox = new Mailbox({ keep: 3 });
  url = await mailbox.start({ dir });
  await send('5');

  const subjects = await Promise.all(mailbox.list().map(({ id }) => mailbox.subject(id)));
  expect(subjects).toEqual(['3', '4', '5']);
  expect(mailbox.list()[0]!.at).toEqual(new Date('2027-03-01T12:00Z'));
  expect(mailbox.arrived()).toHaveLength(5);
});

it('refuses with the code it is told to', async () => {
  asked = { code: 421, message: 'Slow down' };
  await expect(send()).rejects.toMatchObject({ responseCode: 421 });
  expect(mailbox.list()).toEqual([]);
  expect(mailbox.arrived()).toMatchObject([{ answer: 421 }]);
  expect(mailbox.arrived()[0]?.messageId).toMatch(/^<.+>$/);
});

it('drops the connection before its 250 and does not keep the message', async () => {
  asked = 'drop_before_250';
  await expect(send()).rejects.toHaveProperty('code', expect.stringMatching(/ECONNECTION|ESOCKET/));
  expect(mailbox.list()).toEqual([]);
  expect(mailbox.arrived()).toMatchObject([{ answer: 'dropped' }]);
});

it('answers late when told to', async () => {
  asked = 80;
  const began = Date.now();
  await send();
  expect(Date.now() - began).toBeGreaterThanOrEqual(78);
});
