import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readDocument, readNotice, registerWord } from '#domain';
import { officialDescription } from '../../../../test/support/official.js';
import { Docket } from './docket.js';

const now = new Date('2027-03-01T12:00-05:00');
let dir: string;
let docket: Docket;
let urls: { regulationsUrl: string; registerUrl: string };
const open = async () => {
  docket = new Docket({ now: async () => now });
  urls = await docket.start({ dir, closesOn: '2027-03-11' });
};
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'docket-'));
  await open();
});
afterEach(async () => {
  await docket.stop();
  await rm(dir, { recursive: true });
});

const about = { documentId: 'BLS-2024-0001-0001', docketId: 'BLS-2024-0001', notice: '2027-12825' };
async function says() {
  const asked = `/documents/${about.documentId}`;
  const body = (await (await fetch(urls.regulationsUrl + asked)).json()) as { data: unknown };
  expect(officialDescription()?.answer(asked, body) ?? []).toEqual([]);
  const document = readDocument(body.data, now)!;
  const found = await fetch(`${urls.registerUrl}/documents.json?conditions[docket_id]=${about.docketId}`);
  const { results } = (await found.json()) as { results: unknown[] };
  const word = registerWord(
    results.flatMap((each) => readNotice(each) ?? []),
    about,
  )!;
  return [
    document.closesAt!.toISOString().slice(0, 10),
    document.withdrawn,
    word.notice.closesOn,
    word.certain,
  ];
}

it('says one date in both places, and moves it later and earlier, in both or in one', async () => {
  expect(await says()).toEqual(['2027-03-12', false, ['2027-03-11'], true]);
  await docket.move({ closesOn: '2027-03-21', everywhere: true });
  expect(await says()).toEqual(['2027-03-22', false, ['2027-03-21'], true]);
  await docket.move({ closesOn: '2027-03-19', everywhere: true });
  expect(await says()).toEqual(['2027-03-20', false, ['2027-03-19'], true]);
  await docket.move({ closesOn: '2027-04-01', everywhere: false });
  expect(await says()).toEqual(['2027-03-20', false, ['2027-04-01'], true]);
});

it('is withdrawn and brought back, and is as it was after a restart', async () => {
  docket.withdraw(true);
  await docket.stop();
  await open();
  expect((await says())[1]).toBe(true);
  docket.withdraw(false);
  expect((await says())[1]).toBe(false);
});

it('answers 404 for what it does not have', async () => {
  const answers = ['/documents/X-2024-0001-0001', '/nothing'].map((asked) =>
    fetch(urls.regulationsUrl + asked),
  );
  for (const answer of await Promise.all(answers)) expect(answer.status).toBe(404);
});
