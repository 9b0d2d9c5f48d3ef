import { type Notice, readNotice, registerWord } from './notice.js';

const notice = (number: string, more: Partial<Notice> = {}): Notice => ({
  number,
  title: number,
  agencies: ['Bureau of Labor Statistics'],
  publishedOn: `2027-${number.slice(5, 7)}-${number.slice(7, 9)}`,
  url: null,
  commentUrl: null,
  closesOn: [],
  docketIds: ['BLS-2027-0003'],
  documentId: null,
  correctionOf: null,
  amends: false,
  withdraws: false,
  ...more,
});
const about = { documentId: 'BLS-2027-0003-0001', docketId: 'BLS-2027-0003', notice: '2027-02010' };
const own = notice('2027-02010', { closesOn: ['2027-04-01'], documentId: 'BLS-2027-0003-0001' });
const extended = notice('2027-03100', { closesOn: ['2027-05-01'], amends: true });
const withdrawal = notice('2027-03200', { withdraws: true });

describe('a notice', () => {
  const answer = {
    document_number: '2027-02010',
    type: 'Notice',
    action: 'Notice; request for comments.',
    title: ' Standard Occupational Classification ',
    publication_date: '2027-02-01',
    agencies: [{ name: 'Labor Statistics Bureau', slug: 'labor-statistics-bureau' }],
    html_url: 'https://www.federalregister.gov/d/2027-02010',
    comment_url: 'https://www.regulations.gov/commenton/BLS-2027-0003-0001',
    comments_close_on: '2027-04-01',
    dates: 'Comments are due by April 1, 2027. A hearing is on March 9, 2027.',
    docket_ids: ['BLS-2027-0003'],
    regulations_dot_gov_info: { document_id: 'BLS-2027-0003-0001', docket_id: 'BLS-2027-0003' },
    correction_of: null,
  };

  it('is read, with its one date', () =>
    expect(readNotice(answer)).toEqual({
      number: '2027-02010',
      title: 'Standard Occupational Classification',
      agencies: ['Labor Statistics Bureau'],
      publishedOn: '2027-02-01',
      url: 'https://www.federalregister.gov/d/2027-02010',
      commentUrl: 'https://www.regulations.gov/commenton/BLS-2027-0003-0001',
      closesOn: ['2027-04-01'],
      docketIds: ['BLS-2027-0003'],
      documentId: 'BLS-2027-0003-0001',
      correctionOf: null,
      amends: false,
      withdraws: false,
    }));

  it('says every date that it names for comments when it extends several dockets, and not those that it cites', () =>
    expect(
      readNotice({
        ...answer,
        action: 'Notices; extension of comment periods.',
        comments_close_on: '2027-05-01',
        dates:
          'The comment periods of two notices (92 FR 105, December 26, 2027), the second published on January 4, 2027, ' +
          'are extended. Comments on the first must be in by 11:59 p.m. Eastern on May 1, 2027. Comments on the second are due on ' +
          'May 9, 2027. The rule takes effect on July 1, 2027.',
      }),
    ).toMatchObject({ closesOn: ['2027-05-01', '2027-05-09'], amends: true }));

  it.each([
    ['no date', { comments_close_on: null }, { closesOn: [] }],
    ['a date that is none', { comments_close_on: '2027-02-30' }, { closesOn: [] }],
    [
      'a date of another shape',
      { comments_close_on: 5, publication_date: {} },
      { closesOn: [], publishedOn: null },
    ],
    ['no docket', { docket_ids: null, regulations_dot_gov_info: null }, { docketIds: [], documentId: null }],
    ['an address that is none', { html_url: 'javascript:alert(1)' }, { url: null }],
    [
      'what it corrects',
      { correction_of: 'https://www.federalregister.gov/api/v1/documents/2027-02010.json' },
      { correctionOf: '2027-02010' },
    ],
    [
      'that it takes another one back',
      { action: 'Notice; withdrawal.', comments_close_on: null },
      { withdraws: true },
    ],
    [
      'that it was taken back',
      { action: 'Proposed rule; withdrawn.', comments_close_on: null },
      { withdraws: true, closesOn: [] },
    ],
    [
      'a part that is taken back',
      { action: 'Partial withdrawal.', comments_close_on: null },
      { withdraws: false },
    ],
    [
      'a question about taking back',
      { action: 'Proposed withdrawal; request for comments.' },
      { withdraws: false },
    ],
    [
      'a title that speaks of it',
      { title: 'Withdrawal from Pension Plans', comments_close_on: null },
      { withdraws: false },
    ],
  ])('is read with %s', (_, more, read) => expect(readNotice({ ...answer, ...more })).toMatchObject(read));

  it.each([[null], ['text'], [{}], [{ document_number: '../x' }], [[answer]]])('is not %j', (data) =>
    expect(readNotice(data)).toBeNull(),
  );
});

describe('of a docket’s notices speaks', () => {
  it.each<[string, Notice[], string | null, string[], boolean]>([
    ['nobody', [], null, [], false],
    ['its own', [own], '2027-02010', ['2027-04-01'], true],
    [
      'the latest that extends it, in whatever order they come',
      [extended, own],
      '2027-03100',
      ['2027-05-01'],
      true,
    ],
    [
      'the correction that names it, though another period was opened between',
      [
        own,
        notice('2027-02200', { closesOn: ['2027-06-01'] }),
        notice('2027-02250', { closesOn: ['2027-03-20'], correctionOf: '2027-02010', amends: true }),
      ],
      '2027-02250',
      ['2027-03-20'],
      true,
    ],
    [
      'not for certain what extends without a name after another period was opened',
      [own, notice('2027-02200', { closesOn: ['2027-06-01'] }), extended],
      '2027-03100',
      ['2027-05-01'],
      false,
    ],
    [
      'not for certain one of several dates',
      [own, notice('2027-03100', { closesOn: ['2027-05-01', '2027-05-09'], amends: true })],
      '2027-03100',
      ['2027-05-01', '2027-05-09'],
      false,
    ],
    [
      'not for certain an extension whose first notice is not there',
      [extended],
      '2027-03100',
      ['2027-05-01'],
      false,
    ],
    [
      'its own, when what amends it names no date',
      [own, { ...extended, closesOn: [] }],
      '2027-02010',
      ['2027-04-01'],
      true,
    ],
    ['nobody of another docket', [{ ...extended, docketIds: ['EPA-2027-0001'] }], null, [], false],
    [
      'nobody who opened something else',
      [notice('2027-02200', { closesOn: ['2027-06-01'] })],
      null,
      [],
      false,
    ],
    ['what takes it back', [own, extended, withdrawal], '2027-03200', [], true],
    [
      'what takes it back by its name, though another period was opened between',
      [own, notice('2027-02200', { closesOn: ['2027-06-01'] }), { ...withdrawal, correctionOf: own.number }],
      '2027-03200',
      [],
      true,
    ],
    [
      'not what takes back something, after another period was opened',
      [own, notice('2027-02200', { closesOn: ['2027-06-01'] }), withdrawal],
      '2027-02010',
      ['2027-04-01'],
      true,
    ],
    [
      'what opens it again',
      [own, withdrawal, notice('2027-03300', { closesOn: ['2027-07-01'], amends: true })],
      '2027-03300',
      ['2027-07-01'],
      true,
    ],
    [
      'its own, when another docket’s is taken back',
      [own, { ...withdrawal, docketIds: ['EPA-2027-0001'] }],
      '2027-02010',
      ['2027-04-01'],
      true,
    ],
  ])('%s', (_, notices, number, closesOn, certain) => {
    const word = registerWord(notices, about);
    expect([word?.notice.number ?? null, word?.notice.closesOn ?? [], word?.certain ?? false]).toEqual([
      number,
      closesOn,
      certain,
    ]);
    expect(word?.withdrawn ?? false).toBe(number === withdrawal.number);
  });
});
