import twilio from 'twilio';
import type { ReminderKind } from '#domain';
import {
  Campaigns,
  Coalitions,
  Notices,
  Reminders,
  sealNotify,
  type SignupView,
  Tallies,
  Texts,
} from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { twilioToken, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const { aCampaign, aCoalition, aSignup, agree, minutesFromNow } = buildersFor(world);
let made = 0;
const aSid = () => `SM${String(++made).padStart(32, '0')}`;
const aPhone = () => `+1503555${String(1000 + ++made)}`;

/** @returns what the hook answers: as a rule nothing is said there */
async function post(body: Record<string, string>) {
  const url = '/hooks/twilio/inbound';
  const answer = await world.send({
    method: 'POST',
    url,
    payload: new URLSearchParams(body).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(
        twilioToken,
        `https://drumbeat.example${url}`,
        body,
      ),
    },
  });
  expect(answer.statusCode).toBe(200);
  return answer.body;
}
const said = (words = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><Response${words ? `><Message>${words}</Message></Response>` : '/>'}`;
const write = (From: string, Body: string, more: Record<string, string> = {}) =>
  post({ MessageSid: aSid(), From, Body, NumMedia: '0', ...more });
const receive = async (...text: Parameters<typeof write>) => expect(await write(...text)).toBe(said());

/** Somebody in a running campaign, of their own or one given, who agreed to texts. */
async function somebody({
  phone = aPhone(),
  beside,
  agreed = true,
}: { phone?: string; beside?: SignupView; agreed?: boolean } = {}) {
  const coalition = beside
    ? (await new Coalitions(world.db.manager).byId(beside.coalitionId))!
    : await aCoalition();
  const campaign = beside
    ? (await new Campaigns(world.db.manager).byId(beside.campaignId))!
    : await aCampaign([coalition], { running: true });
  const signup = await aSignup(campaign, coalition, { phone });
  if (agreed) await agree(signup);
  return { ...signup, phone };
}

/** A text of ours that went out so many minutes ago. */
async function sent(signup: SignupView, kind: ReminderKind, minutesAgo = 60) {
  const key = `sent#${++made}`;
  await new Reminders(world.db.manager).add(signup, [
    {
      kind,
      key,
      channel: 'sms',
      dueAt: await minutesFromNow(-minutesAgo),
      expiresAt: await minutesFromNow(60),
    },
  ]);
  await world.db.query(
    `update reminders set state = 'sent', settled_at = now() where campaign_id = $1 and key = $2`,
    [signup.campaignId, key],
  );
}
const replies = async (phone: string) =>
  (
    await world.all<{ reply: string }>(
      `select split_part(key, ':', 1) as reply from reminders where kind = 'reply' and phone_key = $1 order by id`,
      [world.keys.contactKey(phone)],
    )
  ).map(({ reply }) => reply);
const textsOn = async (signup: SignupView) =>
  (
    await world.one<{ on: boolean }>(`select sms_since is not null as on from signups where id = $1`, [
      signup.id,
    ])
  ).on;
const outcomeOf = async (signup: SignupView) =>
  (await world.one<{ outcome: string | null }>(`select outcome from signups where id = $1`, [signup.id]))
    .outcome;
const isStopped = async (phone: string) =>
  (
    await world.all(
      `select from suppressions where contact_key = $1 and channel = 'sms' and reason = 'stop' and lifted_at is null`,
      [world.keys.contactKey(phone)],
    )
  ).length === 1;
const meanings = async (phone: string) =>
  (
    await world.all<{ meaning: string }>(`select meaning from texts where phone_key = $1 order by id`, [
      world.keys.contactKey(phone),
    ])
  ).map(({ meaning }) => meaning);

describe('STOP', () => {
  it.each([
    'STOP',
    'stopall',
    'please stop texting me',
    'Unsubscribe',
    'no más mensajes por favor',
    'ALTO',
    'PARAR',
  ])('"%s" ends every text to the phone, in every campaign, and is confirmed once', async (said) => {
    const one = await somebody();
    const other = await somebody({ phone: one.phone });
    await receive(one.phone, said);
    await receive(one.phone, said);
    expect(await replies(one.phone)).toEqual(['stopped']);
    expect([await textsOn(one), await textsOn(other), await isStopped(one.phone)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is confirmed within five minutes or not at all', async () => {
    const { phone, campaignId } = await somebody();
    await receive(phone, 'STOP');
    const [row] = await world.all<{ seconds: number }>(
      `select extract(epoch from expires_at - due_at)::int as seconds from reminders where campaign_id = $1 and kind = 'reply'`,
      [campaignId],
    );
    expect(row).toEqual({ seconds: 300 });
    const claim = await new Reminders(world.db.manager).claim(campaignId, 'sms', 10, 60);
    expect(claim.claimed.map(({ kind }) => kind)).toEqual(['reply']);
  });

  it('leaves proof: the words as they came, sealed, when, and by which means', async () => {
    const { supporterId, campaignId, phone } = await somebody();
    await receive(phone, 'Please STOP texting me, ok?');
    const proof = await world.one<{ said: string; at: Date }>(
      `select action, wording, source, said, at, contact_key from consents where supporter_id = $1 and campaign_id = $2
       order by id desc limit 1`,
      [supporterId, campaignId],
    );
    expect(proof).toMatchObject({
      action: 'withdrawn',
      wording: 'STOP',
      source: 'text',
      contact_key: world.keys.contactKey(phone),
    });
    expect(world.keys.open('text', proof.said)).toBe('Please STOP texting me, ok?');
    expect(proof.at).toBeInstanceOf(Date);
  });

  it('from a number that nobody gave is recorded and not answered', async () => {
    const phone = aPhone();
    await receive(phone, 'STOP');
    expect([await isStopped(phone), await meanings(phone), await replies(phone)]).toEqual([
      true,
      ['stop'],
      [],
    ]);
  });

  it('ends at START, and only there', async () => {
    const ana = await somebody();
    await sent(ana, 'sms_optin');
    for (const said of ['STOP', 'YES', 'DONE', 'hello']) await receive(ana.phone, said);
    expect([await isStopped(ana.phone), await replies(ana.phone)]).toEqual([true, ['stopped']]);
    await receive(ana.phone, 'START');
    expect([await isStopped(ana.phone), await textsOn(ana)]).toEqual([false, true]);
    expect(await replies(ana.phone)).toEqual(['stopped', 'started']);
  });

  it('does not keep HELP from being answered', async () => {
    const { phone, campaignId } = await somebody();
    await receive(phone, 'STOP');
    await receive(phone, 'HELP');
    expect(await replies(phone)).toEqual(['stopped', 'help']);
    const { claimed } = await new Reminders(world.db.manager).claim(campaignId, 'sms', 10, 60);
    expect(claimed).toHaveLength(2);
  });

  it('is confirmed in another campaign’s name when the phone’s own is paused', async () => {
    const live = await somebody();
    const paused = await somebody({ phone: live.phone });
    await sent(paused, 'rung');
    await world.db.query(`update campaigns set status = 'paused' where id = $1`, [paused.campaignId]);
    await receive(live.phone, 'STOP');
    expect(
      (await new Reminders(world.db.manager).claim(live.campaignId, 'sms', 10, 60)).claimed,
    ).toHaveLength(1);
  });
});

describe('what Twilio has answered', () => {
  it.each(['STOP', 'START', 'HELP'])('is recorded and not answered again: %s', async (word) => {
    const { phone } = await somebody();
    await receive(phone, word, { OptOutType: word });
    expect([await replies(phone), await meanings(phone)]).toEqual([[], [word.toLowerCase()]]);
    expect(await isStopped(phone)).toBe(word === 'STOP');
  });

  it('is a STOP whatever we read in it, and a START lifts it', async () => {
    const { phone } = await somebody();
    await receive(phone, 'arrête', { OptOutType: 'STOP' });
    expect(await isStopped(phone)).toBe(true);
    await receive(phone, 'YES', { OptOutType: 'START' });
    expect(await isStopped(phone)).toBe(false);
  });

  it('is a yes to our question when Twilio counts YES among its words for START', async () => {
    const ana = await somebody({ agreed: false });
    await sent(ana, 'sms_optin');
    await receive(ana.phone, 'YES', { OptOutType: 'START' });
    expect([await textsOn(ana), await replies(ana.phone), await meanings(ana.phone)]).toEqual([
      true,
      [],
      ['yes'],
    ]);
  });

  it('by a word of its own that we do not know costs nobody a STOP', async () => {
    const { phone } = await somebody();
    await receive(phone, 'STOP', { OptOutType: 'PAUSE' });
    expect([await isStopped(phone), await replies(phone)]).toEqual([true, ['stopped']]);
  });
});

describe('YES', () => {
  it.each(['YES', 'sí', 'START', 'ok'])('"%s" agrees to the question that waits', async (said) => {
    const ana = await somebody({ agreed: false });
    await sent(ana, 'sms_optin');
    await receive(ana.phone, said);
    expect([await textsOn(ana), await replies(ana.phone)]).toEqual([true, ['optedIn']]);
  });

  it('answers the newest of two questions, said again the other, and then nothing more', async () => {
    const older = await somebody({ agreed: false });
    const newer = await somebody({ phone: older.phone, agreed: false });
    const neverAsked = await somebody({ phone: older.phone, agreed: false });
    await sent(older, 'sms_optin', 60);
    await sent(newer, 'sms_optin', 30);
    await receive(older.phone, 'YES');
    expect([await textsOn(older), await textsOn(newer)]).toEqual([false, true]);
    await receive(older.phone, 'YES');
    await receive(older.phone, 'YES');
    expect([await textsOn(older), await textsOn(newer), await textsOn(neverAsked)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('without a question agrees to nothing', async () => {
    const ana = await somebody({ agreed: false });
    await receive(ana.phone, 'YES');
    await sent(ana, 'sms_optin', 15 * 24 * 60);
    await receive(ana.phone, 'YES');
    expect([await textsOn(ana), await replies(ana.phone)]).toEqual([false, ['help', 'help']]);
  });

  it('passes over a campaign that has ended, and agrees in the one that has not', async () => {
    const open = await somebody({ agreed: false });
    const over = await somebody({ phone: open.phone, agreed: false });
    await sent(open, 'sms_optin', 60);
    await sent(over, 'sms_optin', 30);
    await world.db.query(`update campaigns set status = 'ended' where id = $1`, [over.campaignId]);
    await receive(open.phone, 'YES');
    expect([await textsOn(open), await textsOn(over)]).toEqual([true, false]);
  });
});

describe('DONE', () => {
  it.each(['DONE', 'I did it', 'ya lo hice', 'listo'])('"%s" counts after a reminder', async (said) => {
    const ana = await somebody();
    await sent(ana, 'rung', 13 * 24 * 60);
    await receive(ana.phone, said);
    expect([await outcomeOf(ana), await replies(ana.phone)]).toEqual(['filed', ['done']]);
    await receive(ana.phone, said);
    expect(await replies(ana.phone)).toEqual(['done', 'alreadyDone']);
  });

  it('after our question, or after fourteen days, is asked which one it was', async () => {
    const [asked, old] = [await somebody(), await somebody()];
    await sent(asked, 'sms_optin');
    await sent(old, 'rung', 14 * 24 * 60 + 1);
    for (const person of [asked, old]) {
      await receive(person.phone, 'DONE');
      expect([await outcomeOf(person), await replies(person.phone)]).toEqual([null, ['whichOne']]);
    }
  });

  it('counts for the last reminder, though another campaign has asked a question since', async () => {
    const reminded = await somebody();
    const asked = await somebody({ phone: reminded.phone, agreed: false });
    await sent(reminded, 'last_call', 60);
    await sent(asked, 'sms_optin', 30);
    await receive(reminded.phone, 'DONE');
    expect([await outcomeOf(reminded), await outcomeOf(asked)]).toEqual(['filed', null]);
  });

  it('of two campaigns counts in the one that reminded last', async () => {
    const first = await somebody();
    const last = await somebody({ phone: first.phone });
    await sent(first, 'rung', 60);
    await sent(last, 'alert', 30);
    await receive(first.phone, 'DONE');
    expect([await outcomeOf(first), await outcomeOf(last), await textsOn(first)]).toEqual([
      null,
      'filed',
      true,
    ]);
  });

  it('ends the campaign’s texts to a shared phone, and confirms only whom the reminder addressed', async () => {
    const ana = await somebody();
    const ben = await somebody({ phone: ana.phone, beside: ana });
    const elsewhere = await somebody({ phone: ana.phone });
    await sent(ben, 'rung', 60);
    await sent(ana, 'rung', 30);
    await new Reminders(world.db.manager).add(ben, [
      {
        kind: 'rung',
        key: 'next#1',
        channel: 'sms',
        dueAt: await minutesFromNow(60),
        expiresAt: await minutesFromNow(120),
      },
    ]);
    await receive(ana.phone, 'DONE');
    expect([await outcomeOf(ana), await outcomeOf(ben)]).toEqual(['filed', null]);
    expect([await textsOn(ben), await textsOn(elsewhere)]).toEqual([false, true]);
    expect(
      await world.all(`select state, reason from reminders where campaign_id = $1 and key = 'next#1'`, [
        ben.campaignId,
      ]),
    ).toEqual([{ state: 'skipped', reason: 'revoked' }]);
    expect(
      await world.one(
        `select wording, action from consents where supporter_id = $1 and scope = 'sms' order by id desc limit 1`,
        [ben.supporterId],
      ),
    ).toEqual({ wording: 'DONE', action: 'withdrawn' });
  });

  it.each(['ended', 'closed'])('counts in a campaign that is %s, and is in its tally', async (status) => {
    const ana = await somebody();
    await sent(ana, 'rung');
    await world.db.query(`update campaigns set status = $2 where id = $1`, [ana.campaignId, status]);
    await receive(ana.phone, 'DONE');
    expect([await outcomeOf(ana), await replies(ana.phone)]).toEqual(['filed', ['done']]);
    const { claimed } = await new Reminders(world.db.manager).claim(ana.campaignId, 'sms', 10, 60);
    expect(claimed.map(({ kind }) => kind)).toEqual(['reply']);
    const { total, coalitions } = await new Tallies(world.db.manager).of(ana.campaignId);
    expect([total, ...coalitions]).toMatchObject([{ confirmed: 1 }, { confirmed: 1 }]);
  });

  it('after STOP still counts, and is not answered', async () => {
    const ana = await somebody();
    await sent(ana, 'rung');
    await receive(ana.phone, 'STOP');
    await receive(ana.phone, 'DONE');
    expect([await outcomeOf(ana), await replies(ana.phone)]).toEqual(['filed', ['stopped']]);
  });
});

const crisis = 'I want to kill myself';
const told = async (campaignId: string) => {
  const notices = await new Notices(world.db.manager, world.keys).claim(1_000, 60);
  const rows = await world.all<{ id: string }>(`select id::text from notices where campaign_id = $1`, [
    campaignId,
  ]);
  return notices.filter(({ id }) => rows.some((row) => row.id === id));
};
const organized = async () => {
  const ana = await somebody();
  await world.db.query(`update campaigns set notify = $2 where id = $1`, [
    ana.campaignId,
    sealNotify(world.keys, ['ana@example.org', 'ben@example.org']),
  ]);
  return ana;
};

describe('words of crisis', () => {
  it('are flagged to organizers at once, once for each text, without a word of it', async () => {
    const { phone, campaignId } = await organized();
    const body = { MessageSid: aSid(), From: phone, Body: crisis };
    await Promise.all([post(body), post(body), post(body)]);
    const notices = await told(campaignId);
    expect(notices.map(({ to }) => to).sort()).toEqual(['ana@example.org', 'ben@example.org']);
    for (const { subject, text } of notices) {
      expect(`${subject} ${text}`).not.toMatch(/kill|crisis|suicid|mental|\d{4}$/i);
      expect(text).toContain(`https://drumbeat.example/console/campaigns/${campaignId}/texts`);
      expect(text).not.toContain(phone.slice(-4));
    }
  });

  it('are answered with 988 though the phone was answered today, three times a day at most', async () => {
    const { phone } = await organized();
    await receive(phone, 'hello there');
    for (let texts = 0; texts < 5; texts++) await receive(phone, crisis);
    expect(await replies(phone)).toEqual(['other', 'other', 'other', 'other']);
  });

  it('are answered after STOP, and beside the confirmation of one', async () => {
    const { phone } = await organized();
    await receive(phone, `STOP. ${crisis}`);
    await receive(phone, crisis);
    expect(await replies(phone)).toEqual(['stopped', 'other', 'other']);
    expect(await isStopped(phone)).toBe(true);
  });
});

describe('words of crisis from a number that nobody gave', () => {
  const answer = said(
    'Nobody reads this right away. Help: hello@ohio.example. In a crisis call or text 988.',
  );
  const answersOf = (phone: string) =>
    world.all(`select answer, crisis from texts where phone_key = $1 order by id`, [
      world.keys.contactKey(phone),
    ]);

  it('are answered with 988 by the hook itself, and told to the newest campaign', async () => {
    const { campaignId } = await organized();
    const phone = aPhone();
    expect(await write(phone, crisis)).toBe(answer);
    expect(await told(campaignId)).toHaveLength(2);
    expect([await replies(phone), await answersOf(phone)]).toEqual([[], [{ answer: 'other', crisis: true }]]);
  });

  it('are answered in the language that they are in', async () => {
    await organized();
    expect(await write(aPhone(), 'me quiero morir')).toBe(
      said(
        'Nadie lee esto de inmediato. Ayuda: hello@ohio.example. En una crisis llama al 988; para español, oprime 2.',
      ),
    );
  });

  it('are answered once in 24 hours, and flagged each time', async () => {
    const { campaignId } = await organized();
    const phone = aPhone();
    const together = await Promise.all([write(phone, crisis), write(phone, crisis), write(phone, crisis)]);
    expect(together.filter((one) => one !== said())).toEqual([answer]);
    await receive(phone, crisis);
    expect(await told(campaignId)).toHaveLength(8);
    await world.db.query(`update limits set ends_at = now()`);
    expect(await write(phone, crisis)).toBe(answer);
  });

  it('that the provider repeats are answered and flagged once', async () => {
    const { campaignId } = await organized();
    const body = { MessageSid: aSid(), From: aPhone(), Body: crisis };
    const answers = await Promise.all([post(body), post(body), post(body)]);
    expect(answers.filter((one) => one !== said())).toEqual([answer]);
    await world.db.query(`update limits set ends_at = now()`);
    expect(await post(body)).toBe(said());
    expect(await told(campaignId)).toHaveLength(2);
  });

  it.each([
    ['a short code', { From: '24273' }],
    ['a toll-free number', { From: '+18005551212' }],
    ['another country', { From: '+16135550123' }],
    ['a number of ours', { From: '+15035550009', To: '+15035550009' }],
    ['a phone that Twilio has answered', { From: '+15035550008', OptOutType: 'HELP' }],
    ['a machine that sends our words back', { From: '+15035550007', Body: answer.replace(/<.*?>/g, '') }],
  ])('are not answered when they come from %s', async (_, { From, ...more }) => {
    await organized();
    await receive(From, crisis, more);
  });

  it.each(['landline', 'stop', 'deleted'])(
    'are not answered on a phone that is suppressed: %s',
    async (reason) => {
      const phone = aPhone();
      await world.db.query(
        `insert into suppressions (contact_key, channel, reason, source) values ($1, 'sms', $2, 'provider')`,
        [world.keys.contactKey(phone), reason],
      );
      await receive(phone, crisis);
      expect(await answersOf(phone)).toEqual([{ answer: null, crisis: true }]);
    },
  );

  it('with a STOP are recorded as one, and not answered', async () => {
    const phone = aPhone();
    await receive(phone, `STOP. ${crisis}`);
    expect([await isStopped(phone), await answersOf(phone)]).toEqual([
      true,
      [{ answer: null, crisis: true }],
    ]);
  });

  it('name whom the campaign names, in words that no mark of XML can break', async () => {
    const { campaignId } = await organized();
    await world.db.query(`update campaigns set contact = 'Ana & <Ben>' where id = $1`, [campaignId]);
    expect(await write(aPhone(), crisis)).toContain('Help: Ana &amp; &lt;Ben&gt;. In a crisis');
  });

  it('are answered when no campaign is on, without a contact', async () => {
    await world.db.query(`update campaigns set status = 'closed'`);
    expect(await write(aPhone(), crisis)).toBe(
      said('Nobody reads this right away. In a crisis call or text 988.'),
    );
  });
});

describe('a text that nobody understands', () => {
  it.each([
    ['an emoji', '👍🏽', '0'],
    ['a photo', '', '1'],
    ['nothing', '', '0'],
    ['1,600 emoji', '😶'.repeat(1_600), '0'],
    ['an override of its direction', '\u202EPOTS\u202C tset', '0'],
  ])('is kept as it came and answered once: %s', async (_, body, NumMedia) => {
    const { phone } = await somebody();
    await receive(phone, body, { NumMedia });
    const row = await world.one<{ body: string; media: number }>(
      `select body, media from texts where phone_key = $1`,
      [world.keys.contactKey(phone)],
    );
    expect([world.keys.open('text', row.body), row.media]).toEqual([body, Number(NumMedia)]);
    expect(await replies(phone)).toEqual(['other']);
  });

  it('is answered once in 24 hours, also when many come at the same time', async () => {
    const { phone } = await somebody();
    await Promise.all(['one', 'two', 'three', 'four'].map((body) => receive(phone, body)));
    expect(await replies(phone)).toEqual(['other']);
  });

  it('is answered again a day after the last answer, not a day after the last text', async () => {
    const { phone } = await somebody();
    await receive(phone, 'one');
    for (const text of ['two', 'three']) {
      await world.db.query(`update texts set at = at - interval '13 hours' where phone_key = $1`, [
        world.keys.contactKey(phone),
      ]);
      await receive(phone, text);
    }
    expect(await replies(phone)).toEqual(['other', 'other']);
  });
});

describe('a loop', () => {
  it('with a machine that says the same again and again ends after four answers', async () => {
    const { phone } = await somebody();
    for (let texts = 0; texts < 12; texts++) await receive(phone, 'HELP');
    expect(await replies(phone)).toEqual(['help', 'help', 'help', 'help']);
    await receive(phone, 'STOP');
    expect((await replies(phone)).slice(4)).toEqual(['stopped']);
  });

  it('that says it slowly ends after ten', async () => {
    const { phone } = await somebody();
    for (let texts = 0; texts < 14; texts++) {
      await receive(phone, 'HELP');
      await world.db.query(
        `update texts set received_at = received_at - interval '11 minutes' where phone_key = $1`,
        [world.keys.contactKey(phone)],
      );
    }
    expect(await replies(phone)).toHaveLength(10);
  });

  it('with a machine that sends our own words back never begins', async () => {
    const { phone } = await somebody();
    await receive(phone, 'Ohio Peers: last call to write to the board. Reply DONE when you did it');
    await receive(
      phone,
      'Nobody reads this right away. Help: hello@ohio.example. In a crisis call or text 988.',
    );
    await receive(phone, 'Ohio Peers: texts are on again. YES');
    expect([await replies(phone), new Set(await meanings(phone))]).toEqual([[], new Set(['other'])]);
  });

  it('that Twilio ended (14107) is not begun again for a day', async () => {
    const { phone, campaignId } = await somebody();
    await receive(phone, 'HELP');
    await world.db.query(
      `update reminders set state = 'sending', fence = 1, lease_until = now() + interval '1 minute' where campaign_id = $1 and kind = 'reply'`,
      [campaignId],
    );
    const row = await world.one<{ id: string }>(
      `select id from reminders where campaign_id = $1 and kind = 'reply'`,
      [campaignId],
    );
    const body = { MessageSid: aSid(), MessageStatus: 'failed', ErrorCode: '14107' };
    const url = `/hooks/twilio/status?r=${campaignId}.${row.id}`;
    const signature = twilio.getExpectedTwilioSignature(twilioToken, `https://drumbeat.example${url}`, body);
    const answer = await world.send({
      method: 'POST',
      url,
      payload: new URLSearchParams(body).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    });
    expect(answer.statusCode).toBe(204);
    await receive(phone, 'START');
    await receive(phone, 'hello');
    expect(await replies(phone)).toEqual(['help']);
    await world.db.query(
      `update reminders set due_at = due_at - interval '25 hours' where campaign_id = $1`,
      [campaignId],
    );
    await receive(phone, 'hello again');
    expect(await replies(phone)).toEqual(['help', 'other']);
  });
});

describe('after 90 days', () => {
  it('nothing of a text is left, and the same text, years later, is still known', async () => {
    const { phone, supporterId } = await somebody();
    const body = { MessageSid: aSid(), From: phone, Body: 'START' };
    await post(body);
    const texts = new Texts(world.db.manager, world.keys);
    const kept = () => world.one(`select * from texts where message_sid = $1`, [body.MessageSid]);
    await world.db.query(`update texts set at = at - interval '89 days' where message_sid = $1`, [
      body.MessageSid,
    ]);
    await texts.purge();
    expect(await kept()).toMatchObject({ supporter_id: supporterId });
    await world.db.query(`update texts set at = at - interval '2 days' where message_sid = $1`, [
      body.MessageSid,
    ]);
    await texts.purge();
    expect(await kept()).toMatchObject({
      phone: null,
      body: null,
      phone_key: null,
      supporter_id: null,
      campaign_id: null,
    });
    await receive(phone, 'STOP');
    await post(body);
    expect(await isStopped(phone)).toBe(true);
  });
});
