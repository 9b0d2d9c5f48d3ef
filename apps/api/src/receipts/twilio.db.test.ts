import twilio from 'twilio';
import { Reminders } from '#postgres';
import { linkOf, twilioToken, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const phone = '+12127365000';
let made = 0;
const aSid = () => `SM${String(++made).padStart(32, '0')}`;

type Call = {
  url: string;
  body: Record<string, string>;
  signature?: string;
  type?: string;
  payload?: string;
};

function call({ url, body, signature, type = 'application/x-www-form-urlencoded', payload }: Call) {
  const signed = twilio.getExpectedTwilioSignature(twilioToken, `https://drumbeat.example${url}`, body);
  return world.send({
    method: 'POST',
    url,
    payload: payload ?? new URLSearchParams(body).toString(),
    headers: { 'content-type': type, ...(signature !== '' && { 'x-twilio-signature': signature ?? signed }) },
  });
}

/** A question by text that has been handed over and accepted under `sid`. */
async function aSentText(state: 'sent' | 'unknown' = 'sent') {
  const campaign = await world.aCampaign();
  const own = `+1212736${String(5000 + ++made)}`;
  await world.post(campaign.page, { phone: own, smsConsent: 'on', zip: '10001' });
  await world.db.query(`update reminders set due_at = campaign_now() where campaign_id = $1`, [campaign.id]);
  const reminders = new Reminders(world.db.manager);
  await world.db.query(
    `update reminders set state = 'sending', fence = 1, tries = 1, checked_at = now(), lease_until = now() + interval '1 minute'
     where campaign_id = $1 and kind = 'sms_optin'`,
    [campaign.id],
  );
  const text = await world.one<{ id: string; campaignId: string; fence: number }>(
    `select id, campaign_id as "campaignId", fence from reminders where campaign_id = $1 and kind = 'sms_optin'`,
    [campaign.id],
  );
  const sid = aSid();
  await reminders.settle([
    state === 'sent' ? { ...text, outcome: 'sent', providerId: sid } : { ...text, outcome: 'ambiguous' },
  ]);
  const url = `/hooks/twilio/status?r=${campaign.id}.${text.id}`;
  const now = () =>
    world.one(`select state, reason from reminders where campaign_id = $1 and id = $2`, [
      campaign.id,
      text.id,
    ]);
  return { campaign, phone: own, sid, url, now, id: text.id };
}

describe('a webhook that Twilio did not sign', () => {
  it.each([
    ['is not signed', { signature: '' }],
    ['is signed with nonsense', { signature: 'bm9uc2Vuc2U=' }],
    [
      'is signed with another account’s token',
      {
        signature: twilio.getExpectedTwilioSignature(
          'another-token',
          'https://drumbeat.example/hooks/twilio/inbound',
          {},
        ),
      },
    ],
  ])('is refused and leaves no trace when it %s', async (_, forged) => {
    const { url, sid } = await aSentText();
    const before = await world.rows();
    const inbound = { MessageSid: aSid(), From: phone, Body: 'STOP forged words' };
    const answers = [
      await call({ url: '/hooks/twilio/inbound', body: inbound, ...forged }),
      await call({ url, body: { MessageSid: sid, MessageStatus: 'failed' }, ...forged }),
    ];
    for (const answer of answers) {
      expect([answer.statusCode, answer.json()['code']]).toEqual([403, 'signature']);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    }
    expect(await world.rows()).toEqual(before);
    for (const said of [phone, 'forged words']) expect(world.log).not.toContain(said);
  });

  it('is refused when the signature is of other words, or of another address', async () => {
    const { url, sid } = await aSentText();
    const body = { MessageSid: sid, MessageStatus: 'delivered' };
    const ofThese = twilio.getExpectedTwilioSignature(twilioToken, `https://drumbeat.example${url}`, body);
    const before = await world.rows();
    expect(
      (await call({ url, body: { ...body, MessageStatus: 'failed' }, signature: ofThese })).statusCode,
    ).toBe(403);
    expect((await call({ url: `${url}1`, body, signature: ofThese })).statusCode).toBe(403);
    expect(await world.rows()).toEqual(before);
  });

  it('is refused when it is no form', async () => {
    const before = await world.rows();
    const at = (type: string, payload: string) =>
      call({ url: '/hooks/twilio/inbound', body: {}, type, payload });
    expect((await at('application/xml', '<Body/>')).statusCode).toBe(415);
    expect((await at('application/json', '{"From":"+12127365000"')).statusCode).toBe(400);
    expect(
      (await at('application/json', `{"From":"${phone}","MessageSid":"SM1","Body":"STOP"}`)).statusCode,
    ).toBe(403);
    expect((await at('application/x-www-form-urlencoded', '%%%\u0001=')).statusCode).toBeGreaterThanOrEqual(
      400,
    );
    expect(await world.rows()).toEqual(before);
  });
});

describe('a signed webhook that makes no sense', () => {
  it.each([
    ['a status without a message', { MessageStatus: 'sent' }],
    ['a status that names itself in a kilobyte', { MessageSid: 'SM1', MessageStatus: 'x'.repeat(1_000) }],
  ])('is refused: %s', async (_, body) => {
    const { url } = await aSentText();
    const before = await world.rows();
    expect((await call({ url, body: body })).json()).toMatchObject({
      status: 400,
      code: 'invalid',
    });
    expect(await world.rows()).toEqual(before);
  });

  it('is refused when it does not say which reminder it is about', async () => {
    const before = await world.rows();
    for (const url of [
      '/hooks/twilio/status',
      '/hooks/twilio/status?r=7',
      '/hooks/twilio/status?r[]=a&r[]=b',
    ])
      expect((await call({ url, body: { MessageSid: 'SM1', MessageStatus: 'sent' } })).statusCode).toBe(400);
    expect(await world.rows()).toEqual(before);
  });
});

describe('a receipt', () => {
  it('for a message that is not ours is taken politely, and changes nothing', async () => {
    const { campaign } = await aSentText();
    const before = await world.rows();
    for (const r of [`${campaign.id}.999999`, '00000000-0000-4000-8000-000000000000.1'])
      expect(
        (
          await call({
            url: `/hooks/twilio/status?r=${r}`,
            body: { MessageSid: aSid(), MessageStatus: 'failed' },
          })
        ).statusCode,
      ).toBe(204);
    expect(await world.rows()).toEqual(before);
  });

  it('under another MessageSid than ours changes nothing', async () => {
    const { url, now } = await aSentText();
    const before = await world.rows();
    expect(
      (await call({ url, body: { MessageSid: aSid(), MessageStatus: 'failed', ErrorCode: '30003' } }))
        .statusCode,
    ).toBe(204);
    expect(await world.rows()).toEqual(before);
    expect(await now()).toEqual({ state: 'sent', reason: null });
  });

  it('for a reminder that was never handed over changes nothing', async () => {
    const campaign = await world.aCampaign();
    await world.post(campaign.page, { email: 'waiting@example.org', zip: '10001' });
    const waiting = await world.one<{ id: string }>(
      `select id from reminders where campaign_id = $1 limit 1`,
      [campaign.id],
    );
    const before = await world.rows();
    await call({
      url: `/hooks/twilio/status?r=${campaign.id}.${waiting.id}`,
      body: { MessageSid: aSid(), MessageStatus: 'delivered' },
    });
    expect(await world.rows()).toEqual(before);
  });

  it('with a status that we do not know is noted, and changes nothing else', async () => {
    const { url, sid, now } = await aSentText();
    expect((await call({ url, body: { MessageSid: sid, MessageStatus: 'teleported' } })).statusCode).toBe(
      204,
    );
    expect(await now()).toEqual({ state: 'sent', reason: null });
  });

  it.each([
    [['queued', 'sent', 'undelivered']],
    [['undelivered', 'sent', 'queued']],
    [['sent', 'undelivered', 'sent', 'undelivered', 'queued', 'queued']],
  ])('ends in the same state whatever the order and however often: %j', async (statuses) => {
    for (const state of ['sent', 'unknown'] as const) {
      const { url, sid, now } = await aSentText(state);
      for (const MessageStatus of statuses)
        expect(
          (await call({ url, body: { MessageSid: sid, MessageStatus, ErrorCode: '30003' } })).statusCode,
        ).toBe(204);
      expect(await now()).toEqual({ state: 'failed', reason: 'unreachable' });
    }
  });
});

describe('a receipt that says a number must not be used', () => {
  const suppressed = (phone: string) =>
    world.all(`select channel, reason, source from suppressions where contact_key = $1`, [
      world.keys.contactKey(phone),
    ]);

  it('suppresses the phone of the reminder', async () => {
    const { url, sid, phone } = await aSentText();
    await call({ url, body: { MessageSid: sid, MessageStatus: 'undelivered', ErrorCode: '30006' } });
    await call({ url, body: { MessageSid: sid, MessageStatus: 'undelivered', ErrorCode: '30006' } });
    expect(await suppressed(phone)).toEqual([{ channel: 'sms', reason: 'landline', source: 'provider' }]);
  });

  it('suppresses nobody when it is under another MessageSid', async () => {
    const { url, phone } = await aSentText();
    await call({ url, body: { MessageSid: aSid(), MessageStatus: 'undelivered', ErrorCode: '30006' } });
    expect(await suppressed(phone)).toEqual([]);
  });
});

describe('a text from a phone', () => {
  const receive = (From: string, Body: string, more: Record<string, string> = {}) =>
    call({ url: '/hooks/twilio/inbound', body: { MessageSid: aSid(), From, Body, ...more } });

  it('is taken once, however often it comes', async () => {
    const { phone, campaign } = await aSentText();
    const body = { MessageSid: aSid(), From: phone, Body: 'YES' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => call({ url: '/hooks/twilio/inbound', body })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    const row = await world.one(
      `select (select count(*)::int from texts where message_sid = $2) as texts,
         (select count(*)::int from reminders where campaign_id = $1 and kind = 'reply') as replies,
         (select count(*)::int from consents where campaign_id = $1 and scope = 'sms' and wording = 'YES') as yeses`,
      [campaign.id, body.MessageSid],
    );
    expect(row).toEqual({ texts: 1, replies: 1, yeses: 1 });
  });

  it('from a number that nobody gave is kept sealed, and STOP holds for whoever gives it later', async () => {
    const unknown = '+16714728931';
    await receive(unknown, 'STOP');
    const campaign = await world.aCampaign();
    await world.post(campaign.page, { phone: unknown, smsConsent: 'on', zip: '96910' });
    await world.db.query(`update reminders set due_at = campaign_now() where campaign_id = $1`, [
      campaign.id,
    ]);
    expect(await new Reminders(world.db.manager).claim(campaign.id, 'sms', 10, 60)).toMatchObject({
      claimed: [],
    });
    expect(
      await world.db.query(`select reason from reminders where campaign_id = $1 and kind = 'sms_optin'`, [
        campaign.id,
      ]),
    ).toEqual([{ reason: 'suppressed' }]);
  });

  it('YES from a number that its person has changed since, and another has, agrees to nothing', async () => {
    const { phone, campaign } = await aSentText();
    const another = await world.aCampaign();
    await world.post(another.page, { email: 'inherits@example.org', phone, smsConsent: 'on', zip: '10001' });
    await world.db.query(
      `update supporters set phone_key = $2 where id = (select supporter_id from signups where campaign_id = $1)`,
      [campaign.id, world.keys.contactKey('+12127369999')],
    );
    expect((await receive(phone, 'YES')).statusCode).toBe(200);
    expect(
      await world.db.query(`select sms_since from signups where campaign_id = $1`, [campaign.id]),
    ).toEqual([{ sms_since: null }]);
  });

  it('DONE confirms nobody but the one whom the last text addressed', async () => {
    const { phone, campaign } = await aSentText();
    const another = await world.aCampaign();
    await world.post(another.page, { email: 'shares@example.org', phone, smsConsent: 'on', zip: '10001' });
    await world.db.query(
      `update supporters set phone_key = $2 where id = (select supporter_id from signups where campaign_id = $1)`,
      [campaign.id, world.keys.contactKey('+12127369998')],
    );
    await receive(phone, 'DONE');
    expect(
      await world.db.query(`select from signups where campaign_id = any($1) and outcome is not null`, [
        [campaign.id, another.id],
      ]),
    ).toEqual([]);
  });

  const replies = async (campaignId: string) =>
    (
      await world.all<{ key: string }>(
        `select key from reminders where campaign_id = $1 and kind = 'reply' order by id`,
        [campaignId],
      )
    ).map(({ key }) => key.split(':')[0]);

  it.each([
    ['DONE', 'closed'],
    ['YES', 'closed'],
    ['YES', 'ended'],
  ])('%s in a campaign that is %s is kept, answered with help, and changes nothing', async (said, status) => {
    const { phone, campaign } = await aSentText();
    await world.db.query(
      `update campaigns set status = $2, closed_at = case $2 when 'closed' then campaign_now() end where id = $1`,
      [campaign.id, status],
    );
    expect((await receive(phone, said)).statusCode).toBe(200);
    expect(await replies(campaign.id)).toEqual(['help']);
    expect(
      await world.one(`select outcome, sms_since from signups where campaign_id = $1`, [campaign.id]),
    ).toEqual({ outcome: null, sms_since: null });
    expect(
      await world.all(`select meaning from texts where phone_key = $1`, [world.keys.contactKey(phone)]),
    ).toEqual([{ meaning: said.toLowerCase() }]);
  });

  it('START gives texts back to those whose texts the STOP ended, and to nobody else', async () => {
    const { phone, campaign } = await aSentText();
    await receive(phone, 'YES');
    const [silent, refused] = [await world.aCampaign(), await world.aCampaign()];
    for (const { page } of [silent, refused])
      await world.post(page, { phone, smsConsent: 'on', zip: '10001' });
    const no = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [refused.id]);
    await world.db.query(`update signups set sms_since = campaign_now() where id = $1`, [no.id]);
    await world.post(`${linkOf(world.keys, no.id, 'me')}/sms`, { channel: 'off' });
    const on = () =>
      world.all(
        `select campaign_id as id from signups where campaign_id = any($1) and sms_since is not null`,
        [[campaign.id, silent.id, refused.id]],
      );

    await receive(phone, 'STOP');
    expect(await on()).toEqual([]);
    await receive(phone, 'START');
    expect(await on()).toEqual([{ id: campaign.id }]);
    expect(await replies(campaign.id)).toEqual(['optedIn', 'stopped', 'started']);
  });

  it('START gives back what the stop page ended, since that page says so', async () => {
    const { phone, campaign } = await aSentText();
    await receive(phone, 'YES');
    const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
      campaign.id,
    ]);
    await world.post(linkOf(world.keys, id, 'stop'), { scope: 'all' });
    await receive(phone, 'START');
    expect(await world.one(`select sms_since from signups where id = $1`, [id])).toEqual({
      sms_since: expect.any(Date) as unknown,
    });
  });

  it('START where nobody had said yes lifts the STOP, and agrees for nobody', async () => {
    const { phone, campaign } = await aSentText();
    await receive(phone, 'STOP');
    await receive(phone, 'START');
    expect(
      await world.all(`select from suppressions where contact_key = $1 and lifted_at is null`, [
        world.keys.contactKey(phone),
      ]),
    ).toEqual([]);
    expect(await world.all(`select sms_since from signups where campaign_id = $1`, [campaign.id])).toEqual([
      { sms_since: null },
    ]);
    expect(await replies(campaign.id)).toEqual(['stopped', 'help']);
  });

  it('leaves neither number nor words in the log', async () => {
    const { phone } = await aSentText();
    await receive(phone, 'I am so tired of my diagnosis');
    await receive('not a number at all', 'nonsense-words');
    for (const said of [phone, 'diagnosis', 'not a number', 'nonsense-words'])
      expect(world.log).not.toContain(said);
  });
});
