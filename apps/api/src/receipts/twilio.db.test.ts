import twilio from 'twilio';
import { Receipts, Reminders } from '#postgres';
import { linkOf, twilioToken, useApi } from '../../../../test/support/use-api.js';

const world = useApi({
  SIGNUPS_PER_IP_10_MINUTES: '1000000',
  SIGNUPS_PER_IP_A_DAY: '1000000',
  SMS_QUESTIONS_A_DAY_PER_PREFIX: '10000',
  SMS_QUESTIONS_AN_HOUR_TO_NEIGHBOURS: '10000',
});
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

/** How a text ended, as Twilio says it. */
const undelivered = (
  text: Awaited<ReturnType<typeof aSentText>>,
  ErrorCode: string,
  MessageStatus = 'undelivered',
) => call({ url: text.url, body: { MessageSid: text.sid, MessageStatus, ErrorCode } });

describe('a receipt with an error code', () => {
  const reasons = (phone: string) =>
    world.all(`select reason from suppressions where contact_key = $1 order by 1`, [
      world.keys.contactKey(phone),
    ]);
  /** More texts to the same phone, each of another campaign, which all ended so. */
  const othersEnded = (id: string, reason: string, many: number) =>
    world.db.query(
      `insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, phone_key, kind, key, channel, state, reason, fence, due_at, expires_at, settled_at)
       select campaign_id, supporter_id, signup_id, coalition_id, phone_key, 'rung', 'rung#' || n, 'sms', 'failed', $2, 1, due_at, expires_at, now()
       from reminders, generate_series(1, $3::int) n where id = $1`,
      [id, reason, many],
    );

  it.each([
    ['21211', 'bad_number'],
    ['21614', 'landline'],
    ['30006', 'landline'],
    ['21610', 'opted_out'],
  ])('of %s ends texts to the phone at once: %s', async (code, reason) => {
    const text = await aSentText();
    await undelivered(text, code);
    expect(await reasons(text.phone)).toEqual([{ reason }]);
  });

  it.each([
    ['30005', 'bad_address', 1],
    ['30003', 'unreachable', 2],
  ])('of %s ends them when as many came before as the table says', async (code, reason, before) => {
    const text = await aSentText();
    await othersEnded(text.id, reason, before - 1);
    await undelivered(text, code);
    await undelivered(text, code, 'failed');
    expect(await reasons(text.phone)).toEqual([]);
    const [again] = [await aSentText()];
    await othersEnded(again.id, reason, before);
    await undelivered(again, code);
    expect(await reasons(again.phone)).toEqual([{ reason: 'bad_number' }]);
    expect(await again.now()).toEqual({ state: 'failed', reason });
  });

  it.each(['30003', '30007', '30034', '21408', '14107'])('of %s alone suppresses nobody', async (code) => {
    const text = await aSentText();
    await undelivered(text, code);
    expect(await reasons(text.phone)).toEqual([]);
    expect(await text.now()).toMatchObject({ state: 'failed' });
  });

  it('of an opt-out that START has lifted since does not come back with a doubled callback', async () => {
    const text = await aSentText();
    await undelivered(text, '21610');
    await world.db.query(`update suppressions set lifted_at = now() where contact_key = $1`, [
      world.keys.contactKey(text.phone),
    ]);
    await undelivered(text, '21610');
    expect(
      await world.all(`select from suppressions where contact_key = $1 and lifted_at is null`, [
        world.keys.contactKey(text.phone),
      ]),
    ).toEqual([]);
  });

  it('of a sender that is not registered makes texts wait, mail go on, and says so once', async () => {
    const [text, waiting] = [await aSentText(), await aSentText()];
    await world.db.query(
      `update reminders set state = 'due', settled_at = null, provider_id = null where id = $1`,
      [waiting.id],
    );
    await undelivered(text, '30034');
    expect(
      await world.one(
        `select not_before > now() + interval '55 minutes' as waits from reminders where id = $1`,
        [waiting.id],
      ),
    ).toEqual({ waits: true });
    expect(
      await world.all(`select from reminders where channel = 'email' and not_before is not null`),
    ).toEqual([]);
    await undelivered(text, '30034', 'failed');
    expect(
      await world.all(`select actor, detail from audit where campaign_id = $1 and action = 'texts.policy'`, [
        text.campaign.id,
      ]),
    ).toEqual([{ actor: 'system', detail: { code: '30034' } }]);
    expect(world.log).toContain('texts.policy (30034)');
  });

  it('of a loop of answers is known by the phone', async () => {
    const [text, other] = [await aSentText(), await aSentText()];
    await undelivered(text, '14107');
    const loops = new Receipts(world.db.manager, world.keys);
    const keyOf = (phone: string) => world.keys.contactKey(phone);
    expect([await loops.inReplyLoop(keyOf(text.phone)), await loops.inReplyLoop(keyOf(other.phone))]).toEqual(
      [true, false],
    );
  });

  it('of texts that carriers filter pauses the campaign at the fifth, and says why', async () => {
    const text = await aSentText();
    const stateOf = () =>
      world.one(`select status, paused_because as why from campaigns where id = $1`, [text.campaign.id]);
    await othersEnded(text.id, 'filtered', 4);
    await world.db.query(
      `insert into receipts (provider, provider_id, status, code, campaign_id, reminder_id)
       select 'twilio', 'SM-filtered-' || id, 'undelivered', '30007', campaign_id, id from reminders
       where campaign_id = $1 and reason = 'filtered' order by id limit 3`,
      [text.campaign.id],
    );
    const before = await stateOf();
    await undelivered(text, '30007');
    expect([before, await stateOf()]).toEqual([
      { status: 'running', why: null },
      { status: 'running', why: null },
    ]);
    await world.db.query(
      `insert into receipts (provider, provider_id, status, code, campaign_id, reminder_id)
       select 'twilio', 'SM-filtered-' || id, 'undelivered', '30007', campaign_id, id from reminders
       where campaign_id = $1 and reason = 'filtered' on conflict do nothing`,
      [text.campaign.id],
    );
    await undelivered(text, '30007', 'failed');
    expect(await stateOf()).toEqual({ status: 'paused', why: 'filtered' });
    expect(
      await world.one(
        `select actor, detail ->> 'because' as because from audit where campaign_id = $1 and action = 'campaign.paused'`,
        [text.campaign.id],
      ),
    ).toEqual({ actor: 'system', because: 'filtered' });
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
    ['DONE', 'closed', 'whichOne'],
    ['YES', 'closed', 'help'],
    ['YES', 'ended', 'help'],
  ])(
    '%s in a campaign that is %s is kept, answered with %s, and changes nothing',
    async (said, status, reply) => {
      const { phone, campaign } = await aSentText();
      await world.db.query(
        `update campaigns set status = $2, closed_at = case $2 when 'closed' then campaign_now() end where id = $1`,
        [campaign.id, status],
      );
      expect((await receive(phone, said)).statusCode).toBe(200);
      expect(await replies(campaign.id)).toEqual([reply]);
      expect(
        await world.one(`select outcome, sms_since from signups where campaign_id = $1`, [campaign.id]),
      ).toEqual({ outcome: null, sms_since: null });
      expect(
        await world.all(`select meaning from texts where phone_key = $1`, [world.keys.contactKey(phone)]),
      ).toEqual([{ meaning: said.toLowerCase() }]);
    },
  );

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
