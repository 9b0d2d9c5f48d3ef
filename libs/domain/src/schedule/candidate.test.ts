import { isCandidate } from './candidate.js';
import { readNotice } from './notice.js';

const notice = (more: object) =>
  readNotice({
    document_number: '2027-02010',
    title: 'Standard Occupational Classification',
    agencies: [{ name: 'Labor Department' }, { name: 'Labor Statistics Bureau' }],
    comments_close_on: '2027-04-01',
    docket_ids: ['BLS-2027-0003'],
    ...more,
  })!;

it.each([
  ['by the agency’s name', 'Labor Statistics Bureau', {}, true],
  ['by its name as people say it', 'the Bureau of Labor Statistics', {}, true],
  ['by the letters of its dockets', 'bls', {}, true],
  ['on its last day', 'BLS', { comments_close_on: '2027-03-02' }, true],
  ['not of another agency', 'Census Bureau', {}, false],
  ['not of one whose letters only begin alike', 'BL', {}, false],
  ['not when comments have closed', 'BLS', { comments_close_on: '2027-03-01' }, false],
  ['not when it takes none', 'BLS', { comments_close_on: null }, false],
  ['not for no agency at all', '', {}, false],
])('%s', (_, agency, more, is) => expect(isCandidate(notice(more), agency, '2027-03-02')).toBe(is));
