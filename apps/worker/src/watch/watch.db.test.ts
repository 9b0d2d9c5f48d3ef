import { readSettings } from '#boot';
import { FederalRegister, RegulationsGov } from '#dockets';
import { deadlineOf } from '#domain';
import { CampaignClock, Dockets, type DocketWatch, Notices } from '#postgres';
import { Deadlines, PersonalPlans, ReplanService } from '#schedule';
import { setNow } from '../../../../test/support/clock.js';
import {
  fakeFederalRegister,
  type FakeFederalRegister,
  fakeRegulationsGov,
  type FakeRegulationsGov,
} from '../../../../test/support/regulations-gov.js';
import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import { testKeys } from '../../../../test/support/use-database.js';
import { WorkerSettings } from '../settings.js';
import { WatchService } from './watch.service.js';

const world = useApi();
let regulations: FakeRegulationsGov;
let register: FakeFederalRegister;
/** Of as many processes as one likes. */
let aWatch: (key?: string) => WatchService;
let watch: WatchService;

beforeAll(async () => {
  regulations = await fakeRegulationsGov();
  register = await fakeFederalRegister();
  aWatch = (key = regulations.key) => {
    const settings = readSettings(WorkerSettings, {
      ...testKeys,
      DATABASE_URL: world.url,
      PUBLIC_URL: 'https://drumbeat.example',
      SMTP_URL: 'smtp://127.0.0.1:1',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'the-account-token-of-the-tests',
      TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
      REGULATIONS_GOV_URL: regulations.url,
      REGULATIONS_GOV_API_KEY: key,
      FEDERAL_REGISTER_URL: register.url,
    });
    const { db, keys } = world;
    return new WatchService(
      db,
      keys,
      new RegulationsGov(db, keys, settings),
      new FederalRegister(db, keys, settings),
      new Deadlines(new ReplanService(new PersonalPlans(keys))),
      settings,
    );
  };
});
afterAll(() => Promise.all([regulations.close(), register.close()]));

const documentId = 'BLS-2027-0003-0001';
const start = new Date('2027-03-02T12:00:00-05:00');
beforeEach(async () => {
  const nothing = () => ({ trouble: 'none', requests: [], answers: [], wrong: [] });
  Object.assign(regulations, { ...nothing(), key: 'the-key-of-the-tests' });
  Object.assign(register, nothing());
  watch = aWatch();
  say('2027-04-01');
  await world.db.query(`update campaigns set status = 'closed'`);
  for (const table of [
    'docket_candidates',
    'docket_proposals',
    'docket_watches',
    'source_answers',
    'notices',
    'limits',
  ])
    await world.db.query(`delete from ${table}`);
  await world.db.query(`update sources set failures = 0, openings = 0, rests_until = null, trouble = null`);
  await setNow(world.db, start);
});
afterEach(() => expect([regulations.wrong, register.wrong]).toEqual([[], []]));

const own = (date: string | null) => ({
  document_number: '2027-01234',
  publication_date: '2027-02-01',
  comments_close_on: date,
  docket_ids: ['BLS-2027-0003'],
  regulations_dot_gov_info: { document_id: documentId, docket_id: 'BLS-2027-0003' },
});
const later = (date: string) => ({
  document_number: '2027-02345',
  publication_date: '2027-03-01',
  action: 'Notice; extension of comment period.',
  comments_close_on: date,
  docket_ids: ['BLS-2027-0003'],
});
/** What regulations.gov says, and what the Federal Register does; the first date stood from the beginning. */
function say(date: string | null, paper: string | null = date, more: object = {}) {
  const commentEndDate = date && deadlineOf(date).toISOString().replace('.000', '');
  regulations.documents = [{ id: documentId, attributes: { commentEndDate, ...more } }];
  register.notices = [own('2027-04-01'), ...(paper && paper !== '2027-04-01' ? [later(paper)] : [])];
}

const aCampaign = (more: object = {}) =>
  world.aCampaign({
    official: { url: `https://www.regulations.gov/commenton/${documentId}`, document: documentId },
    deadlineAt: deadlineOf('2027-04-01').toISOString(),
    notify: ['organizer@example.org'],
    ...more,
  });
const wait = async (minutes: number) => {
  const now = await new CampaignClock(world.db.manager).now();
  await setNow(world.db, new Date(now.getTime() + minutes * 60_000));
};
/** An hour later. */
const look = async (minutes = 61) => {
  await wait(minutes);
  await watch.run();
};
const of = async ({ id }: TestCampaign) => (await new Dockets(world.db.manager).of(id))!;
const proposals = async ({ id }: TestCampaign) =>
  (await new Dockets(world.db.manager).proposals(id)).map(({ kind, closesOn, agreed, state }) =>
    [kind, ...closesOn, ...(agreed ? ['agreed'] : []), state].join(' '),
  );
const deadline = async ({ id }: TestCampaign) =>
  world.one<{ at: Date; round: number; status: string; because: string | null }>(
    `select deadline_at as at, round, status, paused_because as because from campaigns where id = $1`,
    [id],
  );
const log = ({ id }: TestCampaign) =>
  world
    .all<{ line: string }>(
      `select actor || ' ' || action as line from audit where campaign_id = $1 and action ~ 'docket|moved|paused' order by id`,
      [id],
    )
    .then((rows) => rows.map(({ line }) => line));
const mails = async () => {
  const claimed = await new Notices(world.db.manager, world.keys).claim(10, 60);
  return claimed.map(({ to, subject }) => `${to}: ${subject}`);
};

it('hears what both sources say of a launched campaign’s document, and finds nothing new', async () => {
  const campaign = await aCampaign();
  await watch.run();
  expect(await of(campaign)).toMatchObject({
    documentId,
    docketId: 'BLS-2027-0003',
    document: { closesOn: '2027-04-01', withdrawn: false },
    register: { number: '2027-01234', closesOn: ['2027-04-01'], certain: true },
    finding: { kind: 'agree' },
  } satisfies Partial<Record<keyof DocketWatch, unknown>>);
  const { nextAt } = await of(campaign);
  expect(Math.round((nextAt.getTime() - start.getTime()) / 60_000)).toBe(60);
  await watch.run();
  expect(regulations.requests).toHaveLength(1);
  expect([await proposals(campaign), await mails()]).toEqual([[], []]);
});

it('proposes a later date once, tells organizers, and moves nothing', async () => {
  const campaign = await aCampaign();
  await watch.run();
  say('2027-05-01');
  for (let n = 0; n < 3; n++) await look();
  expect(await proposals(campaign)).toEqual(['extension 2027-05-01 agreed open']);
  expect(await mails()).toEqual(['organizer@example.org: The comment period was extended']);
  expect(await deadline(campaign)).toMatchObject({ at: deadlineOf('2027-04-01'), round: 1 });
  expect(await log(campaign)).toEqual(['system docket.found']);
  // It changes again before anybody decided, and back.
  say('2027-05-08');
  await look();
  expect(await proposals(campaign)).toEqual([
    'extension 2027-05-08 agreed open',
    'extension 2027-05-01 agreed superseded',
  ]);
  say('2027-04-01');
  await look();
  expect((await proposals(campaign))[0]).toBe('extension 2027-05-08 agreed superseded');
});

it('does not propose again what was dismissed', async () => {
  const campaign = await aCampaign();
  say('2027-05-01');
  await watch.run();
  const { id } = (await new Dockets(world.db.manager).proposals(campaign.id))[0]!;
  await new Dockets(world.db.manager).decide(campaign.id, id, 'dismissed', 'person:1');
  await look();
  expect(await proposals(campaign)).toEqual(['extension 2027-05-01 agreed dismissed']);
});

describe('where the campaign allows it', () => {
  const byItself = async (campaign: TestCampaign) => {
    await watch.run();
    const how = { byItself: true, agency: null, words: null };
    await new Dockets(world.db.manager).set(campaign.id, how);
  };

  it('an extension that both sources agree on moves the deadline, with its round, and is told', async () => {
    const campaign = await aCampaign();
    await byItself(campaign);
    say('2027-05-01');
    await look();
    expect(await deadline(campaign)).toMatchObject({
      at: deadlineOf('2027-05-01'),
      round: 2,
      status: 'running',
    });
    expect(await proposals(campaign)).toEqual(['extension 2027-05-01 agreed applied']);
    expect(await log(campaign)).toEqual(['system deadline.moved']);
    expect(await mails()).toEqual(['organizer@example.org: The deadline moved by itself']);
    await look();
    expect((await of(campaign)).finding).toEqual({ kind: 'agree' });
  });

  it.each([
    ['a correction', '2027-03-25', '2027-03-25', ['correction 2027-03-25 agreed open']],
    ['what only one source knows yet', '2027-04-01', '2027-05-01', ['conflict 2027-05-01 open']],
    ['sources in conflict', '2027-05-01', '2027-05-02', ['conflict 2027-05-01 2027-05-02 open']],
  ])('%s is left to a person, and our date stays', async (_, date, paper, made) => {
    const campaign = await aCampaign();
    await byItself(campaign);
    say(date, paper);
    await look();
    expect(await proposals(campaign)).toEqual(made);
    expect(await deadline(campaign)).toMatchObject({ at: deadlineOf('2027-04-01'), round: 1 });
  });

  it('one source alone, the other silent, is left to a person', async () => {
    const campaign = await aCampaign();
    await byItself(campaign);
    register.trouble = 'down';
    say('2027-05-01');
    await wait(24 * 60);
    await watch.run();
    expect(await proposals(campaign)).toEqual(['extension 2027-05-01 open']);
  });
});

it('pauses a campaign whose document was withdrawn, once: a person may let it go on', async () => {
  const campaign = await aCampaign();
  await watch.run();
  say('2027-04-01', null, { withdrawn: true });
  await look();
  expect(await deadline(campaign)).toMatchObject({ status: 'paused', because: 'withdrawn' });
  expect(await log(campaign)).toEqual(['system campaign.paused']);
  expect(await mails()).toEqual(['organizer@example.org: The document was withdrawn']);
  await world.call('POST', `/api/v1/campaigns/${campaign.id}/resume`);
  await look();
  expect(await deadline(campaign)).toMatchObject({ status: 'running' });
});

it('pauses it, too, when only the Federal Register says so', async () => {
  const campaign = await aCampaign();
  await watch.run();
  const withdrawal = { ...later('2027-03-01'), action: 'Notice; withdrawal.', comments_close_on: null };
  register.notices = [own('2027-04-01'), withdrawal];
  await look();
  expect(await of(campaign)).toMatchObject({
    register: { number: withdrawal.document_number, closesOn: [], withdrawn: true },
    finding: { kind: 'withdrawn' },
  });
  expect(await deadline(campaign)).toMatchObject({ status: 'paused', because: 'withdrawn' });
  expect(await log(campaign)).toEqual(['system campaign.paused']);
  expect(await mails()).toEqual(['organizer@example.org: The document was withdrawn']);
  const { sources } = (await world.call('GET', `/api/v1/campaigns/${campaign.id}/docket`)).json<{
    sources: { source: string; withdrawn: boolean }[];
  }>();
  expect(sources.map(({ source, withdrawn }) => [source, withdrawn])).toEqual([
    ['regulations_gov', false],
    ['federal_register', true],
  ]);
  await world.call('POST', `/api/v1/campaigns/${campaign.id}/resume`);
  await look();
  expect(await deadline(campaign)).toMatchObject({ status: 'running' });
});

it('bears null dates, and says that nobody names one', async () => {
  const campaign = await aCampaign();
  say(null);
  register.notices = [own(null)];
  await watch.run();
  expect(await of(campaign)).toMatchObject({ document: { closesOn: null }, finding: { kind: 'unknown' } });
  expect(await proposals(campaign)).toEqual([]);
});

it.each(['busy', 'broken', 'garbled', 'nonsense', 'down'] as const)(
  'keeps what it knew while both sources are %s, and goes on when they are back',
  async (trouble) => {
    const campaign = await aCampaign();
    await watch.run();
    Object.assign(regulations, { trouble });
    Object.assign(register, { trouble });
    await look();
    expect([await proposals(campaign), await deadline(campaign)]).toMatchObject([
      [],
      { at: deadlineOf('2027-04-01'), status: 'running' },
    ]);
    const { nextAt } = await of(campaign);
    expect(nextAt.getTime()).toBeGreaterThan(start.getTime() + 61 * 60_000);
    Object.assign(regulations, { trouble: 'none' });
    Object.assign(register, { trouble: 'none' });
    await world.db.query(`update sources set rests_until = null`);
    say('2027-05-01');
    await look();
    await look();
    expect(await proposals(campaign)).toEqual(['extension 2027-05-01 agreed open']);
  },
);

it('gives a due watch to one worker, also while that one still asks, and to another when it never came back', async () => {
  const campaign = await aCampaign();
  const dockets = new Dockets(world.db.manager);
  await dockets.adopt();
  await world.db.transaction(async (open) => {
    expect(await new Dockets(open).claim(5)).toMatchObject([{ campaignId: campaign.id }]);
    expect(await dockets.claim(5)).toEqual([]);
  });
  expect(await dockets.claim(5)).toEqual([]);
  await wait(6);
  expect(await dockets.claim(5)).toMatchObject([{ campaignId: campaign.id }]);
});

it('asks once for several campaigns with one document', async () => {
  await aCampaign();
  await aCampaign();
  await watch.run();
  regulations.requests = [];
  await look();
  expect(regulations.requests).toHaveLength(1);
});

it('asks by the shared key at most hourly in the last two days, and the Federal Register between', async () => {
  await setNow(world.db, new Date('2027-04-01T12:00:00-04:00'));
  await aCampaign();
  regulations.key = 'DEMO_KEY';
  watch = aWatch('');
  await watch.run();
  for (let n = 0; n < 6; n++) await look(10);
  expect([regulations.requests.length, register.requests.length]).toEqual([2, 7]);
});

it('stops a week after the close, and begins anew with another document', async () => {
  const campaign = await aCampaign();
  await watch.run();
  await setNow(world.db, new Date('2027-04-09T12:00:00-04:00'));
  await world.db.query(`update campaigns set status = 'ended' where id = $1`, [campaign.id]);
  regulations.requests = [];
  await look();
  await look(25 * 60);
  expect(regulations.requests).toEqual([]);
  await world.db.query(
    `update campaigns set deadline_at = '2027-05-01T23:59:59-04:00', status = 'running',
       official = jsonb_set(official, '{document}', '"BLS-2027-0003-0009"') where id = $1`,
    [campaign.id],
  );
  await watch.run();
  expect(regulations.requests.map(({ path }) => path)).toEqual(['/v4/documents/BLS-2027-0003-0009']);
  expect(await of(campaign)).toMatchObject({ documentId: 'BLS-2027-0003-0009', document: null });
});

describe('a campaign that waits for its document', () => {
  const looksFor = {
    byItself: false,
    agency: 'Bureau of Labor Statistics',
    words: 'occupational classification',
  };
  const awaiting = async (more: object = {}) => {
    const campaign = await aCampaign({ deadlineAt: undefined, deadlineZone: undefined, official: {} });
    await new Dockets(world.db.manager).set(campaign.id, { ...looksFor, ...more });
    return campaign;
  };
  const candidates = async ({ id }: TestCampaign) =>
    (await new Dockets(world.db.manager).candidates(id)).map(({ notice }) => notice.number);
  const agencies = [{ name: 'Labor Department' }, { name: 'Labor Statistics Bureau' }];

  it('finds candidates by agency and words, tells organizers of each once, and takes none by itself', async () => {
    const campaign = await awaiting();
    register.notices = [
      { ...own('2027-04-01'), agencies },
      { ...own('2027-04-01'), document_number: '2027-01235', agencies: [{ name: 'Census Bureau' }] },
      { ...own('2027-02-20'), document_number: '2027-01236', agencies },
    ];
    await watch.run();
    await look();
    expect(await candidates(campaign)).toEqual(['2027-01234']);
    expect(await mails()).toEqual(['organizer@example.org: This may be the document you wait for']);
    expect(regulations.requests).toEqual([]);
    expect(await deadline(campaign)).toMatchObject({ status: 'awaiting', at: null });
  });

  it('is looked for anew when somebody looks for another while the Register is asked', async () => {
    const campaign = await awaiting({ agency: 'Census Bureau' });
    register.notices = [
      { ...own('2027-04-01'), agencies },
      { ...own('2027-04-01'), document_number: '2027-01235', agencies: [{ name: 'Census Bureau' }] },
    ];
    register.meanwhile = async () => {
      register.meanwhile = () => Promise.resolve();
      await new Dockets(world.db.manager).set(campaign.id, looksFor);
    };
    await watch.run();
    expect(await candidates(campaign)).toEqual(['2027-01234']);
  });

  it('whose document gets a date is told, and opens when a person says so', async () => {
    const campaign = await aCampaign({ deadlineAt: undefined, deadlineZone: undefined });
    say('2027-04-01');
    await watch.run();
    expect(await proposals(campaign)).toEqual(['opening 2027-04-01 agreed open']);
    expect(await deadline(campaign)).toMatchObject({ status: 'awaiting', at: null });
  });
});
