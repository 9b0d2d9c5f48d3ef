import { useDrumbeat, walls, workingWeek } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();
beforeEach(() => drumbeat.backToMonday());

const on = (day: string, time: string) => drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);
/** Asks on Saturday and again on Monday. */
const ladder = [
  ...workingWeek.ladder,
  { id: 'again', daysAfter: 3, at: '12:00', channels: ['email'] },
] as const;
const over = '2027-03-18T12:00:00-07:00';

describe('who did not do it', () => {
  it('says so with one press, and why with another, and is not asked again', async () => {
    const campaign = await drumbeat.launch({ ladder });
    const [ana, ben] = ['ana@example.org', 'ben@example.org'];
    for (const email of [ana, ben]) await drumbeat.join({ campaign: campaign.slug, email });
    await on('05', '16:00');
    const early = await drumbeat.press(`${drumbeat.linkIn(await drumbeat.lastMail(ana), 'done')}/missed`, {
      missed: 'no',
    });
    expect([early.status, early.text]).toEqual([409, expect.stringContaining('Did you do it?')]);

    await on('06', '13:00');
    const done = drumbeat.linkIn(await drumbeat.lastMail(ana), 'done');
    expect((await drumbeat.visit(done)).text).toContain('I tried, and it failed');
    expect((await drumbeat.press(`${done}/missed`, { missed: 'tried' })).text).toContain('What went wrong?');
    const why = await drumbeat.press(`${done}/missed`, { missed: 'tried', because: 'site' });
    expect(why.text).toContain('Noted: The website gave an error.');
    expect((await drumbeat.visit(done)).text).toContain('Thank you for trying');
    expect((await drumbeat.press(`${done}/missed`, { missed: 'no', because: 'site' })).status).toBe(400);

    await on('09', '13:00');
    expect(walls(await drumbeat.mailTo(ana)).slice(4)).toEqual(['Sat 6 12:00']);
    expect(walls(await drumbeat.mailTo(ben)).slice(4)).toEqual(['Sat 6 12:00', 'Mon 8 12:00']);
    expect(await drumbeat.figures(campaign)).toMatchObject({ signups: 2, confirmed: 0 });
  });

  it('may have done it after all', async () => {
    const campaign = await drumbeat.launch({ ladder });
    await drumbeat.join({ campaign: campaign.slug, email: 'cal@example.org' });
    await on('06', '13:00');
    const done = drumbeat.linkIn(await drumbeat.lastMail('cal@example.org'), 'done');
    await drumbeat.press(`${done}/missed`, { missed: 'no', because: 'forgot' });
    expect((await drumbeat.press(done, { outcome: 'filed' })).text).toContain('Recorded. Thank you.');
    expect((await drumbeat.press(`${done}/missed`, { missed: 'no' })).text).toContain('Already recorded');
    expect(await drumbeat.figures(campaign)).toMatchObject({ signups: 1, confirmed: 1 });
    const [row] = await drumbeat.db.query<unknown[]>(
      `select outcome, missed, missed_because from signups where campaign_id = $1`,
      [campaign.id],
    );
    expect(row).toEqual({ outcome: 'filed', missed: null, missed_because: null });
  });
});

describe('the result', () => {
  it('goes once to those who asked for it, with the last count, and then the campaign closes', async () => {
    const campaign = await drumbeat.launch({ ladder });
    const people = Array.from({ length: 12 }, (_, index) => `p${index}@example.org`);
    for (const email of people) await drumbeat.join({ campaign: campaign.slug, email });
    await on('05', '12:00');
    for (const [index, email] of people.entries()) {
      const done = drumbeat.linkIn(await drumbeat.lastMail(email), 'done');
      if (index < 11) await drumbeat.press(done, { outcome: 'filed' });
      if (index < 3) await drumbeat.press(`${done}/details`, { tellResult: 'on' });
      const stop = drumbeat.linkIn(await drumbeat.lastMail(email), 'stop');
      if (index === 2) await drumbeat.press(stop, { scope: 'campaign' });
    }
    const before = await Promise.all(people.map(async (email) => (await drumbeat.mailTo(email)).length));
    await drumbeat.clock(over);
    const news = await Promise.all(
      people.map(async (email, index) => (await drumbeat.mailTo(email)).slice(before[index])),
    );
    expect(news.map((mails) => mails.map(({ subject }) => subject))).toEqual([
      ['How it turned out'],
      ['How it turned out'],
      ...Array.from({ length: 9 }, () => []),
      ['This one is over', 'This one is over'],
    ]);
    expect(news[0]![0]!.text).toMatch(/At least 10 people did it, 10 of them with/);
    expect(walls(news[0]!)).toEqual(['Thu 18 10:00']);
    const done = drumbeat.linkIn((await drumbeat.mailTo(people[0]!))[3]!, 'done');
    expect((await drumbeat.visit(done)).text).toContain('At least 10 people did it.');
    expect(await drumbeat.campaign(campaign.slug)).toMatchObject({ status: 'closed' });
  });

  it('is told by no mail when somebody closed the campaign by hand, planned or not', async () => {
    const closed = async (at: () => Promise<unknown>, name: string) => {
      await drumbeat.backToMonday();
      const campaign = await drumbeat.launch({ ladder });
      const email = `${name}@example.org`;
      await drumbeat.join({ campaign: campaign.slug, email });
      await on('05', '12:00');
      const done = drumbeat.linkIn(await drumbeat.lastMail(email), 'done');
      await drumbeat.press(done, { outcome: 'filed' });
      await drumbeat.press(`${done}/details`, { tellResult: 'on' });
      await at();
      const had = await drumbeat.mailTo(email);
      await drumbeat.turn(campaign, 'close');
      await drumbeat.clock('2027-03-28T12:00:00-07:00');
      expect(await drumbeat.mailTo(email)).toEqual(had);
      expect((await drumbeat.visit(done)).text).not.toContain('Tell me the result');
      return drumbeat.db.query<{ state: string; reason: string }[]>(
        `select state, reason from reminders where campaign_id = $1 and kind = 'result'`,
        [campaign.id],
      );
    };
    expect(await closed(() => on('06', '13:00'), 'una')).toEqual([]);
    // Its mail is planned for ten the next morning.
    expect(await closed(() => on('17', '18:00'), 'vic')).toEqual([
      { state: 'skipped', reason: 'campaign_closed' },
    ]);
  });
});
