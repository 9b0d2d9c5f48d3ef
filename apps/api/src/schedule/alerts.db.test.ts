import { Waves } from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { type Answer, type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import type { CampaignAnswer } from './campaign.schema.js';

const drumbeat = useApi({ SMS_CENTS_PER_SEGMENT: '2' });
const { aSignup, agree } = buildersFor(drumbeat);
const noon = new Date('2027-03-08T12:00:00-05:00');
const day = { deadlineAt: '2027-03-12T23:59:59-05:00', deadlineZone: 'America/New_York' };
const messages = {
  en: { subject: 'The form moved', email: 'It has a new address.', sms: 'The form moved: {{ guideUrl }}' },
};
const alert = { channels: ['email', 'sms'], audience: 'open', sendAt: null, messages };

/** With three people who agreed to both, launched on Monday at eight. */
async function underWay(): Promise<{
  campaign: TestCampaign;
  people: { id: string; supporterId: string }[];
}> {
  await setNow(drumbeat.db, new Date('2027-03-08T08:00:00-05:00'));
  const campaign = await drumbeat.aCampaign(day);
  const people = [];
  for (let n = 0; n < 3; n++)
    people.push(await aSignup(campaign, campaign.coalition, { phone: `+1212555010${n}` }));
  for (const signup of people) await agree(signup);
  await setNow(drumbeat.db, noon);
  return { campaign, people };
}
const send = (id: string, form: object) => drumbeat.call('POST', `/api/v1/campaigns/${id}/alerts`, form);
const reach = (id: string, form: object) =>
  drumbeat.call('POST', `/api/v1/campaigns/${id}/alerts/reach`, form);
const ladderOf = async (id: string) =>
  (await drumbeat.call('GET', `/api/v1/campaigns/${id}`)).json<CampaignAnswer>().ladder;
const problem = (answer: Answer) => answer.json<{ code: string; errors?: { path: string }[] }>();

it('says before an alert whom it reaches, who is too new, who has had enough, and what it costs', async () => {
  const { campaign, people } = await underWay();
  const [first] = people;
  await drumbeat.db.query(
    `insert into text_slots (phone_key, slot, taken_at, campaign_id, reminder_id)
     select phone_key, slot, campaign_now(), $2, slot from supporters, generate_series(1, 3) as slot where id = $1`,
    [first!.supporterId, campaign.id],
  );
  await agree(await aSignup(campaign, campaign.coalition, { phone: '+12125550109' }));
  const before = { ...(await drumbeat.rows()), api_keys: '' };
  const now = await reach(campaign.id, { audience: 'open', sendAt: null, segments: 2 });
  expect([now.statusCode, now.json()]).toEqual([
    200,
    {
      sendAt: expect.stringMatching(/^2027-03-08T17:01/) as string,
      people: { email: 3, sms: 3 },
      tooNew: { email: 1, sms: 1 },
      capped: 1,
      near: [],
      cents: 12,
    },
  ]);
  const later = await reach(campaign.id, { audience: 'open', sendAt: '2027-03-09T15:00:00-05:00' });
  expect(later.json()).toMatchObject({
    people: { email: 4, sms: 4 },
    tooNew: { email: 0, sms: 0 },
    capped: 0,
  });
  const updates = await reach(campaign.id, { audience: 'updates', sendAt: null });
  expect(updates.json()).toMatchObject({ people: { email: 0, sms: 0 } });
  expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);
});

it('becomes a rung that goes in a minute, and until then is withdrawn by one press', async () => {
  const { campaign } = await underWay();
  const added = await send(campaign.id, { ...alert, name: 'New address' });
  expect([added.statusCode, added.json()]).toEqual([
    201,
    { rungId: expect.any(String) as string, sendAt: expect.stringMatching(/^2027-03-08T17:01/) as string },
  ]);
  const { rungId } = added.json<{ rungId: string }>();
  expect(await ladderOf(campaign.id)).toContainEqual(
    expect.objectContaining({ id: rungId, name: 'New address', audience: 'open', messages }),
  );
  expect((await drumbeat.call('DELETE', `/api/v1/campaigns/${campaign.id}/rungs/${rungId}`)).statusCode).toBe(
    200,
  );
  expect((await ladderOf(campaign.id)).map(({ id }) => id)).toEqual(['three-days']);
  await setNow(drumbeat.db, new Date('2027-03-08T12:05:00-05:00'));
  const waves = new Waves(drumbeat.db.manager);
  for (const wave of await waves.due()) await waves.expand(wave);
  expect(
    await drumbeat.all(`select from reminders where campaign_id = $1 and kind = 'alert'`, [campaign.id]),
  ).toEqual([]);
  const log = await drumbeat.all(`select action from audit where campaign_id = $1 order by id desc limit 2`, [
    campaign.id,
  ]);
  expect(log).toEqual([{ action: 'ladder.changed' }, { action: 'alert.added' }]);
});

it.each([
  ['a moment that has passed', { sendAt: '2027-03-08T11:00:00-05:00' }, 422, 'sendAt'],
  ['everyone as its audience', { audience: 'everyone' }, 400, 'audience'],
  ['no words', { messages: {} }, 400, 'messages'],
  [
    'a field that there is not',
    { messages: { en: { subject: 'x', email: '{{ nobody }}', sms: 'x' } } },
    422,
    'messages.en.email',
  ],
  [
    'a word too many for a lock screen',
    { messages: { en: { subject: 'Your recovery', email: 'x', sms: 'x' } } },
    422,
    'messages.en.subject',
  ],
])('is refused with %s, and nothing is added', async (_, change, status, path) => {
  const { campaign } = await underWay();
  await drumbeat.call('PATCH', `/api/v1/campaigns/${campaign.id}`, { avoidWords: ['recovery'] });
  const refused = await send(campaign.id, { ...alert, ...change });
  expect([refused.statusCode, problem(refused).errors?.map((part) => part.path)]).toEqual([status, [path]]);
  expect(await ladderOf(campaign.id)).toHaveLength(1);
});

it('is for people of a campaign with a date alone', async () => {
  const draft = await drumbeat.call('POST', '/api/v1/campaigns', { kit: 'custom' });
  const refused = await send(draft.json<CampaignAnswer>().id, alert);
  expect([refused.statusCode, problem(refused).code]).toEqual([409, 'not_running']);
});

it('leaves at least one rung', async () => {
  const { campaign } = await underWay();
  const refused = await drumbeat.call('DELETE', `/api/v1/campaigns/${campaign.id}/rungs/three-days`);
  expect([refused.statusCode, problem(refused).code]).toEqual([422, 'ladder']);
  const nobody = await drumbeat.call('DELETE', `/api/v1/campaigns/${campaign.id}/rungs/nothing`);
  expect([nobody.statusCode, problem(nobody).code]).toEqual([404, 'rung_unknown']);
});
