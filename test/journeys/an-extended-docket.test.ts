import { deadlineOf } from '#domain';
import { type Campaign, useDrumbeat, walls } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();

const document = 'BLS-2024-0001-0001';
const ladder = [
  { id: 'three', daysBefore: 3, at: '12:00', channels: ['email', 'sms'] },
  { id: 'two', daysBefore: 2, at: '12:00', channels: ['email', 'sms'] },
  { id: 'one', daysBefore: 1, at: '12:00', channels: ['email', 'sms'] },
];
type Docket = {
  finding: string;
  proposals: {
    id: string;
    kind: string;
    closesOn: string[];
    agreed: boolean;
    state: string;
    decidedBy: string;
  }[];
};
type Preview = { newRound: boolean; rungs: { rungId: string; channel: string; to: string | null }[] };

const on = (day: string, time: string) =>
  drumbeat.clock(`2027-03-${day}T${time}:00-0${Number(day) < 14 ? 8 : 7}:00`);
const agency = (change: object) => drumbeat.api('POST', '/sandbox/docket', change);
const docketOf = async ({ id }: Campaign) =>
  (await drumbeat.api<Docket>('GET', `/api/v1/campaigns/${id}/docket`)).json;
const previewOf = async ({ id }: Campaign, date: string) => {
  const body = { deadlineAt: deadlineOf(date).toISOString(), deadlineZone: 'America/New_York' };
  return (await drumbeat.api<Preview>('POST', `/api/v1/campaigns/${id}/deadline/preview`, body)).json;
};
/** When the preview says that each rung goes by email, by the wall in Portland. */
const foreseen = ({ rungs }: Preview) =>
  walls(rungs.flatMap(({ channel, to }) => (channel === 'email' && to ? [{ at: to }] : [])));
const apply = ({ id }: Campaign, proposalId: string) =>
  drumbeat.api<{ round: number }>('POST', `/api/v1/campaigns/${id}/docket/proposals/${proposalId}/apply`, {});

it('is extended twice and corrected once: each time the ladder moves as rehearsed, and nothing of a round comes twice', async () => {
  const campaign = await drumbeat.launch({
    kind: 'regulatory_comment',
    official: { url: `https://www.regulations.gov/commenton/${document}`, document },
    deadlineAt: deadlineOf('2027-03-11').toISOString(),
    deadlineZone: 'America/New_York',
    ladder,
  });
  const [ada, phone] = ['ada@example.org', '+15035550241'];
  await drumbeat.join({ campaign: campaign.slug, email: ada, phone });
  const letters = async () => walls((await drumbeat.mailTo(ada)).slice(1));

  await on('09', '13:00');
  expect(await letters()).toEqual(['Mon 8 12:00', 'Tue 9 12:00']);
  expect(await docketOf(campaign)).toMatchObject({ finding: 'agree', proposals: [] });

  // Extended by ten days: a person looks, and applies it.
  await agency({ closesOn: '2027-03-21' });
  await on('09', '14:30');
  const [extended] = (await docketOf(campaign)).proposals;
  expect(extended).toMatchObject({
    kind: 'extension',
    closesOn: ['2027-03-21'],
    agreed: true,
    state: 'open',
  });
  const first = await previewOf(campaign, '2027-03-21');
  expect([first.newRound, foreseen(first)]).toEqual([true, ['Thu 18 12:00', 'Fri 19 12:00', 'Sat 20 12:00']]);
  expect((await apply(campaign, extended!.id)).json).toMatchObject({ round: 2 });
  expect((await apply(campaign, extended!.id)).status).toBe(409);

  await on('19', '13:00');
  expect((await letters()).slice(2)).toEqual(['Thu 18 12:00', 'Fri 19 12:00']);

  // Corrected to a day earlier: the rung that this puts in the past goes at once, the others are not sent again.
  await agency({ closesOn: '2027-03-20' });
  await on('19', '14:30');
  const corrected = (await docketOf(campaign)).proposals.find(({ state }) => state === 'open')!;
  expect(corrected).toMatchObject({ kind: 'correction', closesOn: ['2027-03-20'] });
  const second = await previewOf(campaign, '2027-03-20');
  expect([second.newRound, foreseen(second)]).toEqual([false, ['Fri 19 14:30']]);
  await apply(campaign, corrected.id);
  await drumbeat.settle();
  expect((await letters()).slice(4)).toEqual(['Fri 19 14:30']);

  // Extended again, and followed by itself.
  await drumbeat.api('PUT', `/api/v1/campaigns/${campaign.id}/docket`, { byItself: true });
  const third = await previewOf(campaign, '2027-03-30');
  expect([third.newRound, foreseen(third)]).toEqual([true, ['Sat 27 12:00', 'Sun 28 12:00', 'Mon 29 12:00']]);
  await agency({ closesOn: '2027-03-30' });
  await on('19', '16:00');
  expect((await docketOf(campaign)).proposals[0]).toMatchObject({
    ...{ kind: 'extension', closesOn: ['2027-03-30'], state: 'applied', decidedBy: 'system' },
  });
  await on('29', '13:00');
  expect((await letters()).slice(5)).toEqual(foreseen(third));
  expect((await drumbeat.lastMail(ada)).text).toMatch(/extended.*Tuesday, March 30/is);

  const twice = await drumbeat.db.query<object[]>(
    `select key, channel, count(*) from reminders where campaign_id = $1 and state = 'sent' group by 1, 2 having count(*) > 1`,
    [campaign.id],
  );
  expect(twice).toEqual([]);
  // The first two are the question and the answer to its YES.
  const texts = walls((await drumbeat.textsTo(phone)).slice(2));
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.at(-1)).toBe('Mon 29 12:00');
});

it('keeps its date while the two sources differ, says so, and pauses when the document is withdrawn', async () => {
  const campaign = await drumbeat.launch({
    kind: 'regulatory_comment',
    official: { url: `https://www.regulations.gov/commenton/${document}`, document },
    deadlineAt: deadlineOf('2027-03-30').toISOString(),
    deadlineZone: 'America/New_York',
    ladder,
  });
  const isAt = async () => (await drumbeat.api('GET', `/api/v1/campaigns/${campaign.id}`)).json;
  await drumbeat.settle();
  expect(await docketOf(campaign)).toMatchObject({ finding: 'agree' });
  await agency({ closesOn: '2027-04-09', everywhere: false });
  await on('29', '15:00');
  expect(await docketOf(campaign)).toMatchObject({ finding: 'conflict' });
  await agency({ withdrawn: true });
  await on('29', '16:30');
  expect(await isAt()).toMatchObject({
    ...{ status: 'paused', pausedBecause: 'withdrawn' },
    deadlineAt: deadlineOf('2027-03-30').toISOString(),
  });
  // Nor can one be launched for it.
  const draft = await drumbeat.draft({
    kind: 'regulatory_comment',
    official: { url: `https://www.regulations.gov/commenton/${document}`, document },
    deadlineAt: deadlineOf('2027-04-20').toISOString(),
    deadlineZone: 'America/New_York',
    ladder,
  });
  const refused = await drumbeat.api<{ errors: { path: string }[] }>(
    'POST',
    `/api/v1/campaigns/${draft.id}/launch`,
  );
  expect([refused.status, refused.json.errors.map(({ path }) => path)]).toEqual([422, ['official.document']]);
});

it('opens for a campaign that waits when a person accepts what was found for it', async () => {
  await agency({ withdrawn: false });
  const waiting = await drumbeat.launch({
    kind: 'regulatory_comment',
    ...{ deadlineAt: undefined, deadlineZone: undefined },
    ladder,
  });
  const bo = 'bo@example.org';
  await drumbeat.join({ campaign: waiting.slug, email: bo });
  const search = { agency: 'Bureau of Labor Statistics', words: 'occupational classification' };
  await drumbeat.api('PUT', `/api/v1/campaigns/${waiting.id}/docket`, { search });
  await drumbeat.settle();
  type Found = { candidates: { number: string; closesOn: string[] }[] };
  const found = await drumbeat.api<Found>('GET', `/api/v1/campaigns/${waiting.id}/docket`);
  const candidate = found.json.candidates.find(({ closesOn }) => closesOn[0] === '2027-04-09')!;
  const accept = `/api/v1/campaigns/${waiting.id}/docket/candidates/${candidate.number}/accept`;
  expect((await drumbeat.api('POST', accept)).json).toMatchObject({
    status: 'running',
    deadlineAt: deadlineOf('2027-04-09').toISOString(),
  });
  await drumbeat.settle();
  expect((await drumbeat.lastMail(bo, 2)).text).toMatch(/April 9/);
  await drumbeat.clock('2027-04-06T13:00:00-07:00');
  expect(walls((await drumbeat.mailTo(bo)).slice(2))).toEqual(['Tue 6 12:00']);
});
