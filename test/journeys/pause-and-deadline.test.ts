import { until, useDrumbeat, walls } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();
beforeEach(() => drumbeat.backToMonday());

const on = (day: string, time: string) => drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);
const ledgerBecomes = (campaign: { id: string }, lines: number) =>
  until(
    () => drumbeat.ledgerOf(campaign),
    ({ length }) => length >= lines,
    5_000,
  );

describe('a pause', () => {
  it('holds everything back, and resuming lets what is still in time go', async () => {
    const campaign = await drumbeat.launch();
    await drumbeat.join({ campaign: campaign.slug, email: 'ada@example.org', phone: '+15035550101' });
    await on('02', '11:00');
    expect((await drumbeat.turn(campaign, 'pause')).json).toMatchObject({ status: 'paused' });
    expect((await drumbeat.signUp({ campaign: campaign.slug, email: 'bo@example.org' })).status).toBe(303);
    await on('02', '14:00');
    expect(await drumbeat.mailTo('ada@example.org')).toHaveLength(1);
    expect(await drumbeat.mailTo('bo@example.org')).toEqual([]);

    expect((await drumbeat.turn(campaign, 'resume')).json).toMatchObject({ status: 'running' });
    await drumbeat.settle();
    expect(await drumbeat.ledgerOf(campaign)).toEqual(['tuesday email: sent', 'tuesday sms: sent']);
    expect((await drumbeat.lastMail('bo@example.org')).subject).toBe('Do you want reminders?');
    await on('03', '13:00');
    expect(walls(await drumbeat.mailTo('ada@example.org'))).toEqual([
      'Mon 1 09:00',
      'Tue 2 14:00',
      'Wed 3 12:00',
    ]);
  });

  it('skips what expired meanwhile, and says so', async () => {
    const campaign = await drumbeat.launch();
    await drumbeat.join({ campaign: campaign.slug, email: 'cy@example.org', phone: '+15035550102' });
    await on('02', '11:00');
    await drumbeat.turn(campaign, 'pause');
    await on('03', '09:00');
    await drumbeat.turn(campaign, 'resume');
    await on('03', '13:00');
    expect(await ledgerBecomes(campaign, 4)).toEqual([
      'tuesday email: skipped (expired)',
      'tuesday sms: skipped (expired)',
      'wednesday email: sent',
      'wednesday sms: sent',
    ]);
  });

  it('that lasts past the deadline ends the campaign, and nothing goes out late', async () => {
    const campaign = await drumbeat.launch();
    await drumbeat.join({ campaign: campaign.slug, email: 'di@example.org' });
    await on('04', '11:00');
    await drumbeat.turn(campaign, 'pause');
    await on('05', '18:00');
    expect(await drumbeat.campaign(campaign.slug)).toMatchObject({ status: 'ended' });
    expect(await ledgerBecomes(campaign, 3)).toEqual([
      'tuesday email: sent',
      'wednesday email: sent',
      'thursday email: skipped (expired)',
    ]);
    expect((await drumbeat.turn(campaign, 'resume')).status).toBe(409);
    await on('06', '13:00');
    expect(walls(await drumbeat.mailTo('di@example.org')).slice(3)).toEqual(['Sat 6 12:00']);
  });
});

describe('closing', () => {
  it('stops everything, follow-ups too', async () => {
    const campaign = await drumbeat.launch();
    await drumbeat.join({ campaign: campaign.slug, email: 'ed@example.org', phone: '+15035550103' });
    await on('02', '13:00');
    expect((await drumbeat.turn(campaign, 'close')).json).toMatchObject({ status: 'closed' });
    await on('08', '13:00');
    expect(await drumbeat.mailTo('ed@example.org')).toHaveLength(2);
    expect(await drumbeat.textsTo('+15035550103')).toHaveLength(3);
    const page = await drumbeat.visit(`${drumbeat.url}/c/${campaign.slug}/many-hands-portland`);
    expect(page.text).toContain('This campaign is closed');
    expect((await drumbeat.turn(campaign, 'launch')).status).toBe(409);
  });

  it('comes by itself when the last follow-up has expired', async () => {
    const campaign = await drumbeat.launch();
    await on('06', '13:00');
    expect(await drumbeat.campaign(campaign.slug)).toMatchObject({ status: 'ended' });
    await drumbeat.clock('2027-03-17T12:00:00-07:00');
    expect(await drumbeat.campaign(campaign.slug)).toMatchObject({ status: 'closed' });
  });
});

describe('a launch', () => {
  const waiting = async () => {
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return (await drumbeat.db.query<unknown[]>(waits)).length;
  };

  it('pressed 50 times at once is one launch', async () => {
    const { id } = await drumbeat.draft();
    // We hold the row until many have looked at it: a launch that only looked would then go through again.
    const { presses } = await drumbeat.db.transaction(async (open) => {
      await open.query(`select from campaigns where id = $1 for update`, [id]);
      const presses = Array.from({ length: 50 }, () => drumbeat.turn({ id }, 'launch'));
      expect(await until(waiting, (count) => count >= 10, 5_000)).toBeGreaterThanOrEqual(10);
      return { presses };
    });
    const answers = await Promise.all(presses);
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.status}`))).toEqual(
      new Set(['200 running']),
    );
    const lines = await drumbeat.db.query<{ action: string }[]>(
      `select action from audit where campaign_id = $1 and action like '%launch%'`,
      [id],
    );
    expect(lines).toEqual([{ action: 'campaign.launched' }]);
    expect(await drumbeat.db.query(`select from rounds where campaign_id = $1`, [id])).toHaveLength(1);
  });
});

describe('past the deadline', () => {
  it('signup says that it is over, confirmations still count, and who is not done is asked once', async () => {
    const campaign = await drumbeat.launch();
    const [fen, gus] = ['fen@example.org', 'gus@example.org'];
    for (const email of [fen, gus]) await drumbeat.join({ campaign: campaign.slug, email });
    await on('05', '17:30');
    expect(await drumbeat.campaign(campaign.slug)).toMatchObject({ status: 'ended' });
    const late = await drumbeat.signUp({ campaign: campaign.slug, email: 'late@example.org' });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('This one is over')]);

    const done = drumbeat.linkIn(await drumbeat.lastMail(fen), 'done');
    expect((await drumbeat.press(done, { outcome: 'filed' })).text).toContain('Recorded. Thank you.');
    await on('06', '13:00');
    expect(await drumbeat.mailTo(fen)).toHaveLength(4);
    expect(walls(await drumbeat.mailTo(gus)).slice(4)).toEqual(['Sat 6 12:00']);
    expect(await drumbeat.figures(campaign)).toMatchObject({ signups: 2, confirmed: 1 });
  });
});
