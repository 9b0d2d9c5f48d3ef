import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { useApi } from '../../../../test/support/use-api.js';
import type { CampaignAnswer } from './campaign.schema.js';
import type { ChecklistAnswer } from './checklist.schema.js';

const drumbeat = useApi({ SMS_CENTS_PER_SEGMENT: '1.5' });
const { aSignup, agree } = buildersFor(drumbeat);
beforeEach(() => setNow(drumbeat.db, new Date('2027-03-01T12:00:00-05:00')));

const aDraft = async (form: object) =>
  (await drumbeat.call('POST', '/api/v1/campaigns', { kit: 'custom', ...form })).json<CampaignAnswer>();
const checklist = async (id: string) =>
  (await drumbeat.call('GET', `/api/v1/campaigns/${id}/checklist`)).json<ChecklistAnswer>();
const day = { deadlineAt: '2027-03-12T23:59:59-05:00', deadlineZone: 'America/New_York' };

it('says what is missing, at which step, as the launch does', async () => {
  const { id: coalitionId } = await drumbeat.aCoalition({ postalAddress: '', name: 'Many Hands of Iowa' });
  const past = { deadlineAt: '2027-02-12T23:59:59-05:00', deadlineZone: 'America/New_York' };
  const alert = { id: 'news', channels: ['email'], sendAt: '2027-03-02T12:00:00-05:00' };
  for (const [form, codes] of [
    [{ ...day }, ['no_coalition']],
    [
      { ...day, coalitionIds: [coalitionId], kit: undefined, kind: 'custom', title: 'Do it' },
      ['no_postal_address', 'no_rung'],
    ],
    [{ ...past, coalitionIds: [coalitionId], ladder: [alert] }, ['deadline_past', 'no_postal_address']],
  ] as const) {
    const { id } = await aDraft(form);
    const { ready, items } = await checklist(id);
    expect([ready, items.filter(({ blocks }) => blocks).map(({ code }) => code)]).toEqual([false, codes]);
    const refused = await drumbeat.call('POST', `/api/v1/campaigns/${id}/launch`);
    expect([409, 422]).toContain(refused.statusCode);
    const { errors } = refused.json<{ errors?: object[] }>();
    if (errors)
      expect(errors).toEqual(
        items.filter(({ blocks }) => blocks).map(({ path, message }) => ({ path, message })),
      );
  }
  await setNow(drumbeat.db, new Date('2027-03-03T12:00:00-05:00'));
  const { id } = await aDraft({ ...day, coalitionIds: [(await drumbeat.aCoalition()).id] });
  expect(await checklist(id)).toMatchObject({ ready: true });
  expect((await drumbeat.call('POST', `/api/v1/campaigns/${id}/launch`)).statusCode).toBe(200);
  expect(await checklist(id)).toMatchObject({ ready: false });
});

it('says what is unwise and launches all the same', async () => {
  const { id } = await aDraft({ coalitionIds: [(await drumbeat.aCoalition()).id] });
  const { ready, items } = await checklist(id);
  expect([ready, items.map(({ code, blocks }) => [code, blocks])]).toEqual([
    true,
    [
      ['no_deadline', false],
      ['no_form', false],
      ['no_contact', false],
      ['nobody_told', false],
    ],
  ]);
  const launched = await drumbeat.call('POST', `/api/v1/campaigns/${id}/launch`);
  expect(launched.json()).toMatchObject({ status: 'awaiting' });
});

it('counts whom it reaches and what the texts cost', async () => {
  const campaign = await drumbeat.aCampaign({ ...day });
  const people = [];
  for (let n = 0; n < 4; n++)
    people.push(await aSignup(campaign, campaign.coalition, { phone: `+1212555010${n}` }));
  for (const signup of people.slice(0, 3)) await agree(signup);
  const [, stopped, done] = people;
  await drumbeat.db.query(
    `insert into suppressions (contact_key, channel, reason, source) select phone_key, 'sms', 'stop', 'text' from supporters where id = $1`,
    [stopped!.supporterId],
  );
  await drumbeat.call('POST', `/api/v1/signups/${done!.id}/confirmations`, { outcome: 'filed' });
  const { audience, texts, fits } = await checklist(campaign.id);
  expect(audience).toEqual({ signups: 4, email: 2, sms: 1, welcomeOnly: 1 });
  expect(texts).toEqual({
    rungs: [{ rungId: 'three-days', segments: 1 }],
    segmentsEach: 1,
    centsPerSegment: 1.5,
    centsEach: 1.5,
    cents: 1.5,
  });
  expect(fits.map(({ rungId, channel, fits }) => [rungId, channel, fits])).toEqual([
    ['three-days', 'email', true],
    ['three-days', 'sms', true],
  ]);
});
