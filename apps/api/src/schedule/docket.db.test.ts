import { deadlineOf } from '#domain';
import { Dockets, type NewProposal } from '#postgres';
import { setNow } from '../../../../test/support/clock.js';
import {
  fakeFederalRegister,
  fakeRegulationsGov,
  type FakeRegulationsGov,
} from '../../../../test/support/regulations-gov.js';
import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import type { DocketAnswer } from './docket.schema.js';

const drumbeat = useApi();
let regulations: FakeRegulationsGov;
let campaign: TestCampaign;
beforeAll(async () => {
  regulations = await fakeRegulationsGov();
  Object.assign(drumbeat.api.get<ApiSettings>(API_SETTINGS), {
    REGULATIONS_GOV_URL: regulations.url,
    REGULATIONS_GOV_API_KEY: regulations.key,
    FEDERAL_REGISTER_URL: 'http://127.0.0.1:1/api/v1',
  });
});
afterAll(() => regulations.close());
beforeEach(async () => {
  await setNow(drumbeat.db, new Date('2027-03-02T12:00:00-05:00'));
  campaign = await drumbeat.aCampaign({ deadlineAt: deadlineOf('2027-04-01').toISOString() });
});

const dockets = () => new Dockets(drumbeat.db.manager);
const path = (rest = '') => `/api/v1/campaigns/${campaign.id}/docket${rest}`;
const read = async () => (await drumbeat.call('GET', path())).json<DocketAnswer>();
const proposal = (more: Partial<NewProposal> = {}) =>
  dockets().propose(campaign.id, {
    ...{ kind: 'extension', kept: '2027-04-01', closesOn: ['2027-05-01'], regulationsOn: '2027-05-01' },
    ...{ registerOn: ['2027-05-01'], agreed: true, notice: null },
    ...more,
  });
const lastLine = () =>
  drumbeat.one<{ actor: string; action: string }>(
    `select split_part(actor, ':', 1) as actor, action from audit where campaign_id = $1 order by id desc limit 1`,
    [campaign.id],
  );

it('says that nothing is watched yet, and nothing is changed by asking', async () => {
  const before = await drumbeat.rows();
  expect(await read()).toMatchObject({
    ...{ watched: false, documentId: null, finding: null, nextAt: null, byItself: false, search: null },
    ...{ proposals: [], candidates: [], sharedKey: false },
    sources: [
      { source: 'regulations_gov', askedAt: null, closesOn: [], health: 'fine' },
      { source: 'federal_register', askedAt: null, closesOn: [], health: 'fine' },
    ],
  });
  expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual({ ...before, api_keys: '' });
});

it('applies what was proposed, once, and only a date that was', async () => {
  const id = await proposal({ kind: 'conflict', closesOn: ['2027-05-01', '2027-05-09'], agreed: false });
  const apply = (body: object) => drumbeat.call('POST', path(`/proposals/${id}/apply`), body);
  expect((await apply({})).json()).toMatchObject({ code: 'not_proposed' });
  expect((await apply({ closesOn: '2027-06-01' })).statusCode).toBe(422);
  expect((await apply({ closesOn: '2027-05-09', version: 99 })).json()).toMatchObject({
    code: 'changed_meanwhile',
  });
  expect((await apply({ closesOn: '2027-05-09' })).json()).toMatchObject({
    deadlineAt: deadlineOf('2027-05-09').toISOString(),
    deadlineZone: 'America/New_York',
    round: 2,
  });
  expect((await apply({ closesOn: '2027-05-01' })).json()).toMatchObject({ code: 'already_decided' });
  expect(await lastLine()).toEqual({ actor: 'organizer', action: 'deadline.moved' });
  expect((await read()).proposals).toMatchObject([{ state: 'applied', decidedBy: 'a organizer' }]);
});

it('moves nothing to a day that has passed, and leaves the proposal open', async () => {
  const id = await proposal({ kind: 'correction', closesOn: ['2027-03-01'] });
  expect((await drumbeat.call('POST', path(`/proposals/${id}/apply`), {})).json()).toMatchObject({
    code: 'deadline_past',
  });
  expect((await read()).proposals).toMatchObject([{ state: 'open' }]);
});

it('leaves a date as it is when somebody says so', async () => {
  const id = await proposal();
  const answer = await drumbeat.call('POST', path(`/proposals/${id}/dismiss`));
  expect(answer.json()).toMatchObject({ proposals: [{ state: 'dismissed', decidedBy: 'a organizer' }] });
  expect((await drumbeat.call('POST', path(`/proposals/${id}/dismiss`))).statusCode).toBe(409);
  expect(await lastLine()).toEqual({ actor: 'organizer', action: 'docket.dismissed' });
  const other = await drumbeat.aCampaign({ deadlineAt: deadlineOf('2027-04-01').toISOString() });
  const elsewhere = `/api/v1/campaigns/${other.id}/docket/proposals/${id}/dismiss`;
  expect((await drumbeat.call('POST', elsewhere)).json()).toMatchObject({ code: 'proposal_unknown' });
});

it('keeps how it is watched, and asks again at once, a dozen times an hour', async () => {
  const search = { agency: 'Bureau of Labor Statistics', words: 'occupational classification' };
  expect((await drumbeat.call('PUT', path(), { search })).json()).toMatchObject({ search, byItself: false });
  expect((await drumbeat.call('PUT', path(), { byItself: true })).json()).toMatchObject({
    search,
    byItself: true,
  });
  expect((await drumbeat.call('PUT', path(), { search: null })).json()).toMatchObject({
    search: null,
    byItself: true,
  });
  expect((await drumbeat.call('PUT', path(), { search: { agency: 'BLS' } })).statusCode).toBe(400);
  const answers = [];
  for (let n = 0; n < 13; n++) answers.push((await drumbeat.call('POST', path('/ask'))).statusCode);
  expect([answers.filter((status) => status === 200).length, answers.at(-1)]).toEqual([12, 429]);
});

it('opens a campaign that waits with the document that somebody accepts', async () => {
  campaign = await drumbeat.aCampaign({ deadlineAt: undefined, deadlineZone: undefined, official: {} });
  const notice = {
    ...{
      number: '2027-01234',
      title: 'SOC',
      agencies: ['Labor Statistics Bureau'],
      publishedOn: '2027-02-01',
    },
    ...{ url: 'https://www.federalregister.gov/d/2027-01234', commentUrl: null, closesOn: ['2027-04-01'] },
    ...{
      docketIds: ['BLS-2027-0003'],
      documentId: 'BLS-2027-0003-0001',
      correctionOf: null,
      amends: false,
      withdraws: false,
    },
  };
  await dockets().addCandidates(campaign.id, [notice, { ...notice, number: '2027-01235' }]);
  expect((await read()).candidates.map(({ number }) => number)).toEqual(['2027-01234', '2027-01235']);
  const left = await drumbeat.call('POST', path('/candidates/2027-01235/dismiss'));
  expect(left.json<DocketAnswer>().candidates).toHaveLength(1);
  expect((await drumbeat.call('POST', path('/candidates/2027-01234/accept'))).json()).toMatchObject({
    status: 'running',
    deadlineAt: deadlineOf('2027-04-01').toISOString(),
    official: {
      url: 'https://www.regulations.gov/commenton/BLS-2027-0003-0001',
      document: 'BLS-2027-0003-0001',
      docket: 'BLS-2027-0003',
    },
  });
  expect((await drumbeat.call('POST', path('/candidates/2027-01234/accept'))).statusCode).toBe(404);
  expect(await lastLine()).toEqual({ actor: 'organizer', action: 'document.accepted' });
});

describe('a launch', () => {
  const launch = async (attributes: object, more: object = {}) => {
    regulations.documents = [
      { id: 'BLS-2027-0003-0001', attributes: { commentEndDate: '2027-04-02T03:59:59Z', ...attributes } },
    ];
    await drumbeat.db.query(`delete from source_answers`);
    await drumbeat.db.query(`update sources set failures = 0, openings = 0, rests_until = null`);
    const form = {
      ...{ title: 'Comment', kind: 'regulatory_comment', coalitionIds: [campaign.coalition.id] },
      ...{ deadlineAt: deadlineOf('2027-04-01').toISOString(), deadlineZone: 'America/New_York' },
      official: {
        url: 'https://www.regulations.gov/commenton/BLS-2027-0003-0001',
        document: 'BLS-2027-0003-0001',
      },
      ladder: [
        {
          id: 'one',
          channels: ['email'],
          daysBefore: 1,
          at: '10:00',
          messages: { en: { subject: 'One day', email: 'File it.' } },
        },
      ],
    };
    const { id } = (await drumbeat.call('POST', '/api/v1/campaigns', form)).json<{ id: string }>();
    Object.assign(regulations, more);
    const answer = await drumbeat.call('POST', `/api/v1/campaigns/${id}/launch`);
    regulations.trouble = 'none';
    const checklist = await drumbeat.call('GET', `/api/v1/campaigns/${id}/checklist`);
    const codes = checklist.json<{ items: { code: string; blocks: boolean }[] }>().items;
    return [answer.statusCode, ...codes.flatMap(({ code, blocks }) => (blocks ? [code] : []))];
  };

  it.each<[string, object, object, unknown[]]>([
    ['goes ahead while comments are open', {}, {}, [200]],
    [
      'is refused when they have closed',
      { commentEndDate: '2027-03-02T04:59:59Z' },
      {},
      [422, 'document_closed'],
    ],
    ['is refused when the document was withdrawn', { withdrawn: true }, {}, [422, 'document_withdrawn']],
    ['goes ahead when nobody names an end', { commentEndDate: null }, {}, [200]],
    ['goes ahead when nobody answers', { withdrawn: true }, { trouble: 'down' }, [200]],
  ])('%s', async (_, attributes, more, answer) => expect(await launch(attributes, more)).toEqual(answer));

  it('is refused when the Federal Register alone tells of a withdrawal', async () => {
    const register = await fakeFederalRegister();
    const settings = drumbeat.api.get<ApiSettings>(API_SETTINGS);
    const { FEDERAL_REGISTER_URL } = settings;
    settings.FEDERAL_REGISTER_URL = register.url;
    const published = { docket_ids: ['BLS-2027-0003'], comments_close_on: null };
    register.notices = [
      {
        ...{ ...published, document_number: '2027-01234', publication_date: '2027-02-01' },
        regulations_dot_gov_info: { document_id: 'BLS-2027-0003-0001', docket_id: 'BLS-2027-0003' },
      },
      {
        ...{ ...published, document_number: '2027-02345', publication_date: '2027-03-01' },
        action: 'Notice; withdrawal.',
      },
    ];
    expect(await launch({ docketId: 'BLS-2027-0003' })).toEqual([422, 'document_withdrawn']);
    settings.FEDERAL_REGISTER_URL = FEDERAL_REGISTER_URL;
    await register.close();
  });
});
