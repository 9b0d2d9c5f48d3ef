import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { readSettings } from '#boot';
import { type Notice, Notices } from '#postgres';
import { testKeys, useDatabase } from '../../../../test/support/use-database.js';
import { EmailChannel } from '../deliver/channels/email.channel.js';
import { SmsChannel } from '../deliver/channels/sms.channel.js';
import { WorkerSettings } from '../settings.js';
import { NotifyService } from './notify.service.js';

const world = useDatabase();
const mails: ParsedMail[] = [];
const texts: URLSearchParams[] = [];
let refuse: number | undefined;
let smtp: SMTPServer;
let twilio: Server;
let email: EmailChannel;
let aWorker: () => NotifyService;
let notify: NotifyService;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        done(refuse ? Object.assign(new Error('not now'), { responseCode: refuse }) : null);
      });
    },
  });
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  twilio = createServer((request, response) => {
    void text(request).then((body) => {
      texts.push(new URLSearchParams(body));
      if (refuse) return request.socket.destroy();
      response
        .writeHead(201, { 'content-type': 'application/json' })
        .end(JSON.stringify({ sid: `SM${'1'.repeat(32)}` }));
    });
  }).listen(0, '127.0.0.1');
  await once(twilio, 'listening');
  const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
  const settings = readSettings(WorkerSettings, {
    ...testKeys,
    DATABASE_URL: world.url,
    PUBLIC_URL: 'https://drumbeat.example',
    MAIL_FROM: 'reminders@drumbeat.example',
    SMTP_URL: `smtp://127.0.0.1:${portOf(smtp.server)}`,
    TWILIO_API_URL: `http://127.0.0.1:${portOf(twilio)}`,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'the-account-token-of-the-tests',
    TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
  });
  email = new EmailChannel(settings);
  aWorker = () => new NotifyService(world.db, world.keys, email, new SmsChannel(settings), settings);
  notify = aWorker();
});
afterAll(async () => {
  email.onApplicationShutdown();
  twilio.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
});
beforeEach(async () => {
  await world.db.query(`delete from notices`);
  mails.length = texts.length = 0;
  refuse = undefined;
});

const add = (more: Partial<Notice> = {}) =>
  new Notices(world.db.manager, world.keys).add([
    { kind: 'rehearsal', campaignId: null, channel: 'email', to: 'ana@example.org', text: 'Look.', ...more },
  ]);
const states = () =>
  world.db.query<{ state: string; reason: string | null }[]>(`select state, reason from notices order by id`);

describe('flush', () => {
  it('mails a notice once, from Drumbeat, with what it shows', async () => {
    await add({ subject: '[Rehearsal 1/2] Three days left', html: '<p>Look.</p>' });
    await Promise.all([notify.run(), notify.run()]);
    await notify.run();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      subject: '[Rehearsal 1/2] Three days left',
      text: 'Look.',
      html: '<p>Look.</p>',
      from: { value: [{ name: 'Drumbeat', address: 'reminders@drumbeat.example' }] },
      to: { value: [{ address: 'ana@example.org' }] },
    });
    expect(mails[0]!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(await states()).toEqual([{ state: 'sent', reason: null }]);
  });

  it('sends a notice that is words alone, and a text', async () => {
    await add({ subject: 'A text needs you now' });
    await add({ channel: 'sms', to: '+15035550100', text: '[Rehearsal] Look.' });
    await notify.run();
    expect(mails.map(({ html }) => html)).toEqual([false]);
    expect(texts.map((sent) => [sent.get('To'), sent.get('Body')])).toEqual([
      ['+15035550100', '[Rehearsal] Look.'],
    ]);
    expect(await states()).toEqual(Array(2).fill({ state: 'sent', reason: null }));
  });

  it('tries a mail again later under the same Message-ID', async () => {
    await add({ subject: 'Again' });
    refuse = 451;
    await notify.run();
    expect(await states()).toEqual([{ state: 'due', reason: null }]);
    refuse = undefined;
    await world.db.query(`update notices set not_before = now()`);
    await notify.run();
    expect(await states()).toEqual([{ state: 'sent', reason: null }]);
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('never repeats a text that may have been taken', async () => {
    await add({ channel: 'sms', to: '+15035550100' });
    refuse = 1;
    await notify.run();
    refuse = undefined;
    await world.db.query(`update notices set not_before = now()`);
    await notify.run();
    expect(texts).toHaveLength(1);
    expect(await states()).toEqual([{ state: 'failed', reason: 'unknown' }]);
  });

  it('lets a notice that can never be written fail alone', async () => {
    await add({ to: 'two@example.org, three@example.org' });
    await add();
    await notify.run();
    expect(mails).toHaveLength(1);
    expect(await states()).toEqual([
      { state: 'failed', reason: 'unrenderable' },
      { state: 'sent', reason: null },
    ]);
  });

  it('waits, when the worker stops, for what is in flight', async () => {
    await add();
    const worker = aWorker();
    const flushed = worker.run();
    await worker.beforeApplicationShutdown();
    expect(await states()).toEqual([{ state: 'sent', reason: null }]);
    await flushed;
  });
});
