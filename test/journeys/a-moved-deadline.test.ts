import { until, useDrumbeat, walls } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();
beforeEach(() => drumbeat.backToMonday());

const on = (day: string, time: string) => drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);
const move = ({ id }: { id: string }, deadlineAt: string) =>
  drumbeat.api<Record<string, unknown>>('PUT', `/api/v1/campaigns/${id}/deadline`, {
    deadlineAt,
    deadlineZone: 'America/Los_Angeles',
  });
/** Once everything that the ledger has to say is said. */
const ledgerBecomes = (campaign: { id: string }, lines: string[], kinds?: string[]) =>
  until(
    () => drumbeat.ledgerOf(campaign, kinds),
    (seen) => JSON.stringify(seen) === JSON.stringify(lines),
    4_000,
  );
let people = 0;
const somebody = () => `person-${++people}@example.org`;

describe('a deadline that moves', () => {
  it('earlier: the latest rung that it puts in the past goes at once, the others are left out', async () => {
    const campaign = await drumbeat.launch();
    const ada = somebody();
    await drumbeat.join({ campaign: campaign.slug, email: ada });
    await on('02', '19:00');
    // Wednesday's and Thursday's rung now lie on Monday and on Tuesday noon.
    expect((await move(campaign, '2027-03-03T17:00:00-08:00')).status).toBe(200);
    await drumbeat.settle();
    expect(await ledgerBecomes(campaign, ['tuesday email: sent', 'thursday email: sent'])).toEqual([
      'tuesday email: sent',
      'thursday email: sent',
    ]);
    const letters = (await drumbeat.mailTo(ada)).slice(1);
    expect(walls(letters)).toEqual(['Tue 2 12:00', 'Tue 2 19:00']);
    expect(letters[1]!.text).toContain('Wednesday, March 3');
    await on('04', '13:00');
    expect(walls((await drumbeat.mailTo(ada)).slice(3))).toEqual(['Thu 4 12:00']);
  });

  it('later by an hour: what was sent is not sent again, what is ahead goes by the new plan', async () => {
    const campaign = await drumbeat.launch({
      ladder: [
        { id: 'day', daysBefore: 3, at: '12:00', channels: ['email'] },
        { id: 'hours', hoursBefore: 6, channels: ['email'] },
      ],
    });
    const bo = somebody();
    await drumbeat.join({ campaign: campaign.slug, email: bo });
    await on('02', '13:00');
    expect((await move(campaign, '2027-03-05T18:00:00-08:00')).json).toMatchObject({ round: 1 });
    await on('05', '18:30');
    expect(walls((await drumbeat.mailTo(bo)).slice(1))).toEqual(['Tue 2 12:00', 'Fri 5 12:00']);
  });

  it('later by ten days: a new round goes up the ladder again, and says that the date was extended', async () => {
    const campaign = await drumbeat.launch();
    const [cy, phone] = [somebody(), '+15035550221'];
    await drumbeat.join({ campaign: campaign.slug, email: cy, phone });
    await on('04', '13:00');
    expect((await move(campaign, '2027-03-15T17:00:00-07:00')).json).toMatchObject({ round: 2 });
    await on('14', '13:00');
    const letters = (await drumbeat.mailTo(cy)).slice(1);
    expect(walls(letters)).toEqual([
      'Tue 2 12:00',
      'Wed 3 12:00',
      'Thu 4 12:00',
      'Fri 12 12:00',
      'Sat 13 12:00',
      'Sun 14 12:00',
    ]);
    expect(letters[2]!.text).not.toMatch(/extended/i);
    expect(letters[3]!.text).toMatch(/extended.*Monday, March 15/is);
    // No text on a Sunday: it comes on Monday morning, still in time.
    await drumbeat.clock('2027-03-15T11:00:00-07:00');
    const texts = (await drumbeat.textsTo(phone)).slice(2);
    expect(walls(texts).slice(3)).toEqual(['Fri 12 12:00', 'Sat 13 12:00', 'Mon 15 10:00']);
    expect(texts[3]!.text).toMatch(/^Extended to Mon Mar 15/);
  });

  it('into the past is refused, and changes nothing', async () => {
    const campaign = await drumbeat.launch();
    const waves = () =>
      drumbeat.db.query<unknown[]>('select * from waves where campaign_id = $1 order by id', [campaign.id]);
    const before = await waves();
    const answer = await move(campaign, '2027-02-20T17:00:00-08:00');
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('deadline_past')]);
    expect(await waves()).toEqual(before);
  });

  it('after the end, later: the campaign runs again', async () => {
    const campaign = await drumbeat.launch();
    const di = somebody();
    await drumbeat.join({ campaign: campaign.slug, email: di });
    await on('05', '18:00');
    expect(await drumbeat.campaign(campaign.slug)).toMatchObject({ status: 'ended' });
    expect((await move(campaign, '2027-03-12T17:00:00-08:00')).json).toMatchObject({
      status: 'running',
      round: 2,
    });
    await on('11', '13:00');
    expect(walls((await drumbeat.mailTo(di)).slice(4))).toEqual([
      'Tue 9 12:00',
      'Wed 10 12:00',
      'Thu 11 12:00',
    ]);
  });

  it('gives whoever came too late for every rung a last call by the new date', async () => {
    const campaign = await drumbeat.launch();
    await on('04', '19:00');
    const ed = somebody();
    await drumbeat.join({ campaign: campaign.slug, email: ed });
    await move(campaign, '2027-03-06T12:00:00-08:00');
    await on('06', '13:00');
    expect(walls((await drumbeat.mailTo(ed)).slice(1))).toEqual(['Fri 5 12:00']);

    const other = await drumbeat.launch({ deadlineAt: '2027-03-12T17:00:00-08:00' });
    const fen = somebody();
    await on('11', '19:00');
    await drumbeat.join({ campaign: other.slug, email: fen });
    await move(other, '2027-03-12T19:00:00-08:00');
    await on('12', '19:30');
    expect(walls((await drumbeat.mailTo(fen)).slice(1))).toEqual(['Fri 12 16:00']);
  });
});

describe('a campaign that waits for its date', () => {
  it('says that it is open when it gets one, and its ladder starts', async () => {
    const campaign = await drumbeat.launch({ deadlineAt: undefined, deadlineZone: undefined });
    expect(campaign.status).toBe('draft');
    expect((await drumbeat.campaign(campaign.slug)).status).toBe('awaiting');
    const gus = somebody();
    await drumbeat.join({ campaign: campaign.slug, email: gus });
    await on('02', '13:00');
    expect((await move(campaign, '2027-03-05T17:00:00-08:00')).json).toMatchObject({ status: 'running' });
    await on('04', '13:00');
    const letters = (await drumbeat.mailTo(gus)).slice(1);
    expect(walls(letters)).toEqual(['Tue 2 13:00', 'Wed 3 12:00', 'Thu 4 12:00']);
  });
});

describe('a person who moves', () => {
  it('from Los Angeles to New York is reminded by the clock of New York from then on, and nothing comes twice', async () => {
    const campaign = await drumbeat.launch();
    const hal = somebody();
    await drumbeat.join({ campaign: campaign.slug, email: hal, zip: '90012' });
    await on('02', '13:00');
    const me = drumbeat.linkIn(await drumbeat.lastMail(hal), 'me');
    await drumbeat.press(me, { language: 'en', zone: 'America/New_York' });
    await on('04', '13:00');
    expect(walls((await drumbeat.mailTo(hal)).slice(1))).toEqual([
      'Tue 2 12:00',
      'Wed 3 09:00',
      'Thu 4 09:00',
    ]);
  });

  it('while a text waits for them keeps it, at the hour of where they are now', async () => {
    const campaign = await drumbeat.launch();
    const [ida, phone] = [somebody(), '+15035550222'];
    await on('04', '18:30');
    await drumbeat.join({ campaign: campaign.slug, email: ida, phone, zip: '97201' });
    const me = drumbeat.linkIn(await drumbeat.lastMail(ida), 'me');
    await drumbeat.press(me, { language: 'en', zone: 'Pacific/Honolulu' });
    await on('05', '17:30');
    const calls = await drumbeat.ledgerOf(campaign, ['last_call']);
    expect(calls.toSorted()).toEqual(['last_call email: sent', 'last_call sms: sent']);
  });
});
