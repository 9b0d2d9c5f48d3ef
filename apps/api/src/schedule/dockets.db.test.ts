import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, readNotice } from '#domain';
import { setNow } from '../../../../test/support/clock.js';
import {
  fakeFederalRegister,
  type FakeFederalRegister,
  fakeRegulationsGov,
  type FakeRegulationsGov,
} from '../../../../test/support/regulations-gov.js';
import { useApi } from '../../../../test/support/use-api.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

const drumbeat = useApi();
let regulations: FakeRegulationsGov;
let register: FakeFederalRegister;
beforeAll(async () => {
  regulations = await fakeRegulationsGov();
  register = await fakeFederalRegister();
});
const nothing = () => ({ trouble: 'none', requests: [], answers: [], wrong: [] });
beforeEach(async () => {
  Object.assign(regulations, { documents: [], comments: [], ...nothing() });
  Object.assign(register, { notices: [], ...nothing() });
  await drumbeat.db.query(`delete from source_answers`);
  await drumbeat.db.query(
    `update sources set failures = 0, openings = 0, rests_until = null, trouble = null`,
  );
  Object.assign(drumbeat.api.get<ApiSettings>(API_SETTINGS), {
    REGULATIONS_GOV_URL: regulations.url,
    REGULATIONS_GOV_API_KEY: regulations.key,
    FEDERAL_REGISTER_URL: register.url,
  });
  await setNow(drumbeat.db, new Date('2027-03-02T12:00:00-05:00'));
});
afterAll(() => Promise.all([regulations.close(), register.close()]));

const lookUp = (addressOrId: string, key?: string) =>
  drumbeat.call('POST', '/api/v1/dockets/look-up', { addressOrId }, key);

it('reads title, agency and dates of the document that somebody pasted, and changes no campaign', async () => {
  regulations.documents = [{ id: 'BLS-2027-0003-0001', attributes: { title: ' SOC revision for 2028 ' } }];
  const unchanged = async () => {
    const { sources: _, source_answers: __, api_keys: ___, ...rows } = await drumbeat.rows();
    return rows;
  };
  const before = await unchanged();
  const answer = await lookUp('https://www.regulations.gov/commenton/BLS-2027-0003-0001');
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    {
      recognised: 'document',
      documents: [
        {
          documentId: 'BLS-2027-0003-0001',
          docketId: 'BLS-2027-0003',
          title: 'SOC revision for 2028',
          agency: 'BLS',
          documentType: 'Notice',
          url: 'https://www.regulations.gov/commenton/BLS-2027-0003-0001',
          notice: '2027-01234',
          opensAt: '2027-02-01T05:00:00.000Z',
          deadlineAt: '2027-04-02T03:59:59.000Z',
          deadlineZone: 'America/New_York',
          isOpen: true,
          isOver: false,
          withdrawn: false,
        },
      ],
    },
  ]);
  expect(regulations.requests).toEqual([{ path: '/v4/documents/BLS-2027-0003-0001', key: regulations.key }]);
  expect(await unchanged()).toEqual(before);
  await lookUp('BLS-2027-0003-0001');
  expect(regulations.requests).toHaveLength(1);
});

describe('what is no document is recognised, and leads to one:', () => {
  const notice = {
    document_number: '2027-01234',
    comments_close_on: '2027-04-01',
    docket_ids: ['BLS-2027-0003'],
    comment_url: 'https://www.regulations.gov/commenton/BLS-2027-0003-0001',
    regulations_dot_gov_info: { document_id: 'BLS-2027-0003-0001', docket_id: 'BLS-2027-0003' },
  };
  beforeEach(() => {
    regulations.documents = [{ id: 'BLS-2027-0003-0001' }];
    regulations.comments = [
      { id: 'BLS-2027-0003-0042', attributes: { commentOnDocumentId: 'BLS-2027-0003-0001' } },
    ];
    register.notices = [notice];
  });

  it.each([
    ['a comment’s address', 'https://www.regulations.gov/comment/BLS-2027-0003-0042', 'comment'],
    ['a comment’s id, which looks like a document’s', 'BLS-2027-0003-0042', 'comment'],
    ['a notice’s number', '2027-01234', 'notice'],
    [
      'a notice’s address',
      'https://www.federalregister.gov/documents/2027/02/01/2027-01234/standard-occupational',
      'notice',
    ],
  ])('%s', async (_, typed, recognised) => {
    const answer = await lookUp(typed);
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        recognised,
        documents: [expect.objectContaining({ documentId: 'BLS-2027-0003-0001', isOpen: true })],
      },
    ]);
  });

  it('a notice whose document is out of reach: what the notice itself says', async () => {
    regulations.trouble = 'down';
    expect((await lookUp('2027-01234')).json()).toMatchObject({
      recognised: 'notice',
      documents: [
        {
          documentId: 'BLS-2027-0003-0001',
          docketId: 'BLS-2027-0003',
          deadlineAt: '2027-04-02T03:59:59.000Z',
          isOpen: true,
        },
      ],
    });
  });

  it.each([
    ['a docket none of whose documents has had a comment period', 'BLS-2027-0007', 404, 'no_comment_period'],
    ['another site', 'https://www.census.gov/soc', 422, 'another_site'],
  ])('not %s, and the answer says what to do', async (_, typed, status, code) => {
    regulations.documents = [{ id: 'BLS-2027-0007-0001', attributes: { commentEndDate: null } }];
    const answer = await lookUp(typed);
    expect([answer.statusCode, answer.json()['code']]).toEqual([status, code]);
  });
});

it('lists what of a docket has a comment period, for a docket has several', async () => {
  regulations.documents = [
    { id: 'BLS-2027-0003-0001' },
    { id: 'BLS-2027-0003-0002', attributes: { commentStartDate: null, commentEndDate: null } },
    { id: 'BLS-2027-0003-0400', attributes: { commentEndDate: '2027-09-02T03:59:59Z' } },
    { id: 'BLS-2027-0009-0001' },
  ];
  const answer = await lookUp('BLS-2027-0003');
  const { documents } = answer.json<{ documents: { documentId: string }[] }>();
  expect(documents.map(({ documentId }) => documentId)).toEqual(['BLS-2027-0003-0001', 'BLS-2027-0003-0400']);
});

it.each([
  ['has no end', { commentEndDate: null }, { deadlineAt: null, isOpen: false }],
  ['was withdrawn', { withdrawn: true }, { withdrawn: true, isOpen: false }],
  [
    'is over',
    { commentEndDate: '2027-03-02T04:59:59Z' },
    { deadlineAt: '2027-03-02T04:59:59.000Z', isOpen: false },
  ],
])('says when a document %s', async (_, attributes, said) => {
  regulations.documents = [{ id: 'BLS-2027-0003-0001', attributes }];
  expect((await lookUp('BLS-2027-0003-0001')).json()).toMatchObject({ documents: [said] });
});

describe('whatever goes wrong, the date can be entered by hand, and the answer says so:', () => {
  it.each([
    ['nothing of that name', 'BLS-2027-0003-0001', {}, 404, 'document_unknown'],
    ['nonsense', 'BLS-2027-0003', { trouble: 'nonsense' }, 404, 'document_unknown'],
    ['no docket of that name', 'BLS-2027-0003', {}, 404, 'document_unknown'],
    ['too many questions', 'BLS-2027-0003-0001', { trouble: 'busy' }, 503, 'regulations_gov_busy'],
    ['a line that breaks', 'BLS-2027-0003-0001', { trouble: 'broken' }, 502, 'regulations_gov_silent'],
    ['an answer that is none', 'BLS-2027-0003-0001', { trouble: 'garbled' }, 502, 'regulations_gov_silent'],
    [
      'a way to somewhere else',
      'BLS-2027-0003-0001',
      { trouble: 'elsewhere' },
      502,
      'regulations_gov_silent',
    ],
    ['another key', 'BLS-2027-0003-0001', { key: 'another-key' }, 503, 'regulations_gov_key_refused'],
  ])('%s', async (_, typed, trouble, status, code) => {
    const { key } = regulations;
    Object.assign(regulations, trouble);
    const answer = await lookUp(typed);
    regulations.key = key;
    expect([answer.statusCode, answer.json()]).toEqual([
      status,
      expect.objectContaining({ code, detail: expect.stringMatching(/by hand/) as string }),
    ]);
    expect(answer.body).not.toContain(key);
  });

  it('no key at all: the one that everybody shares is used', async () => {
    Object.assign(drumbeat.api.get<ApiSettings>(API_SETTINGS), { REGULATIONS_GOV_API_KEY: undefined });
    await lookUp('BLS-2027-0003-0001');
    expect(regulations.requests).toEqual([{ path: '/v4/documents/BLS-2027-0003-0001', key: 'DEMO_KEY' }]);
  });

  it('a Federal Register that says nothing that can be read', async () => {
    register.trouble = 'garbled';
    const answer = await lookUp('2027-01234');
    expect([answer.statusCode, answer.json()['code']]).toEqual([502, 'federal_register_silent']);
  });

  it('silence, within ten seconds', async () => {
    regulations.trouble = 'hung';
    const answer = await lookUp('BLS-2027-0003-0001');
    expect([answer.statusCode, answer.json()['code']]).toEqual([502, 'regulations_gov_silent']);
  }, 12_000);

  it('words that are no address', async () => {
    const answer = await lookUp('the SOC docket');
    expect([answer.statusCode, answer.json()['code']]).toEqual([422, 'not_a_document']);
    expect(regulations.requests).toEqual([]);
  });
});

it('does not let one organizer use up the key that all share', async () => {
  regulations.documents = [{ id: 'BLS-2027-0003-0001' }];
  const key = await drumbeat.key('organizer');
  const answers = [];
  for (let n = 0; n < 61; n++) answers.push((await lookUp('BLS-2027-0003-0001', key)).statusCode);
  expect(answers.filter((status) => status === 200)).toHaveLength(60);
  expect(answers.at(-1)).toBe(429);
  expect((await lookUp('BLS-2027-0003-0001')).statusCode).toBe(200);
});

const folder = process.env['RECORDED_DIR'];
(folder ? describe : describe.skip)('what is recorded of the two sources (RECORDED_DIR)', () => {
  const recorded = (name: string): unknown => JSON.parse(readFileSync(path.join(folder!, name), 'utf8'));
  const live = recordedIfThere('regulations-gov-document-FAA-2025-5396-0001.json') as { data: Described };

  it('is understood: a document', () =>
    expect(readDocument(live.data, new Date('2026-06-17T03:59:58Z'))).toEqual({
      documentId: 'FAA-2025-5396-0001',
      docketId: 'FAA-2025-5396',
      title: expect.stringMatching(/^Intent to Designate as Abandoned/) as string,
      agency: 'FAA',
      documentType: 'Notice',
      url: 'https://www.regulations.gov/commenton/FAA-2025-5396-0001',
      notice: '2025-23266',
      objectId: '09000064b90ee693',
      opensAt: new Date('2025-12-18T05:00:00Z'),
      closesAt: new Date('2026-06-17T03:59:59Z'),
      isOpen: true,
      withdrawn: false,
    }));

  it('is understood: a notice that extends two dockets to different dates', () =>
    expect(readNotice(recorded('federal-register-extension-2025-02910.json'))).toMatchObject({
      number: '2025-02910',
      closesOn: ['2025-04-25', '2025-04-16'],
      docketIds: ['EPA-HQ-OW-2024-0454'],
      documentId: 'EPA-HQ-OW-2024-0454-0022',
      amends: true,
    }));

  it('is what the stand-in says, which holds each question and answer against the official description', async () => {
    regulations.documents = [{ id: 'BLS-2027-0003-0001' }];
    await lookUp('BLS-2027-0003-0001');
    await lookUp('BLS-2027-0003');
    expect([regulations.answers.length, regulations.wrong]).toEqual([2, []]);
    const detail = (regulations.answers[0]!.body as { data: Described }).data;
    const unheard = Object.keys(detail.attributes).filter((name) => !(name in live.data.attributes));
    expect(unheard).toEqual([]);
    expect(Object.keys(detail).sort()).toEqual(
      Object.keys(live.data)
        .filter((name) => name !== 'relationships')
        .sort(),
    );
    const asked = await fetch(`${regulations.url}/documents?page[size]=3&wish=7`, {
      headers: { 'x-api-key': regulations.key },
    });
    expect([asked.status, regulations.wrong.length]).toEqual([400, 2]);
  });
});

type Described = { id: string; type: string; attributes: Record<string, unknown> };
function recordedIfThere(name: string): unknown {
  return folder && JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}
