import { Waves } from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { type Answer, type TestCampaign, useApi } from '../../../../test/support/use-api.js';

const drumbeat = useApi();
const { aSignup, agree } = buildersFor(drumbeat);
const noon = new Date('2027-03-02T12:00-05:00');
const deadline = { deadlineAt: '2027-03-05T17:00:00-05:00', deadlineZone: 'America/New_York' };

const news = { id: 'news', channels: ['email'] };
const three = { id: 'three-days', channels: ['email'], daysBefore: 3, at: '12:00' };
const last = { id: 'last', channels: ['email'], hoursBefore: 8 };

const put = (id: string, ...rungs: object[]) =>
  drumbeat.call('PUT', `/api/v1/campaigns/${id}/ladder`, { rungs });
const problemsOf = (answer: Answer) =>
  answer.json<{ errors?: { path: string; message: string }[] }>().errors ?? [];

beforeEach(() => setNow(drumbeat.db, new Date(noon.getTime() - 5 * 3_600_000)));

describe('a rung that went out', () => {
  /** With one person, who has had the first rung. */
  async function underWay(): Promise<TestCampaign> {
    const campaign = await drumbeat.aCampaign({ ...deadline, ladder: [three, last] });
    await drumbeat.db.query(`update campaigns set launched_at = campaign_now() where id = $1`, [campaign.id]);
    await agree(await aSignup(campaign, campaign.coalition));
    await put(campaign.id, three, last);
    await setNow(drumbeat.db, noon);
    const waves = new Waves(drumbeat.db.manager);
    for (const id of await waves.due()) await waves.expand(id);
    expect(await drumbeat.all(`select key from reminders where campaign_id = $1`, [campaign.id])).toEqual([
      { key: 'three-days#1' },
    ]);
    return campaign;
  }

  it.each([
    ['an alert', { sendAt: '2027-03-03T12:00:00-05:00' }],
    ['a follow-up', { daysAfter: 1, at: '12:00' }],
  ])('is not made %s under its id, where people would get both', async (kind, moment) => {
    const { id } = await underWay();
    const before = { ...(await drumbeat.rows()), api_keys: '' };
    const refused = await put(id, last, { id: three.id, channels: three.channels, ...moment });
    expect([refused.statusCode, problemsOf(refused)]).toEqual([
      422,
      [
        expect.objectContaining({
          path: 'rungs.1.id',
          message: `"three-days" went out as a reminder already; ${kind} is another message: give it a new id.`,
        }),
      ],
    ]);
    expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);
    expect((await put(id, last, { ...news, ...moment })).statusCode).toBe(200);
  });

  it('is not made something else after it was taken out, or after its plan was made anew', async () => {
    const { id } = await underWay();
    expect((await put(id, last)).statusCode).toBe(200);
    const answer = await put(id, last, { ...news, id: three.id, sendAt: '2027-03-03T12:00:00-05:00' });
    expect(problemsOf(answer).map(({ path }) => path)).toEqual(['rungs.1.id']);
  });

  it('may move, and one that nobody was reminded by may become anything', async () => {
    const { id } = await underWay();
    const later = { id: three.id, channels: three.channels, hoursBefore: 20 };
    const alert = { ...news, id: last.id, sendAt: '2027-03-03T12:00:00-05:00' };
    expect((await put(id, later, alert)).statusCode).toBe(200);
  });
});

describe('an alert whose moment has passed', () => {
  const draft = async (sendAt: string) => {
    const { id } = await drumbeat.aCoalition();
    return drumbeat.call('POST', '/api/v1/campaigns', {
      title: 'Comment on the docket',
      kind: 'custom',
      slug: `draft-${id.slice(0, 8)}`,
      coalitionIds: [id],
      ladder: [last, { ...news, sendAt }],
      ...deadline,
    });
  };

  it('is refused in a draft', async () => {
    const refused = await draft('2027-03-02T06:59:00-05:00');
    expect([refused.statusCode, problemsOf(refused)]).toEqual([
      422,
      [
        expect.objectContaining({
          path: 'rungs.1.sendAt',
          message: expect.stringMatching(/^The moment of "news" has passed/) as string,
        }),
      ],
    ]);
  });

  it('is refused at the launch, when it has passed meanwhile', async () => {
    const { id } = (await draft('2027-03-02T11:00:00-05:00')).json<{ id: string }>();
    const launch = () => drumbeat.call('POST', `/api/v1/campaigns/${id}/launch`);
    await setNow(drumbeat.db, noon);
    const refused = await launch();
    expect([refused.statusCode, problemsOf(refused).map(({ path }) => path)]).toEqual([
      422,
      ['rungs.1.sendAt'],
    ]);
    expect((await put(id, last, { ...news, sendAt: '2027-03-02T12:30:00-05:00' })).statusCode).toBe(200);
    expect((await launch()).statusCode).toBe(200);
  });

  it('stays in the ladder of a campaign that is under way', async () => {
    const { id } = await drumbeat.aCampaign({
      ...deadline,
      ladder: [last, { ...news, sendAt: '2027-03-02T11:00:00-05:00' }],
    });
    await setNow(drumbeat.db, noon);
    expect((await put(id, last, { ...news, sendAt: '2027-03-02T11:00:00-05:00' })).statusCode).toBe(200);
  });
});
