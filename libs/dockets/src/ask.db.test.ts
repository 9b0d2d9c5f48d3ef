import { Sources } from '#postgres';
import { setAhead } from '../../../test/support/clock.js';
import {
  fakeFederalRegister,
  type FakeFederalRegister,
  fakeRegulationsGov,
  type FakeRegulationsGov,
} from '../../../test/support/regulations-gov.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { SourceTrouble } from './ask.js';
import { FederalRegister } from './federal-register.js';
import { RegulationsGov } from './regulations-gov.js';

const world = useDatabase();
let fake: FakeRegulationsGov;
let paper: FakeFederalRegister;
/** As many processes as one likes. */
let aProcess: (key?: string) => RegulationsGov;
let register: FederalRegister;

beforeAll(async () => {
  fake = await fakeRegulationsGov();
  paper = await fakeFederalRegister();
  aProcess = (key) =>
    new RegulationsGov(world.db, world.keys, { REGULATIONS_GOV_URL: fake.url, REGULATIONS_GOV_API_KEY: key });
  register = new FederalRegister(world.db, world.keys, { FEDERAL_REGISTER_URL: paper.url });
});
afterAll(() => Promise.all([fake.close(), paper.close()]));
beforeEach(async () => {
  const nothing = () => ({ trouble: 'none', requests: [], answers: [], wrong: [] });
  Object.assign(fake, {
    documents: [{ id: 'BLS-2027-0003-0001' }],
    key: 'the-key-of-the-tests',
    rateLeft: 999,
    ...nothing(),
  });
  Object.assign(paper, {
    notices: [{ document_number: '2027-01234', docket_ids: ['BLS-2027-0003'] }],
    ...nothing(),
  });
  await world.db.query(`delete from source_answers`);
  await world.db.query(`delete from limits`);
  await world.db.query(
    `update sources set failures = 0, openings = 0, rests_until = null, trouble = null, rate_limit = null, rate_left = null`,
  );
  await setAhead(world.db, '0');
});
afterEach(() => expect([fake.wrong, paper.wrong]).toEqual([[], []]));

const document = (process = aProcess(fake.key), maxAge = 0) => process.document('BLS-2027-0003-0001', maxAge);
const trouble = async (asked: Promise<unknown>) => {
  const error: unknown = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof SourceTrouble)) throw new Error(`no trouble, but ${String(error)}`);
  return error;
};
/** A source's rest is over. */
const rested = () =>
  world.db.query(`update sources set rests_until = clock_timestamp() - interval '1 second'`);

it('asks one question for all processes while the answer is fresh, by the campaign’s clock', async () => {
  expect((await document(aProcess(fake.key), 300)).body).toMatchObject({
    data: { id: 'BLS-2027-0003-0001' },
  });
  await document(aProcess(fake.key), 300);
  expect(fake.requests).toHaveLength(1);
  await setAhead(world.db, '6 minutes');
  await document(aProcess(fake.key), 300);
  expect(fake.requests).toHaveLength(2);
});

it('knows what is not there, and keeps that, too', async () => {
  for (let n = 0; n < 2; n++)
    expect((await aProcess(fake.key).document('BLS-2027-0003-0099', 300)).body).toBeNull();
  expect(fake.requests).toHaveLength(1);
});

it('spends the shared key’s thirty an hour and fifty a day together, in however many processes', async () => {
  fake.key = 'DEMO_KEY';
  for (let n = 0; n < 30; n++) await document(aProcess());
  expect(await trouble(document(aProcess()))).toMatchObject({
    kind: 'busy',
    retryAt: expect.any(Date) as Date,
  });
  await world.db.query(
    `update limits set ends_at = clock_timestamp() where taken = 30 and ends_at < clock_timestamp() + interval '2 hours'`,
  );
  for (let n = 0; n < 20; n++) await document(aProcess());
  expect(await trouble(document(aProcess()))).toMatchObject({ kind: 'busy' });
  expect(fake.requests).toHaveLength(50);
});

it('leaves a fifth of the budget to the watch when a sweep goes on', async () => {
  fake.key = 'DEMO_KEY';
  for (let n = 0; n < 15; n++) await aProcess().sweep('comments/BLS-2027-0003-0042');
  expect(await trouble(aProcess().sweep('comments/BLS-2027-0003-0042'))).toMatchObject({ kind: 'busy' });
  await document(aProcess());
  expect(fake.requests).toHaveLength(16);
  expect(
    await new Sources(world.db.manager).answered('regulations_gov', 'comments/BLS-2027-0003-0042', 300),
  ).toBeNull();
});

it('stops when the rate headers say that nothing is left, and obeys a lower limit than ours', async () => {
  fake.rateLeft = 0;
  await document();
  expect(await trouble(document())).toMatchObject({ kind: 'resting' });
  expect(fake.requests).toHaveLength(1);
  await rested();
  await world.db.query(`update sources set rate_limit = 1`);
  expect(await trouble(document())).toMatchObject({ kind: 'busy' });
});

it.each([
  ['429', 'busy', 'busy'],
  ['a line that breaks', 'broken', 'silent'],
  ['HTML', 'garbled', 'silent'],
  ['a way to somewhere else', 'elsewhere', 'silent'],
  ['503', 'down', 'silent'],
] as const)('%s is trouble', async (_, what, kind) => {
  fake.trouble = what;
  expect(await trouble(document())).toMatchObject({ source: 'regulations_gov', kind });
});

it('says nothing of a key that is not taken', async () => {
  const error = await trouble(document(aProcess('another-key')));
  expect([error.kind, JSON.stringify(error) + error.message]).toEqual([
    'refused',
    expect.not.stringContaining('another'),
  ]);
});

it('gives up on silence after eight seconds', async () => {
  fake.trouble = 'hung';
  const began = performance.now();
  expect(await trouble(document())).toMatchObject({ kind: 'silent' });
  expect(performance.now() - began).toBeLessThan(10_000);
}, 15_000);

it('is left alone by everybody after three troubles in a row, longer each time, and asked again after its rest', async () => {
  fake.trouble = 'down';
  for (let n = 0; n < 2; n++) expect((await trouble(document())).kind).toBe('silent');
  const open = await trouble(document());
  expect(open.retryAt!.getTime()).toBeGreaterThan(Date.now() + 25_000);
  expect((await trouble(document(aProcess(fake.key)))).kind).toBe('resting');
  expect(fake.requests).toHaveLength(3);
  await rested();
  const longer = await trouble(document());
  expect(longer.retryAt!.getTime()).toBeGreaterThan(Date.now() + 55_000);
  // The other source has nothing to do with it.
  expect((await register.notice('2027-01234', 0)).body).toMatchObject({ document_number: '2027-01234' });
  await rested();
  fake.trouble = 'none';
  await document();
  expect(await new Sources(world.db.manager).health('regulations_gov')).toMatchObject({
    ...{ failures: 0, openings: 0, restsUntil: 0, trouble: null },
    rateLimit: 1_000,
    rateLeft: 999,
  });
});

it('finds a docket’s notices, and notices by their words', async () => {
  const numbers = ({ body }: { body: unknown }) =>
    ((body as { results?: { document_number: string }[] }).results ?? []).map((each) => each.document_number);
  expect(numbers(await register.noticesOf('BLS-2027-0003', 0))).toEqual(['2027-01234']);
  expect(numbers(await register.search('standard occupational', '2027-01-01', 0))).toEqual(['2027-01234']);
  expect(numbers(await register.search('standard occupational', '2027-02-02', 0))).toEqual([]);
});
