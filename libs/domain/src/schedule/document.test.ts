import { parsePasted, readDocument } from './document.js';

describe('what somebody pastes', () => {
  it.each([
    ['BLS-2024-0001-0001', { document: 'BLS-2024-0001-0001' }],
    [' bls-2024-0001-0001 ', { document: 'BLS-2024-0001-0001' }],
    ['BLS-2024-0001', { docket: 'BLS-2024-0001' }],
    ['FDA-2021-N-0862-0001', { document: 'FDA-2021-N-0862-0001' }],
    ['FDA-2021-N-0862', { docket: 'FDA-2021-N-0862' }],
    ['EPA-HQ-OAR-2021-0317-0001', { document: 'EPA-HQ-OAR-2021-0317-0001' }],
    ['FWS-R2-ES-2021-0015', { docket: 'FWS-R2-ES-2021-0015' }],
    ['ED-2024-OPE-0050-0012', { document: 'ED-2024-OPE-0050-0012' }],
    ['FAA_FRDOC_0001-27469', { document: 'FAA_FRDOC_0001-27469' }],
    ['https://www.regulations.gov/document/BLS-2024-0001-0001', { document: 'BLS-2024-0001-0001' }],
    ['https://www.regulations.gov/commenton/BLS-2024-0001-0001?x=1#top', { document: 'BLS-2024-0001-0001' }],
    ['http://regulations.gov/docket/BLS-2024-0001/document', { docket: 'BLS-2024-0001' }],
    ['www.regulations.gov/docket/BLS-2024-0001', { docket: 'BLS-2024-0001' }],
    ['https://www.regulations.gov/#!documentDetail;D=BLS-2024-0001-0001', { document: 'BLS-2024-0001-0001' }],
    ['https://www.regulations.gov/document?D=BLS-2024-0001-0001', { document: 'BLS-2024-0001-0001' }],
    ['https://www.regulations.gov/comment/BLS-2024-0001-0123', { comment: 'BLS-2024-0001-0123' }],
    ['2024-12825', { notice: '2024-12825' }],
    ['E9-12345', { notice: 'E9-12345' }],
    ['C1-2024-12825', { notice: 'C1-2024-12825' }],
    ['https://www.federalregister.gov/d/2024-12825', { notice: '2024-12825' }],
    [
      'www.federalregister.gov/documents/2024/06/12/2024-12825/standard-occupational-classification',
      { notice: '2024-12825' },
    ],
    ['https://www.census.gov/acs', { elsewhere: 'www.census.gov' }],
    ['bls.gov/soc', { elsewhere: 'bls.gov' }],
    [
      'https://regulations.gov.evil.example/document/BLS-2024-0001-0001',
      { elsewhere: 'regulations.gov.evil.example' },
    ],
  ])('%s is understood', (text, pasted) => expect(parsePasted(text)).toEqual(pasted));

  it.each([
    '',
    'the SOC docket',
    'https://www.federalregister.gov/documents/search?q=soc',
    'https://www.regulations.gov/',
    'https://www.regulations.gov/document/../admin',
    'https://www.regulations.gov/document/BLS 2024',
    'https://www.regulations.gov/document/%E0%A4%A',
    'BLS-2024-0001-0001/../comments',
  ])('%p is not', (text) => expect(parsePasted(text)).toBeNull());
});

describe('a document', () => {
  const now = new Date('2026-06-01T12:00:00Z');
  const data = (attributes: object) => ({
    id: 'FAA-2025-5396-0001',
    type: 'documents',
    attributes: { title: 'A notice', docketId: 'FAA-2025-5396', agencyId: 'FAA', ...attributes },
  });
  const summer = { commentStartDate: '2025-12-18T05:00:00Z', commentEndDate: '2026-06-17T03:59:59Z' };

  it('ends on its last day in the East, in summer and in winter', () => {
    expect(readDocument(data(summer), now)?.closesAt).toEqual(new Date('2026-06-16T23:59:59-04:00'));
    expect(readDocument(data({ commentEndDate: '2027-01-06T04:59:59Z' }), now)?.closesAt).toEqual(
      new Date('2027-01-05T23:59:59-05:00'),
    );
    expect(readDocument(data({ commentEndDate: '2027-01-05T05:00:00Z' }), now)?.closesAt).toEqual(
      new Date('2027-01-05T23:59:59-05:00'),
    );
  });

  it.each([
    ['between its dates', summer, true],
    ['until its last second', { ...summer, commentEndDate: '2026-06-01T12:00:00Z' }, true],
    ['not after them', { ...summer, commentEndDate: '2026-05-31T03:59:59Z', openForComment: true }, false],
    ['not before them', { ...summer, commentStartDate: '2026-06-02T04:00:00Z' }, false],
    ['not when it was withdrawn', { ...summer, withdrawn: true }, false],
    ['not without an end', { ...summer, commentEndDate: null, openForComment: true }, false],
  ])('is open %s', (_, attributes, open) => expect(readDocument(data(attributes), now)?.isOpen).toBe(open));

  it.each([
    [null],
    ['text'],
    [{}],
    [{ id: 'FAA-2025-5396-0001' }],
    [{ id: '../comments', attributes: { title: 'x' } }],
    [{ id: 7, attributes: { title: 'x' } }],
  ])('is not %j', (answer) => expect(readDocument(answer, now)).toBeNull());

  it('is read with dates that are none as one without', () =>
    expect(readDocument(data({ commentEndDate: 'soon', commentStartDate: 5 }), now)).toMatchObject({
      opensAt: null,
      closesAt: null,
    }));
});
