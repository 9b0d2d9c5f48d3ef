import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readDocument } from '#domain';
import { setNow } from '../../../../test/support/clock.js';
import { fakeRegulationsGov, type FakeRegulationsGov } from '../../../../test/support/regulations-gov.js';
import { useApi } from '../../../../test/support/use-api.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

const drumbeat = useApi();
let regulations: FakeRegulationsGov;
beforeAll(async () => {
  regulations = await fakeRegulationsGov();
});
beforeEach(async () => {
  Object.assign(regulations, { documents: [], trouble: 'none', requests: [] });
  Object.assign(drumbeat.api.get<ApiSettings>(API_SETTINGS), {
    REGULATIONS_GOV_URL: regulations.url,
    REGULATIONS_GOV_API_KEY: regulations.key,
  });
  await setNow(drumbeat.db, new Date('2027-03-02T12:00:00-05:00'));
});
afterAll(() => regulations.close());

const lookUp = (addressOrId: string, key?: string) =>
  drumbeat.call('POST', '/api/v1/dockets/look-up', { addressOrId }, key);

it('reads title, agency and dates of the document that somebody pasted, and saves nothing', async () => {
  regulations.documents = [{ id: 'BLS-2027-0003-0001', attributes: { title: ' SOC revision for 2028 ' } }];
  const before = { ...(await drumbeat.rows()), api_keys: '' };
  const answer = await lookUp('https://www.regulations.gov/commenton/BLS-2027-0003-0001');
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    {
      documents: [
        {
          documentId: 'BLS-2027-0003-0001',
          docketId: 'BLS-2027-0003',
          title: 'SOC revision for 2028',
          agency: 'BLS',
          documentType: 'Notice',
          url: 'https://www.regulations.gov/commenton/BLS-2027-0003-0001',
          opensAt: '2027-02-01T05:00:00.000Z',
          deadlineAt: '2027-04-02T03:59:59.000Z',
          deadlineZone: 'America/New_York',
          isOpen: true,
          withdrawn: false,
        },
      ],
    },
  ]);
  expect(regulations.requests).toEqual([{ path: '/v4/documents/BLS-2027-0003-0001', key: regulations.key }]);
  expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);
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

  it('no key at all, and then nobody is asked', async () => {
    Object.assign(drumbeat.api.get<ApiSettings>(API_SETTINGS), { REGULATIONS_GOV_API_KEY: undefined });
    const answer = await lookUp('BLS-2027-0003-0001');
    expect([answer.statusCode, answer.json()['code']]).toEqual([503, 'regulations_gov_key_missing']);
    expect(regulations.requests).toEqual([]);
  });

  it('silence, within ten seconds', async () => {
    regulations.trouble = 'hung';
    const answer = await lookUp('BLS-2027-0003-0001');
    expect([answer.statusCode, answer.json()['code']]).toEqual([502, 'regulations_gov_silent']);
  }, 12_000);

  it('words that are no address', async () => {
    const answer = await lookUp('https://www.federalregister.gov/d/2024-12825');
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
(folder ? describe : describe.skip)('what regulations.gov really says (RECORDED_DIR)', () => {
  const recorded = (name: string) => readFileSync(path.join(folder!, name), 'utf8');

  it('is understood', () => {
    const { data } = JSON.parse(recorded('regulations-gov-document-FAA-2025-5396-0001.json')) as {
      data: unknown;
    };
    expect(readDocument(data, new Date('2026-06-17T03:59:58Z'))).toEqual({
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
    });
  });

  it('is what the stand-in for it says, in one document and in a list', async () => {
    regulations.documents = [{ id: 'BLS-2027-0003-0001' }];
    regulations.answers = [];
    await lookUp('BLS-2027-0003-0001');
    await lookUp('BLS-2027-0003');
    const description = parse(recorded('regulations-gov-v4-openapi.yaml'), {
      maxAliasCount: 1_000,
    }) as object;
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(description, 'gov');
    const live = JSON.parse(recorded('regulations-gov-document-FAA-2025-5396-0001.json')) as {
      data: Described;
    };
    const [one, list] = regulations.answers.map(({ body }) => body as { data: Described | Described[] });
    const check = (schema: string, described: unknown) => {
      const validate = ajv.compile({ $ref: `gov#/components/schemas/${schema}` });
      validate(described);
      // Its description wants an attribute `documentId` that no live answer has.
      return (validate.errors ?? []).filter(({ params }) => params['missingProperty'] !== 'documentId');
    };
    const detail = one!.data as Described;
    expect(check('DocumentDetail', detail.attributes)).toEqual([]);
    expect(check('DocumentFindAllItem', { ...(list!.data as Described[])[0]!, links: [] })).toEqual([]);
    const unheard = Object.keys(detail.attributes).filter((name) => !(name in live.data.attributes));
    expect(unheard).toEqual([]);
    expect(Object.keys(detail).sort()).toEqual(
      Object.keys(live.data)
        .filter((name) => name !== 'relationships')
        .sort(),
    );
  });
});

type Described = { id: string; type: string; attributes: Record<string, unknown> };
