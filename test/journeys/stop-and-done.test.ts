import { useDrumbeat, walls } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();
beforeEach(() => drumbeat.backToMonday());

let people = 0;
/** Somebody with an address and a number that nobody else has. */
function somebody(name: string) {
  const line = String(++people).padStart(2, '0');
  return { email: `${name}@example.org`, phone: `+150355501${line}` };
}
const on = (day: '01' | '02' | '03' | '04' | '05' | '06', time: string) =>
  drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);

describe('the stop page', () => {
  it('ends one campaign on every channel, and leaves the other alone', async () => {
    const [one, other] = [await drumbeat.launch(), await drumbeat.launch()];
    const gia = somebody('gia');
    await drumbeat.join({ campaign: one.slug, ...gia });
    await drumbeat.join({ campaign: other.slug, ...gia });
    await on('02', '09:30'); // an address gets one opt-in message a day
    const [welcome, second] = await drumbeat.mailTo(gia.email, 2);
    await drumbeat.press(drumbeat.linkIn(second!, 'yes'));
    const page = await drumbeat.press(drumbeat.linkIn(welcome!, 'stop'), { scope: 'campaign' });
    expect(page.text).toContain('Stopped for this campaign');

    await on('02', '13:00');
    expect(await drumbeat.ledgerOf(one)).toEqual([]);
    expect(await drumbeat.ledgerOf(other)).toEqual(['tuesday email: sent', 'tuesday sms: sent']);
  });

  it('ends everything, and its button brings the mail that is still ahead back, but no texts', async () => {
    const campaign = await drumbeat.launch();
    const hal = somebody('hal');
    await drumbeat.join({ campaign: campaign.slug, ...hal });
    await on('02', '13:00');
    const stop = drumbeat.linkIn(await drumbeat.lastMail(hal.email), 'stop');
    expect((await drumbeat.press(stop, { scope: 'all' })).text).toContain('Stopped');
    await on('03', '13:00');
    expect((await drumbeat.press(stop, { scope: 'undo' })).text).toContain('Reminders are on again');
    await on('04', '13:00');

    const mail = (await drumbeat.mailTo(hal.email)).slice(1);
    expect(walls(mail)).toEqual(['Tue 2 12:00', 'Thu 4 12:00']);
    const texts = (await drumbeat.textsTo(hal.phone)).slice(2);
    expect(walls(texts)).toEqual(['Tue 2 12:00']);
  });
});

describe('a text from a phone', () => {
  it('that says STOP ends texts, is answered once, HELP is answered still, and START brings back what is ahead', async () => {
    const campaign = await drumbeat.launch();
    const ida = somebody('ida');
    await drumbeat.join({ campaign: campaign.slug, ...ida });
    await on('02', '13:00');
    await drumbeat.text(ida.phone, 'please stop texting me');
    await drumbeat.text(ida.phone, 'STOP');
    await drumbeat.text(ida.phone, 'HELP');
    await on('03', '13:00');
    await drumbeat.text(ida.phone, 'START');
    await on('04', '13:00');

    const texts = (await drumbeat.textsTo(ida.phone)).slice(2);
    expect(texts.map(({ text }) => text)).toEqual([
      expect.stringContaining('last call'),
      expect.stringContaining("that's the last text from us"),
      expect.stringContaining('Help: '),
      expect.stringContaining('texts are on again'),
      expect.stringContaining('last call'),
    ]);
    expect(walls(texts.slice(4))).toEqual(['Thu 4 12:00']);
    expect((await drumbeat.mailTo(ida.email)).slice(1)).toHaveLength(3);
  });

  it('that asks for HELP is told who writes and how it ends', async () => {
    const campaign = await drumbeat.launch();
    const jon = somebody('jon');
    await drumbeat.join({ campaign: campaign.slug, ...jon });
    await drumbeat.text(jon.phone, 'help');
    const [, , help] = await drumbeat.textsTo(jon.phone, 3);
    expect(help!.text).toMatch(/^Many Hands PDX: .*Help: hello@portland.*Reply STOP to end\.$/);
  });

  it('that nobody understands is answered once a day, with where to turn in a crisis', async () => {
    const campaign = await drumbeat.launch();
    const kim = somebody('kim');
    await drumbeat.join({ campaign: campaign.slug, ...kim });
    await drumbeat.text(kim.phone, 'I relapsed and want to die');
    await drumbeat.text(kim.phone, 'is anybody there');
    await drumbeat.settle();
    const texts = (await drumbeat.textsTo(kim.phone)).slice(2);
    expect(texts.map(({ text }) => text)).toEqual([expect.stringContaining('call or text 988')]);
    const [flagged] = await drumbeat.db.query<{ n: number }[]>(
      `select count(*) filter (where crisis)::int as n from texts where campaign_id = $1`,
      [campaign.id],
    );
    expect(flagged).toEqual({ n: 1 });
  });

  it('changes nothing when its webhook comes twice, or ten times at once', async () => {
    const campaign = await drumbeat.launch();
    const lou = somebody('lou');
    await drumbeat.join({ campaign: campaign.slug, ...lou });
    await on('02', '13:00');
    const form = {
      MessageSid: 'SM00000000000000000000000000000001',
      From: lou.phone,
      Body: 'done',
      To: '+15005550006',
    };
    const answers = await Promise.all(Array.from({ length: 10 }, () => drumbeat.twilio('inbound', form)));
    answers.push(await drumbeat.twilio('inbound', form));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await drumbeat.settle();

    const replies = (await drumbeat.textsTo(lou.phone)).filter(({ text }) => /counted/.test(text));
    expect(replies).toHaveLength(1);
    const rows = await drumbeat.db.query<{ outcome: string }[]>(
      `select c.outcome from confirmations c join signups s on s.id = c.signup_id where s.campaign_id = $1`,
      [campaign.id],
    );
    expect(rows).toEqual([{ outcome: 'filed' }]);
  });

  it('is refused when Twilio did not sign it', async () => {
    const campaign = await drumbeat.launch();
    const mia = somebody('mia');
    await drumbeat.join({ campaign: campaign.slug, ...mia });
    const forged = { MessageSid: 'SM00000000000000000000000000000002', From: mia.phone, Body: 'STOP' };
    expect((await drumbeat.press(`${drumbeat.url}/hooks/twilio/inbound`, forged)).status).toBe(403);
    await on('02', '13:00');
    expect(await drumbeat.ledgerOf(campaign)).toEqual(['tuesday email: sent', 'tuesday sms: sent']);
  });
});

describe('DONE', () => {
  it('by text counts for whom the last reminder addressed, and ends the texts to a phone that two share', async () => {
    const campaign = await drumbeat.launch();
    const ned = somebody('ned');
    const ola = { ...somebody('ola'), phone: ned.phone };
    await drumbeat.join({ campaign: campaign.slug, ...ned });
    await drumbeat.signUp({ campaign: campaign.slug, ...ola });
    await drumbeat.textsTo(ned.phone, 3);
    await drumbeat.text(ned.phone, 'YES');
    const consented = () =>
      drumbeat.db.query<unknown[]>(`select from signups where campaign_id = $1 and sms_since is not null`, [
        campaign.id,
      ]);
    expect(await consented()).toHaveLength(2);

    const texts = async () =>
      (await drumbeat.textsTo(ned.phone)).filter(({ text }) => /last call/.test(text));
    await on('02', '13:00');
    expect(walls(await texts())).toEqual(['Tue 2 12:00']);
    await drumbeat.text(ned.phone, 'DONE');
    expect(await drumbeat.figures(campaign)).toMatchObject({ confirmed: 1 });
    await on('03', '13:00');
    expect(await texts()).toHaveLength(1);
    expect(await drumbeat.figures(campaign)).toMatchObject({ confirmed: 1, optedIn: 2 });
  });

  it('by text asks which one, when we wrote nothing to the phone for two weeks', async () => {
    const campaign = await drumbeat.launch({ deadlineAt: '2027-04-30T17:00:00-07:00' });
    const pam = somebody('pam');
    await drumbeat.join({ campaign: campaign.slug, ...pam });
    await drumbeat.clock('2027-03-16T12:00:00-07:00');
    await drumbeat.text(pam.phone, 'done');
    const which = (await drumbeat.textsTo(pam.phone, 3)).at(-1)!;
    expect(which.text).toContain('Which one did you do?');
    expect((await drumbeat.visit(drumbeat.linkIn(which, 'done'))).status).toBe(200);
    expect(await drumbeat.figures(campaign)).toMatchObject({ confirmed: 0 });
  });

  it('is the same however it is said: the button, a leader and a text record it once', async () => {
    const campaign = await drumbeat.launch();
    const quin = somebody('quin');
    await drumbeat.join({ campaign: campaign.slug, ...quin });
    await on('02', '13:00');
    const done = drumbeat.linkIn(await drumbeat.lastMail(quin.email), 'done');
    const first = await drumbeat.press(done, { outcome: 'filed' });
    expect(first.text).toContain('Recorded. Thank you.');
    expect((await drumbeat.press(done, { outcome: 'filed' })).text).toContain('Already recorded');
    expect((await drumbeat.visit(done)).text).toContain('Already recorded');
    const [signup] = await drumbeat.db.query<{ id: string }[]>(
      `select id from signups where campaign_id = $1`,
      [campaign.id],
    );
    const { id } = signup!;
    const recorded = await drumbeat.api('POST', `/api/v1/signups/${id}/confirmations`, { outcome: 'filed' });
    expect(recorded.status).toBe(200);
    await drumbeat.text(quin.phone, 'DONE');
    expect((await drumbeat.textsTo(quin.phone, 4)).at(-1)!.text).toContain('already counted');
    expect(await drumbeat.db.query(`select from confirmations where signup_id = $1`, [id])).toHaveLength(1);
    expect(await drumbeat.figures(campaign)).toMatchObject({ confirmed: 1 });
  });

  it('taken back lets only the rungs that are still ahead go on', async () => {
    const campaign = await drumbeat.launch();
    const ray = somebody('ray');
    await drumbeat.join({ campaign: campaign.slug, ...ray });
    await on('02', '13:00');
    const done = drumbeat.linkIn(await drumbeat.lastMail(ray.email), 'done');
    await drumbeat.press(done, { outcome: 'filed' });
    await on('03', '13:00');
    expect((await drumbeat.press(`${done}/undo`)).text).toContain('Taken back');
    await on('04', '13:00');
    expect(await drumbeat.ledgerOf(campaign)).toEqual([
      'tuesday email: sent',
      'tuesday sms: sent',
      'thursday email: sent',
      'thursday sms: sent',
    ]);
    expect(await drumbeat.figures(campaign)).toMatchObject({ confirmed: 0 });
  });

  it('tells a pledge apart, leaves who got no form out, and ends the reminders of both', async () => {
    const census = await drumbeat.launch({ kind: 'census_occupation' });
    const outcomes = { sol: 'pledged', tia: 'not_sampled', uma: 'answered' };
    for (const [name, outcome] of Object.entries(outcomes)) {
      const { email } = somebody(name);
      await drumbeat.join({ campaign: census.slug, email });
      const done = drumbeat.linkIn(await drumbeat.lastMail(email), 'done');
      expect((await drumbeat.press(done, { outcome })).status).toBe(200);
    }
    expect(await drumbeat.figures(census)).toMatchObject({ signups: 3, confirmed: 1, pledged: 1 });
    await on('06', '13:00');
    expect(await drumbeat.ledgerOf(census)).toEqual([]);
  });
});

describe("Twilio's word on a text", () => {
  const [sent, delivered, undelivered] = [
    { MessageStatus: 'sent' },
    { MessageStatus: 'delivered' },
    { MessageStatus: 'undelivered', ErrorCode: '30003' },
  ];

  it.each([
    ['in order', [sent, undelivered]],
    ['the other way round', [undelivered, sent]],
    ['doubled', [undelivered, undelivered, sent, sent, undelivered]],
    ['after a delivery', [delivered, sent, undelivered, delivered]],
  ])('ends in the same state, %s', async (_, callbacks) => {
    const campaign = await drumbeat.launch();
    const vic = somebody(`vic${people}`);
    await drumbeat.join({ campaign: campaign.slug, ...vic });
    await on('02', '13:00');
    const [reminder] = await drumbeat.db.query<{ id: string; sid: string }[]>(
      `select id, provider_id as sid from reminders where campaign_id = $1 and kind = 'rung' and channel = 'sms'`,
      [campaign.id],
    );
    const { id, sid } = reminder!;
    for (const callback of callbacks) {
      const form = { MessageSid: sid, ...callback } as Record<string, string>;
      expect((await drumbeat.twilio(`status?r=${campaign.id}.${id}`, form)).status).toBe(204);
    }
    expect(await drumbeat.ledgerOf(campaign)).toEqual([
      'tuesday email: sent',
      expect.stringMatching(/^tuesday sms: failed \(\w+\)$/),
    ]);
  });
});
