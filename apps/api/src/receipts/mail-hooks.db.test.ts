import { createHmac, createSign, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { Receipts } from '#postgres';
import { aCertificate } from '../../../../test/support/certificate.js';
import { linkOf, useApi } from '../../../../test/support/use-api.js';
import { Sns } from './sns.js';

const topic = 'arn:aws:sns:us-east-1:123456789012:mail-events';
const mailgunKey = 'the-signing-key-of-mailgun';
const [user, password] = ['postmark', 'a-password-of-postmark'];
const sendgrid = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const world = useApi({
  SIGNUPS_PER_IP_10_MINUTES: '1000000',
  SIGNUPS_PER_IP_A_DAY: '1000000',
  SES_TOPIC_ARN: topic,
  SENDGRID_WEBHOOK_KEY: sendgrid.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  MAILGUN_SIGNING_KEY: mailgunKey,
  POSTMARK_HOOK_USER: user,
  POSTMARK_HOOK_PASSWORD: password,
});
const [certificate, strangersCertificate] = [aCertificate(), aCertificate()];
const certificateUrl = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-abc.pem';
let asked: string[];
let made = 0;
beforeEach(() => {
  asked = [];
  world.api.get(Sns).fetch = async (url) => {
    asked.push(url);
    return url.includes('stranger') ? strangersCertificate.pem : certificate.pem;
  };
});

const seconds = (ago = 0) => String(Math.floor(Date.now() / 1_000) - ago);
const hour = 3_600;
type Call = { url: string; payload: string; headers: Record<string, string> };
const call = ({ url, payload, headers }: Call) => world.send({ method: 'POST', url, payload, headers });

/** As Amazon SNS posts a message: JSON that it calls plain text. */
function snsCall(
  message: unknown,
  {
    version = '2',
    key = certificate.key,
    ago = 0,
    ...more
  }: { version?: string; key?: KeyObject; ago?: number } & Record<string, unknown> = {},
): Call {
  const envelope: Record<string, unknown> = {
    Type: 'Notification',
    MessageId: `sns-${++made}`,
    TopicArn: topic,
    Message: JSON.stringify(message),
    Timestamp: new Date(Date.now() - ago * 1_000).toISOString(),
    SignatureVersion: version,
    SigningCertURL: certificateUrl,
    ...more,
  };
  const fields =
    envelope['Type'] === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text =
    fields.flatMap((field) => (field in envelope ? [field, envelope[field]] : [])).join('\n') + '\n';
  envelope['Signature'] = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(text)
    .sign(key, 'base64');
  return {
    url: '/hooks/ses',
    payload: JSON.stringify(envelope),
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
  };
}

function sendgridCall(events: unknown, { ago = 0, key = sendgrid.privateKey } = {}): Call {
  const payload = JSON.stringify(events);
  const timestamp = seconds(ago);
  return {
    url: '/hooks/sendgrid',
    payload,
    headers: {
      'content-type': 'application/json',
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.from(timestamp + payload),
        key,
      ).toString('base64'),
    },
  };
}

function mailgunCall(event: object, { ago = 0, token = `token-${++made}`, key = mailgunKey } = {}): Call {
  const timestamp = seconds(ago);
  const signature = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
  return {
    url: '/hooks/mailgun',
    payload: JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': event }),
    headers: { 'content-type': 'application/json' },
  };
}

const postmarkCall = (
  record: object,
  authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
): Call => ({
  url: '/hooks/postmark',
  payload: JSON.stringify(record),
  headers: { 'content-type': 'application/json', authorization },
});

/** Mail that was handed over and accepted. */
async function aSentMail(campaign?: Awaited<ReturnType<typeof world.aCampaign>>, state = 'sent') {
  const { id: campaignId, page } = (campaign ??= await world.aCampaign());
  const address = `ana-${++made}@example.org`;
  await world.post(page, { email: address, zip: '10001' });
  const key = world.keys.contactKey(address);
  const signup = await world.one<{ id: string }>(
    `select s.id from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = $2`,
    [campaignId, key],
  );
  await world.post(linkOf(world.keys, signup.id, 'opt_in'));
  const [[row]] = await world.db.query<[{ id: string }[], number]>(
    `update reminders set state = $3::text, fence = 1, tries = 1, checked_at = now(),
       provider_id = case $3::text when 'sent' then '<' || id || '.' || campaign_id || '@mail.example.org>' end,
       settled_at = case $3::text when 'sent' then now() end,
       lease_until = case $3::text when 'sending' then now() + interval '1 minute' end
     where campaign_id = $1 and signup_id = $2 and kind = 'welcome' returning id`,
    [campaignId, signup.id, state],
  );
  const { id } = row!;
  const messageId = `<${id}.${campaignId}@mail.example.org>`;
  return {
    campaign,
    address,
    messageId,
    name: `${id}.${campaignId}`,
    signupId: signup.id,
    now: () =>
      world.one<{ state: string; reason: string | null }>(
        `select state, reason from reminders where campaign_id = $1 and id = $2`,
        [campaignId, id],
      ),
    suppressed: async () =>
      (
        await world.all<{ reason: string }>(
          `select reason from suppressions where contact_key = $1 and lifted_at is null order by 1`,
          [key],
        )
      ).map(({ reason }) => reason),
  };
}
type SentMail = Awaited<ReturnType<typeof aSentMail>>;

const sesBounce = (mail: Pick<SentMail, 'messageId' | 'address'>, status = '5.1.1') => ({
  notificationType: 'Bounce',
  bounce: {
    bounceType: status.startsWith('4') ? 'Transient' : 'Permanent',
    bouncedRecipients: [{ emailAddress: mail.address, status }],
    feedbackId: `feedback-${++made}`,
  },
  mail: { messageId: `ses-${made}`, commonHeaders: { messageId: mail.messageId } },
});
const sesComplaint = (mail: Pick<SentMail, 'messageId' | 'address'>) => ({
  notificationType: 'Complaint',
  complaint: { complainedRecipients: [{ emailAddress: mail.address }], feedbackId: `feedback-${++made}` },
  mail: { messageId: `ses-${made}`, commonHeaders: { messageId: mail.messageId } },
});
const sendgridEvent = (mail: Pick<SentMail, 'messageId' | 'address'>, event: object) => ({
  email: mail.address,
  'smtp-id': mail.messageId,
  sg_event_id: `sg-${++made}`,
  ...event,
});
const failed = { event: 'failed', severity: 'permanent', reason: 'bounce' };
const mailgunEvent = (mail: Pick<SentMail, 'messageId' | 'address'>, event: object = failed) => ({
  id: `mg-${++made}`,
  recipient: mail.address,
  message: { headers: { 'message-id': mail.messageId.slice(1, -1) } },
  'delivery-status': { code: 550, message: '550 5.1.1 unknown' },
  ...event,
});
const postmarkBounce = (mail: Pick<SentMail, 'name' | 'address'>) => ({
  RecordType: 'Bounce',
  Type: 'HardBounce',
  ID: ++made,
  Email: mail.address,
  Metadata: { reminder: mail.name },
});

describe('a hard bounce', () => {
  it.each<[string, (mail: SentMail) => Call]>([
    ['SES, signature version 1', (mail) => snsCall(sesBounce(mail), { version: '1' })],
    ['SES, signature version 2', (mail) => snsCall(sesBounce(mail), { version: '2', Subject: 'Amazon SES' })],
    ['SendGrid', (mail) => sendgridCall([sendgridEvent(mail, { event: 'bounce', status: '5.1.1' })])],
    [
      'SendGrid, tried again for 24 hours',
      (mail) => sendgridCall([sendgridEvent(mail, { event: 'bounce', status: '5.1.1' })], { ago: 24 * hour }),
    ],
    ['Mailgun', (mail) => mailgunCall(mailgunEvent(mail))],
    ['Postmark', (mail) => postmarkCall(postmarkBounce(mail))],
  ])('of %s fails its reminder and ends mail to the address, whatever was known of it', async (_, hook) => {
    for (const state of ['sent', 'sending']) {
      const mail = await aSentMail(undefined, state);
      const answer = await call(hook(mail));
      expect([answer.statusCode, answer.body]).toEqual([200, '']);
      expect(await mail.now()).toEqual({ state: 'failed', reason: 'bad_address' });
      expect(await mail.suppressed()).toEqual(['hard_bounce']);
    }
  });

  it('leaves the address neither in the rows nor in the log', async () => {
    const mail = await aSentMail();
    await call(snsCall(sesBounce(mail)));
    await call(sendgridCall([sendgridEvent(mail, { event: 'delivered' })]));
    const kept = JSON.stringify(
      await world.all(`select w::text, (select jsonb_agg(r) from receipts r)::text from webhooks w`),
    );
    expect(kept).not.toContain(mail.address);
    expect(world.log).not.toContain(mail.address);
    const { body } = await world.one<{ body: string }>(
      `select body from webhooks where provider = 'sendgrid' order by id desc limit 1`,
    );
    expect(world.keys.open('webhook', body)).toContain(mail.address);
  });
});

/** Every way in which a call can be forged or broken, the right one beside it. */
const tampered = (mail: SentMail): [string, Call][] => {
  const changed = (right: Call, change: Partial<Call>): Call => ({ ...right, ...change });
  const inBody = (right: Call, find: string | RegExp, put: string): Call => {
    const payload = right.payload.replace(find, put);
    expect(payload).not.toBe(right.payload);
    return changed(right, { payload });
  };
  const ses = snsCall(sesBounce(mail), { Subject: 'x' });
  const grid = sendgridCall([sendgridEvent(mail, { event: 'bounce', status: '5.1.1' })]);
  const gun = mailgunCall(mailgunEvent(mail));
  const mark = postmarkCall(postmarkBounce(mail));
  const withHeader = (right: Call, name: string, value: string) =>
    changed(right, { headers: { ...right.headers, [name]: value } });
  const signatureHeader = 'x-twilio-email-event-webhook-signature';
  return [
    ['SES: no message', changed(ses, { payload: '' })],
    ['SES: no JSON', changed(ses, { payload: 'Message' })],
    ['SES: other words', inBody(ses, '5.1.1', '5.1.2')],
    ['SES: another id', inBody(ses, /sns-\d+/, 'sns-0')],
    ['SES: another subject', inBody(ses, '"Subject":"x"', '"Subject":"y"')],
    ['SES: another time', inBody(ses, /("Timestamp":"[^"]*)\dZ/, '$1xZ')],
    ['SES: another type', inBody(ses, '"Notification"', '"UnsubscribeConfirmation"')],
    ['SES: another signature', inBody(ses, /"Signature":"..../, '"Signature":"AAAA')],
    ['SES: no signature', inBody(ses, '"Signature":', '"Unsigned":')],
    ['SES: another version', inBody(ses, '"SignatureVersion":"2"', '"SignatureVersion":"1"')],
    ['SES: a version that is none', inBody(ses, '"SignatureVersion":"2"', '"SignatureVersion":"3"')],
    [
      'SES: a topic of somebody else',
      snsCall(sesBounce(mail), { TopicArn: topic.replace('mail-events', 'others') }),
    ],
    ['SES: years old', snsCall(sesBounce(mail), { ago: 3 * 365 * 24 * hour })],
    ['SES: of tomorrow', snsCall(sesBounce(mail), { ago: -24 * hour })],
    ['SES: signed by somebody else', snsCall(sesBounce(mail), { key: strangersCertificate.key })],
    ...[
      'http://sns.us-east-1.amazonaws.com/x.pem',
      'https://sns.us-east-1.amazonaws.com.stranger.example/x.pem',
      'https://stranger.example/x.pem',
      'https://stranger.example/sns.us-east-1.amazonaws.com/x.pem',
      'https://sns.us-east-1.amazonaws.com@stranger.example/x.pem',
      'https://sns.us-east-1.amazonaws.com:8443/x.pem',
      'https://user:pass@sns.us-east-1.amazonaws.com/x.pem',
      'https://sns.eu-west-1.amazonaws.com/x.pem',
      'https://snsXus-east-1.amazonaws.com/x.pem',
      'https://sns.us-east-1.amazonaws.com/x.pem?stranger',
      'https://sns.us-east-1.amazonaws.com/x.pem/stranger',
      'https://sns.us-east-1.amazonaws.com/stranger',
      'https://stranger.s3.us-east-1.amazonaws.com/x.pem',
      'not an address',
    ].map((SigningCertURL): [string, Call] => [
      `SES: a certificate at ${SigningCertURL}`,
      snsCall(sesBounce(mail), { SigningCertURL, key: strangersCertificate.key }),
    ]),
    ['SendGrid: other words', inBody(grid, 'bounce', 'dropped')],
    ['SendGrid: another time', withHeader(grid, 'x-twilio-email-event-webhook-timestamp', seconds(60))],
    ['SendGrid: no signature', withHeader(grid, signatureHeader, '')],
    ['SendGrid: a signature that is none', withHeader(grid, signatureHeader, 'AAAA')],
    [
      'SendGrid: another key',
      sendgridCall([], { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }),
    ],
    [
      'SendGrid: years old',
      sendgridCall([sendgridEvent(mail, { event: 'bounce' })], { ago: 3 * 365 * 24 * hour }),
    ],
    ['SendGrid: of tomorrow', sendgridCall([sendgridEvent(mail, { event: 'bounce' })], { ago: -24 * hour })],
    ['Mailgun: no JSON', changed(gun, { payload: 'event-data' })],
    ['Mailgun: no signature', inBody(gun, '"signature":{', '"unsigned":{')],
    ['Mailgun: another signature', inBody(gun, /"signature":"../, '"signature":"zz')],
    ['Mailgun: another token', inBody(gun, /token-\d+/, 'token-0')],
    ['Mailgun: another time', inBody(gun, /"timestamp":"\d+"/, `"timestamp":"${seconds(60)}"`)],
    ['Mailgun: another key', mailgunCall(mailgunEvent(mail), { key: 'a-signing-key-of-others' })],
    ['Mailgun: years old', mailgunCall(mailgunEvent(mail), { ago: 3 * 365 * 24 * hour })],
    ['Postmark: nobody', withHeader(mark, 'authorization', '')],
    [
      'Postmark: another user',
      postmarkCall(postmarkBounce(mail), `Basic ${Buffer.from(`x:${password}`).toString('base64')}`),
    ],
    [
      'Postmark: another password',
      postmarkCall(postmarkBounce(mail), `Basic ${Buffer.from(`${user}:x`).toString('base64')}`),
    ],
    ['Postmark: another scheme', withHeader(mark, 'authorization', `Bearer ${password}`)],
  ];
};

it('refuses what is forged in any part, and writes nothing', async () => {
  const mail = await aSentMail();
  const before = await world.rows();
  for (const [name, forged] of tampered(mail)) {
    const answer = await call(forged);
    expect([name, answer.statusCode, answer.headers['content-type']]).toEqual([
      name,
      403,
      'application/problem+json; charset=utf-8',
    ]);
    expect([name, await world.rows()]).toEqual([name, before]);
  }
  expect(asked.filter((url) => url.includes('stranger'))).toEqual([]);
  expect(world.log).not.toContain(mail.address);
});

describe('what is signed and makes no sense', () => {
  it.each<[string, () => Call, number]>([
    ['no JSON', () => postmarkCall({}), 200],
    ['an empty list', () => sendgridCall([]), 200],
    ['a word of SNS itself', () => snsCall('Successfully validated SNS topic'), 200],
    ['an event of another kind', () => mailgunCall({ id: 'x', event: 'opened' }), 200],
    ['a moment in the wrong place', () => sendgridCall({ event: { event: 'bounce' } }), 200],
  ])('moves nothing: %s', async (_, hook, status) => {
    const mail = await aSentMail();
    expect((await call(hook())).statusCode).toBe(status);
    expect(await mail.now()).toEqual({ state: 'sent', reason: null });
  });

  it('is refused with the next step when it is no JSON, or too large', async () => {
    const mark = postmarkCall({});
    const before = await world.rows();
    expect((await call({ ...mark, payload: '{"half":' })).statusCode).toBe(400);
    expect((await call({ ...mark, payload: 'x'.repeat(1024 * 1024 + 1) })).statusCode).toBe(413);
    expect(await world.rows()).toEqual(before);
  });
});

describe('the certificate of SNS', () => {
  it('is asked for once', async () => {
    const SigningCertURL = certificateUrl.replace('abc', 'once');
    for (let time = 0; time < 3; time++) await call(snsCall({}, { SigningCertURL }));
    expect(asked).toEqual([SigningCertURL]);
  });

  it('that Amazon doesn’t give in time leaves the message to be sent again', async () => {
    const mail = await aSentMail();
    world.api.get(Sns).fetch = () => Promise.reject(new Error('time is up'));
    const hook = snsCall(sesBounce(mail), { SigningCertURL: certificateUrl.replace('abc', 'slow') });
    expect((await call(hook)).statusCode).toBe(503);
    expect(await mail.now()).toEqual({ state: 'sent', reason: null });
    world.api.get(Sns).fetch = async () => certificate.pem;
    expect((await call(hook)).statusCode).toBe(200);
    expect(await mail.now()).toMatchObject({ state: 'failed' });
  });

  it('that is none is refused', async () => {
    world.api.get(Sns).fetch = async () => '<html>';
    expect(
      (await call(snsCall({}, { SigningCertURL: certificateUrl.replace('abc', 'none') }))).statusCode,
    ).toBe(403);
  });
});

describe('a question of SNS whether we want a topic', () => {
  const question = {
    Type: 'SubscriptionConfirmation',
    Token: 'token',
    Message: 'You have chosen to subscribe',
  };

  it('is answered at SNS alone', async () => {
    const SubscribeURL = `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=token`;
    expect((await call(snsCall(null, { ...question, SubscribeURL }))).statusCode).toBe(200);
    expect(asked).toContain(SubscribeURL);
    for (const elsewhere of [
      'https://stranger.example/',
      SubscribeURL.replace('https', 'http'),
      SubscribeURL.replace('us-east', 'eu-west'),
    ])
      expect((await call(snsCall(null, { ...question, SubscribeURL: elsewhere }))).statusCode).toBe(403);
    expect(asked.filter((url) => url !== SubscribeURL && url !== certificateUrl)).toEqual([]);
  });

  it('about a topic of somebody else is not answered', async () => {
    const other = topic.replace('123456789012', '999999999999');
    const SubscribeURL = `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${other}&Token=token`;
    expect((await call(snsCall(null, { ...question, SubscribeURL, TopicArn: other }))).statusCode).toBe(403);
    expect(asked).toEqual([]);
  });
});

describe('a call that comes again', () => {
  it('changes nothing', async () => {
    const mail = await aSentMail();
    for (const hook of [
      snsCall(sesBounce(mail)),
      sendgridCall([sendgridEvent(mail, { event: 'delivered' })]),
      mailgunCall(mailgunEvent(mail)),
      postmarkCall(postmarkBounce(mail)),
    ]) {
      expect((await call(hook)).statusCode).toBe(200);
      const before = await world.rows();
      expect((await call(hook)).statusCode).toBe(200);
      expect(await world.rows()).toEqual(before);
    }
  });

  it('under a token of Mailgun’s with other words is refused', async () => {
    const [mail, other] = [await aSentMail(), await aSentMail()];
    const right = mailgunCall(mailgunEvent(mail, { event: 'delivered' }));
    await call(right);
    const before = await world.rows();
    const { signature } = JSON.parse(right.payload) as { signature: object };
    const replayed = await call({
      ...right,
      payload: JSON.stringify({ signature, 'event-data': mailgunEvent(other) }),
    });
    expect([replayed.statusCode, replayed.json()['code']]).toEqual([403, 'replayed']);
    expect(await world.rows()).toEqual(before);
  });
});

describe('of a message that is not ours', () => {
  it('nobody’s reminder moves, and an address that we don’t write to is not noted', async () => {
    const mail = await aSentMail();
    const states = () => world.all(`select campaign_id, id, state, reason from reminders order by 1, 2`);
    const before = await states();
    const stranger = { address: 'stranger@example.org', name: 'x' };
    const foreign = [
      '<42@stranger.example>',
      mail.messageId.replace('mail.example.org', 'stranger.example'),
      `<999999.${mail.campaign.id}@mail.example.org>`,
      '<1.00000000-0000-4000-8000-000000000000@mail.example.org>',
    ];
    for (const messageId of foreign) await call(snsCall(sesBounce({ ...stranger, messageId })));
    await call(postmarkCall(postmarkBounce(stranger)));
    expect(await states()).toEqual(before);
    expect(
      await world.all(`select from suppressions where contact_key = $1`, [
        world.keys.contactKey(stranger.address),
      ]),
    ).toEqual([]);
  });

  it('only the address counts: suppressed, with nobody’s consent or reminder touched', async () => {
    const mail = await aSentMail();
    await call(
      snsCall(sesComplaint({ messageId: '<42@stranger.example>', address: mail.address.toUpperCase() })),
    );
    expect(await mail.suppressed()).toEqual(['complaint']);
    expect(await mail.now()).toEqual({ state: 'sent', reason: null });
    expect(
      await world.one(`select email_since is not null as agreed from signups where id = $1`, [mail.signupId]),
    ).toEqual({ agreed: true });
  });

  it('or of one that was never handed over, nothing moves', async () => {
    const mail = await aSentMail();
    await world.db.query(
      `update reminders set state = 'due', fence = 0, settled_at = null, provider_id = null where id = $1`,
      [mail.name.split('.')[0]],
    );
    await call(mailgunCall(mailgunEvent({ ...mail, address: 'stranger@example.org' })));
    expect(await mail.now()).toEqual({ state: 'due', reason: null });
    expect(await mail.suppressed()).toEqual([]);
  });
});

it('ends the same whatever the order and however often', async () => {
  const kinds = {
    delivered: { event: 'delivered' },
    deferred: { event: 'deferred', status: '4.4.1' },
    soft: { event: 'bounce', status: '4.2.2' },
    hard: { event: 'bounce', status: '5.1.1' },
    refused: { event: 'bounce', status: '5.5.0' },
    complained: { event: 'spamreport' },
  };
  type Kind = keyof typeof kinds;
  const order: [Kind, string, string | null][] = [
    ['hard', 'failed', 'bad_address'],
    ['soft', 'failed', 'mailbox_full'],
    ['refused', 'failed', 'refused'],
    ['delivered', 'sent', null],
    ['complained', 'sent', null],
  ];
  const some = fc
    .uniqueArray(fc.constantFrom(...(Object.keys(kinds) as Kind[])), { minLength: 1 })
    .chain((set) =>
      fc.tuple(fc.constant(set), fc.shuffledSubarray([...set, ...set], { minLength: set.length * 2 })),
    );
  await fc.assert(
    fc.asyncProperty(
      some,
      fc.boolean(),
      fc.constantFrom('sent', 'sending'),
      async ([set, events], batch, state) => {
        const mail = await aSentMail(undefined, state);
        const said = Object.fromEntries(set.map((kind) => [kind, sendgridEvent(mail, kinds[kind])]));
        const calls = events.map((kind) => said[kind]!);
        if (batch) await call(sendgridCall(calls));
        else for (const event of calls) expect((await call(sendgridCall([event]))).statusCode).toBe(200);
        const end = order.find(([kind]) => set.includes(kind));
        expect(await mail.now()).toEqual({ state: end?.[1] ?? state, reason: end?.[2] ?? null });
        expect(await mail.suppressed()).toEqual([
          ...(set.includes('complained') ? ['complaint'] : []),
          ...(set.includes('hard') ? ['hard_bounce'] : []),
        ]);
        expect(
          await world.all(`select from receipts where reminder_id = $1`, [mail.name.split('.')[0]]),
        ).toHaveLength(set.length);
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

describe('suppression by bounces that may pass', () => {
  const soft = (mail: SentMail) =>
    call(sendgridCall([sendgridEvent(mail, { event: 'bounce', status: '4.2.2' })]));
  /** The same person's next message, sent. */
  async function nextMail(mail: SentMail): Promise<SentMail> {
    const row = await world.one<{ id: string }>(
      `with copy as (insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, state, fence, tries, due_at, expires_at, settled_at)
         select campaign_id, supporter_id, signup_id, coalition_id, 'rung', $2, 'email', 'sent', 1, 1, due_at, expires_at, now()
         from reminders where id = $1 returning id, campaign_id)
       select id from copy`,
      [mail.name.split('.')[0], `rung-${++made}`],
    );
    const name = `${row.id}.${mail.campaign.id}`;
    return { ...mail, messageId: `<${name}@mail.example.org>`, name };
  }

  it('begins with the fifth in 14 days, each message counted once', async () => {
    let mail = await aSentMail();
    for (let bounce = 1; bounce <= 5; bounce++) {
      expect(await mail.suppressed()).toEqual([]);
      await soft(mail);
      await soft(mail);
      mail = await nextMail(mail);
    }
    expect(await mail.suppressed()).toEqual(['soft_bounces']);
  });

  it('forgets what is older than that', async () => {
    let mail = await aSentMail();
    for (let bounce = 1; bounce <= 5; bounce++) {
      await soft(mail);
      await world.db.query(
        `update receipts set received_at = received_at - interval '4 days' where reminder_id in (select id from reminders where signup_id = $1)`,
        [mail.signupId],
      );
      mail = await nextMail(mail);
    }
    expect(await mail.suppressed()).toEqual([]);
  });
});

it('says our own fault to the organizers once, and suppresses nobody for it', async () => {
  const mail = await aSentMail();
  for (const one of [mail, await aSentMail(mail.campaign)]) {
    await call(snsCall(sesBounce(one, '5.7.515')));
    expect(await one.now()).toEqual({ state: 'failed', reason: 'policy' });
    expect(await one.suppressed()).toEqual([]);
  }
  expect(
    await world.all(`select actor, detail from audit where campaign_id = $1 and action = 'mail.policy'`, [
      mail.campaign.id,
    ]),
  ).toEqual([{ actor: 'system', detail: { code: '5.7.515' } }]);
  expect(world.log).toContain('mail.policy (5.7.515)');
});

describe('a complaint', () => {
  it('ends mail to the address at once: consent withdrawn by the provider, what is pending skipped, no button lifts it', async () => {
    const mail = await aSentMail();
    const again = await world.aCampaign();
    await world.post(again.page, { email: mail.address, zip: '10001' });
    await call(snsCall(sesComplaint(mail)));
    expect(await mail.suppressed()).toEqual(['complaint']);
    expect(
      await world.all(
        `select scope, action, wording, source from consents where campaign_id = $1 and action = 'withdrawn'`,
        [mail.campaign.id],
      ),
    ).toEqual([{ scope: 'email', action: 'withdrawn', wording: 'complaint', source: 'provider' }]);
    expect(
      await world.all(
        `select from reminders where campaign_id = $1 and channel = 'email' and state = 'due'`,
        [again.id],
      ),
    ).toEqual([]);
    await world.post(linkOf(world.keys, mail.signupId, 'opt_in'));
    expect(await mail.suppressed()).toEqual(['complaint']);
  });

  it('of several recipients accuses nobody', async () => {
    const [mail, other] = [await aSentMail(), await aSentMail()];
    const complaint = sesComplaint({ messageId: '<42@stranger.example>', address: mail.address });
    complaint.complaint.complainedRecipients.push({ emailAddress: other.address });
    await call(snsCall(complaint));
    expect([await mail.suppressed(), await other.suppressed()]).toEqual([[], []]);
  });
});

describe('a spike of complaints', () => {
  const stateOf = (id: string) =>
    world.one(`select status, paused_because as why from campaigns where id = $1`, [id]);

  it('pauses the campaign with the third, and says why', async () => {
    const first = await aSentMail();
    const mails = [
      first,
      await aSentMail(first.campaign),
      await aSentMail(first.campaign),
      await aSentMail(first.campaign),
    ];
    for (const mail of mails.slice(0, 2)) await call(snsCall(sesComplaint(mail)));
    expect(await stateOf(first.campaign.id)).toEqual({ status: 'running', why: null });
    await call(snsCall(sesComplaint(mails[2]!)));
    expect(await stateOf(first.campaign.id)).toEqual({ status: 'paused', why: 'complaints' });
    expect(
      await world.one(
        `select actor, detail from audit where campaign_id = $1 and action = 'campaign.paused'`,
        [first.campaign.id],
      ),
    ).toEqual({ actor: 'system', detail: { because: 'complaints', bad: 3, sent: 4 } });
    const notice = await world.one<{ body: string }>(
      `select body from notices where campaign_id = $1 and kind = 'paused'`,
      [first.campaign.id],
    );
    const body = world.keys.open('notice', notice.body);
    expect(body).toContain('people marked our mail as spam');
    expect(body).toContain(`https://drumbeat.example/console/campaigns/${first.campaign.id}`);
    await call(snsCall(sesComplaint(mails[3]!)));
    expect(
      await world.all(`select from audit where campaign_id = $1 and action = 'campaign.paused'`, [
        first.campaign.id,
      ]),
    ).toHaveLength(1);
  });

  it('is none where so many got mail, or where the complaints are of yesterday', async () => {
    const first = await aSentMail();
    await world.db.query(
      `insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, state, fence, due_at, expires_at, settled_at)
       select campaign_id, gen_random_uuid(), gen_random_uuid(), coalition_id, 'rung', 'many', 'email', 'sent', 1, due_at, expires_at, now()
       from reminders, generate_series(1, 1000) where id = $1`,
      [first.name.split('.')[0]],
    );
    for (const mail of [first, await aSentMail(first.campaign), await aSentMail(first.campaign)])
      await call(snsCall(sesComplaint(mail)));
    expect(await stateOf(first.campaign.id)).toEqual({ status: 'running', why: null });

    const mails = [await aSentMail()];
    for (const _ of [2, 3]) mails.push(await aSentMail(mails[0]!.campaign));
    for (const mail of mails) {
      await call(snsCall(sesComplaint(mail)));
      await world.db.query(
        `update receipts set received_at = received_at - interval '25 hours' where campaign_id = $1`,
        [mail.campaign.id],
      );
    }
    expect(await stateOf(mails[0]!.campaign.id)).toEqual({ status: 'running', why: null });
  });

  it('leaves a campaign that people have paused as it is', async () => {
    const first = await aSentMail();
    const mails = [first, await aSentMail(first.campaign), await aSentMail(first.campaign)];
    await world.db.query(`update campaigns set status = 'paused' where id = $1`, [first.campaign.id]);
    for (const mail of mails) await call(snsCall(sesComplaint(mail)));
    expect(await stateOf(first.campaign.id)).toEqual({ status: 'paused', why: null });
  });
});

it('keeps webhooks for 30 days, and no longer', async () => {
  const mail = await aSentMail();
  for (const age of [29, 31]) {
    await call(postmarkCall({ RecordType: 'Delivery', MessageID: `aged-${age}` }));
    await world.db.query(
      `update webhooks set received_at = now() - make_interval(days => $1) where id = (select max(id) from webhooks)`,
      [age],
    );
  }
  await world.db.query(
    `update tokens set ends_at = now() - interval '1 minute' where signup_id = $1 and purpose = 'arrival'`,
    [mail.signupId],
  );
  await new Receipts(world.db.manager, world.keys).purge();
  expect(await world.all(`select from webhooks where received_at < now() - interval '20 days'`)).toHaveLength(
    1,
  );
  expect(
    await world.all(`select purpose from tokens where signup_id = $1 and purpose = 'arrival'`, [
      mail.signupId,
    ]),
  ).toEqual([]);
  expect(await world.all(`select from tokens where signup_id = $1`, [mail.signupId])).not.toEqual([]);
});
