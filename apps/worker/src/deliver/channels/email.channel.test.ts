import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { aCertificate } from '../../../../../test/support/certificate.js';
import { dkimFaults } from '../../../../../test/support/letter-check.js';
import type { WorkerSettings } from '../../settings.js';
import { EmailChannel } from './email.channel.js';
import { SmtpLines } from './smtp-lines.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const signed = { DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: privateKey };
const mail = {
  envelope: { from: 'reminders@example.org', to: 'sam@example.net' },
  messageId: '<1@example.org>',
  raw: Buffer.from(
    'From: reminders@example.org\r\nTo: sam@example.net\r\nSubject: due\r\nMessage-ID: <1@example.org>\r\n\r\n.one\r\n..two\r\n',
  ),
};
const stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A mail server that treats each message so, and a channel that sends to it. */
async function aChannel(treat: SMTPServerOptions, dkim: Partial<WorkerSettings>) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    ...treat,
  });
  server.on('error', () => undefined);
  server.server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const settings = {
    SMTP_URL: `${treat.secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    WORKER_CONCURRENCY: 1,
    MAIL_FROM: 'reminders@example.org',
  };
  const channel = new EmailChannel({ ...settings, ...dkim } as WorkerSettings);
  stops.push(
    () => channel.onApplicationShutdown(),
    () => new Promise<void>((closed) => server.close(closed)),
  );
  const cut = () =>
    server.connections.forEach((each) =>
      (each as unknown as { _socket: { destroy(): void } })._socket.destroy(),
    );
  return { channel, cut, port };
}

async function read(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe.each<[string, Partial<WorkerSettings>]>([
  ['signed', signed],
  ['unsigned', {}],
])('mail that is %s', (how, dkim) => {
  it('arrives as it was written', async () => {
    let arrived: Buffer = Buffer.alloc(0);
    const { channel } = await aChannel(
      { onData: (stream, _, done) => void read(stream).then((raw) => ((arrived = raw), done())) },
      dkim,
    );
    expect(await channel.send(mail)).toEqual({ outcome: 'sent', providerId: mail.messageId });
    expect(arrived.subarray(-mail.raw.length)).toEqual(mail.raw);
    expect(dkimFaults(arrived, publicKey)).toEqual(how === 'signed' ? [] : ['0 DKIM signatures, not 1']);
  });

  it('may have arrived when the connection ends after the body and before the answer', async () => {
    const { channel, cut } = await aChannel(
      { onData: (stream) => void read(stream).then(() => cut()) },
      dkim,
    );
    expect(await channel.send(mail)).toMatchObject({ outcome: 'ambiguous' });
  });

  it('goes later when there is nothing to connect to', async () => {
    const { channel } = await aChannel({}, dkim);
    await stops.pop()!();
    expect(await channel.send(mail)).toMatchObject({ outcome: 'later' });
  });
});

describe('a line to the mail server', () => {
  it('stays open for the next message, also after a refusal', async () => {
    let [connections, mails] = [0, 0];
    const { channel } = await aChannel(
      {
        onConnect: (_, done) => (connections++, done()),
        onRcptTo: ({ address }, _, done) =>
          done(
            address.startsWith('nobody') ? Object.assign(new Error('5.1.1 no'), { responseCode: 550 }) : null,
          ),
        onData: (stream, _, done) => void read(stream).then(() => (mails++, done())),
      },
      {},
    );
    expect(await channel.room(5)).toBe(1);
    expect(await channel.send(mail)).toMatchObject({ outcome: 'sent' });
    const nobody = { ...mail, envelope: { ...mail.envelope, to: 'nobody@example.net' } };
    expect(await channel.send(nobody)).toMatchObject({ outcome: 'failed', reason: 'bad_address' });
    expect(await channel.send(mail)).toMatchObject({ outcome: 'sent' });
    expect([connections, mails]).toEqual([1, 2]);
  });

  it('that ends before the body takes nothing along', async () => {
    let end = () => undefined as void;
    const { channel, cut } = await aChannel({ onRcptTo: (_, __, done) => (end(), done()) }, {});
    end = cut;
    expect(await channel.send(mail)).toMatchObject({ outcome: 'later' });
  });

  it('that the server ended while it was idle is opened again', async () => {
    const { channel, cut } = await aChannel(
      { onData: (stream, _, done) => void read(stream).then(() => done()) },
      {},
    );
    expect(await channel.send(mail)).toMatchObject({ outcome: 'sent' });
    cut();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await channel.room(1)).toBe(1);
    expect(await channel.send(mail)).toMatchObject({ outcome: 'sent' });
  });

  it('that cannot be opened is answered for before anything is claimed', async () => {
    const { channel } = await aChannel({}, {});
    await stops.pop()!();
    expect(await channel.room(1)).toMatchObject({ outcome: 'later', slowDown: true });
  });

  it('that has the certificate of another is not spoken to, and everything waits', async () => {
    const { pem, key } = aCertificate();
    const certificate = { cert: pem, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
    let mails = 0;
    const onData: SMTPServerOptions['onData'] = (stream, _, done) =>
      void read(stream).then(() => (mails++, done()));
    for (const treat of [{ secure: true }, { disabledCommands: [] }]) {
      const { channel } = await aChannel({ ...treat, ...certificate, onData }, {});
      expect(await channel.room(1)).toMatchObject({ outcome: 'later', slowDown: true });
      expect(await channel.send(mail)).toMatchObject({ outcome: 'later', slowDown: true });
    }
    expect(mails).toBe(0);
  });

  it('that never greets is given up', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    stops.push(() => void silent.close());
    const lines = new SmtpLines(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`, 1, 50);
    await expect(lines.ready(1)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('that takes a message and answers nothing may have it', async () => {
    const { port } = await aChannel({ onData: (stream) => void read(stream) }, {});
    const lines = new SmtpLines(`smtp://127.0.0.1:${port}`, 1, 200);
    stops.push(() => lines.close());
    await expect(lines.send(mail.envelope, mail.raw)).rejects.toMatchObject({ bodySent: true });
  });
});
