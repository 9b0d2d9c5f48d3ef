import { createServer, connect, type Socket, type AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { verpAddress, verpOf } from '#postgres';
import { linkOf, useApi } from '../../../../test/support/use-api.js';

const domain = 'bounces.example.org';
const port = await freePort();
const world = useApi({ BOUNCE_SMTP_PORT: String(port), BOUNCE_DOMAIN: domain });
let made = 0;

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

async function aSentMail() {
  const { id: campaignId, page } = await world.aCampaign();
  const address = `ana-${++made}@example.org`;
  await world.post(page, { email: address, zip: '10001' });
  const signup = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaignId,
  ]);
  await world.post(linkOf(world.keys, signup.id, 'opt_in'));
  const [[row]] = await world.db.query<[{ id: string }[], number]>(
    `update reminders set state = 'sent', fence = 1, settled_at = now(), provider_id = '<x>'
     where campaign_id = $1 and kind = 'welcome' returning id`,
    [campaignId],
  );
  const reminder = { campaignId, id: row!.id };
  return {
    reminder,
    address,
    returnPath: verpAddress(world.keys, reminder, domain),
    now: () =>
      world.one(`select state, reason from reminders where campaign_id = $1 and id = $2`, [
        campaignId,
        reminder.id,
      ]),
    suppressed: () =>
      world.all(`select reason from suppressions where contact_key = $1`, [world.keys.contactKey(address)]),
  };
}

const report = (type: string, part: string, body: string) =>
  [
    'From: MAILER-DAEMON@mx.example.org',
    'Subject: Undelivered',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type}; boundary="=_x"`,
    '',
    '--=_x',
    'Content-Type: text/plain',
    '',
    'Your message could not be delivered. 5.1.1',
    '--=_x',
    `Content-Type: message/${part}`,
    '',
    body,
    '--=_x',
    'Content-Type: message/rfc822',
    '',
    'From: reminders@example.org',
    'Subject: Three days left',
    '',
    'Words to a person',
    '--=_x--',
    '',
  ].join('\r\n');
const dsn = (action: string, status: string) =>
  report(
    'delivery-status',
    'delivery-status',
    `Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; ana@example.org\r\nAction: ${action}\r\nStatus: ${status}\r\n`,
  );
const arf = (type: string) =>
  report(
    'feedback-report',
    'feedback-report',
    `Feedback-Type: ${type}\r\nUser-Agent: Loop/1\r\nVersion: 1\r\n`,
  );

/** As a mail host hands a report in, over TCP. @returns what it was answered */
async function handIn(to: string | string[], raw: string): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  try {
    const { response } = await transport.sendMail({ envelope: { from: '', to }, raw });
    return Number(response.slice(0, 3));
  } catch (error) {
    return (error as { responseCode?: number }).responseCode ?? 0;
  } finally {
    transport.close();
  }
}

it('takes a bounce at the return path of a reminder: failed, and the address left alone', async () => {
  const mail = await aSentMail();
  expect(await handIn(mail.returnPath, dsn('failed', '5.1.1'))).toBe(250);
  expect(await mail.now()).toEqual({ state: 'failed', reason: 'bad_address' });
  expect(await mail.suppressed()).toEqual([{ reason: 'hard_bounce' }]);
  const before = await world.rows();
  expect(await handIn(mail.returnPath, dsn('failed', '5.1.1'))).toBe(250);
  expect(await world.rows()).toEqual(before);
});

it('takes the address as hosts write it, in capitals', async () => {
  const mail = await aSentMail();
  expect(await handIn(mail.returnPath.toUpperCase(), dsn('failed', '5.2.2'))).toBe(250);
  expect(await mail.now()).toEqual({ state: 'failed', reason: 'mailbox_full' });
  expect(await mail.suppressed()).toEqual([]);
});

it('takes a complaint: unsubscribed at once', async () => {
  const mail = await aSentMail();
  expect(await handIn(mail.returnPath, arf('abuse'))).toBe(250);
  expect(await mail.suppressed()).toEqual([{ reason: 'complaint' }]);
  expect(
    await world.one(`select source from consents where campaign_id = $1 and action = 'withdrawn'`, [
      mail.reminder.campaignId,
    ]),
  ).toEqual({ source: 'provider' });
});

it.each([
  ['an answering machine', 'From: ana@example.org\r\nSubject: Out of office\r\n\r\nI am away, 550 5.1.1'],
  ['feedback that is no complaint', arf('not-spam')],
  ['a message passed on', dsn('relayed', '2.0.0')],
  ['nothing', ''],
  ['a report that is broken off', dsn('failed', '5.1.1').slice(0, 200)],
])('takes %s politely, keeps none of it, and changes nothing', async (_, raw) => {
  const mail = await aSentMail();
  const before = await world.rows();
  expect(await handIn(mail.returnPath, raw)).toBe(250);
  expect(await world.rows()).toEqual(before);
});

it('knows no other address, and relays nothing', async () => {
  const mail = await aSentMail();
  const before = await world.rows();
  const [local] = mail.returnPath.split('@') as [string];
  const right = local.slice(-16);
  const others = [
    'ana@example.org',
    `postmaster@${domain}`,
    `${local}@example.org`,
    `${local}@${domain}.example.org`,
    `${local.slice(0, -16)}${right.startsWith('0') ? '1' : '0'}${right.slice(1)}@${domain}`,
    `${local.slice(0, -1)}@${domain}`,
    `${local.slice(0, -17)}@${domain}`,
    verpAddress(world.keys, mail.reminder, domain).replace(/^b\+\d+/, 'b+999999'),
  ];
  for (const other of others)
    expect([other, await handIn(other, dsn('failed', '5.1.1'))]).toEqual([other, 550]);
  expect(await world.rows()).toEqual(before);
  for (const other of others) expect(verpOf(world.keys, other, domain)).toBeNull();
  expect(verpOf(world.keys, mail.returnPath, domain)).toEqual(mail.reminder);
  expect(local.length).toBeLessThanOrEqual(64);
});

it('takes one report at a time, and none over a megabyte', async () => {
  const [mail, other] = [await aSentMail(), await aSentMail()];
  expect(await handIn([mail.returnPath, other.returnPath], dsn('failed', '5.1.1'))).toBe(250);
  expect(await other.now()).toEqual({ state: 'sent', reason: null });
  const before = await world.rows();
  const large = dsn('failed', '5.1.1').replace('Words to a person', `${'x'.repeat(70)}\r\n`.repeat(16_000));
  expect(await handIn(other.returnPath, large)).toBe(552);
  expect(await world.rows()).toEqual(before);
});

it('asks for another try when the database is away, and loses nothing', async () => {
  const mail = await aSentMail();
  await world.db.query(`alter table webhooks rename to webhooks_away`);
  expect(await handIn(mail.returnPath, dsn('failed', '5.1.1'))).toBe(451);
  await world.db.query(`alter table webhooks_away rename to webhooks`);
  expect(await mail.now()).toEqual({ state: 'sent', reason: null });
  expect(await handIn(mail.returnPath, dsn('failed', '5.1.1'))).toBe(250);
  expect(await mail.now()).toEqual({ state: 'failed', reason: 'bad_address' });
});

it('says so when somebody signs in, and outlives one who hangs up', async () => {
  const said = await new Promise<string>((done) => {
    let all = '';
    const socket: Socket = connect(port, '127.0.0.1', () =>
      socket.write('EHLO x\r\nAUTH PLAIN AAAA\r\nDATA\r\n'),
    );
    socket.on('data', (chunk) => {
      all += String(chunk);
      if (/^5\d\d .*\r\n.*5\d\d /ms.test(all)) socket.resetAndDestroy();
    });
    socket.on('close', () => done(all));
  });
  expect(said).not.toMatch(/^235/m);
  const mail = await aSentMail();
  expect(await handIn(mail.returnPath, dsn('failed', '5.1.1'))).toBe(250);
  expect(world.log).not.toContain(mail.address);
});
