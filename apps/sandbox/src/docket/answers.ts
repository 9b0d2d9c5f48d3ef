/** One document of a made-up regulations.gov: its id, and what is other than usual. */
export type Entry = { id: string; attributes?: Record<string, unknown> };
/** One of a made-up Federal Register, as its API gives it; what is left out is as usual. */
export type NoticeEntry = { document_number: string } & Record<string, unknown>;

/** What both of them hold. `comments` are entries whose attributes name `commentOnDocumentId`. */
export type Shelf = { documents: Entry[]; comments: Entry[]; notices: NoticeEntry[] };

type Answered = { status: number; body: unknown };

/** What regulations.gov answers, as far as we ask it. @param path below the base address, decoded, without the query */
export function regulationsAnswer(path: string, query: URLSearchParams, shelf: Shelf): Answered {
  const [kind, id] = path.split('/').filter(Boolean);
  if (kind === 'documents' && !id) {
    const docket = query.get('filter[docketId]');
    const found = shelf.documents.map(detailOf).filter(({ attributes }) => attributes['docketId'] === docket);
    const data = found.map(({ id, type, links, attributes }) => {
      const entries = Object.entries(attributes).filter(([name]) => listed.includes(name));
      return { id, type, links, attributes: Object.fromEntries(entries) };
    });
    const meta = { totalElements: data.length, pageNumber: 1, pageSize: 50, totalPages: 1 };
    return { status: 200, body: { data, meta } };
  }
  const document = kind === 'documents' && shelf.documents.find((each) => each.id === id);
  if (document) return { status: 200, body: { data: detailOf(document) } };
  if (kind === 'comments' && !id) return commentList(query, shelf.comments);
  const comment = kind === 'comments' && shelf.comments.find((each) => each.id === id);
  if (comment) return { status: 200, body: { data: commentOf(comment) } };
  return { status: 404, body: { errors: [{ status: '404', title: 'The document is not found' }] } };
}

/** Comments on what `filter[commentOnId]` names, in the order of their last change, which is filtered by Eastern wall time. */
function commentList(query: URLSearchParams, comments: Entry[]): Answered {
  const since = query.get('filter[lastModifiedDate][ge]') ?? '';
  const size = Number(query.get('page[size]') ?? 25);
  const page = Number(query.get('page[number]') ?? 1);
  if (size < 5 || size > 250 || page < 1 || page > 20)
    return { status: 400, body: { errors: [{ status: '400', title: 'page' }] } };
  const changed = ({ attributes }: Entry) => String(attributes?.['lastModifiedDate']);
  const wall = (entry: Entry) => eastern.format(new Date(changed(entry)));
  const found = comments
    .filter(({ attributes }) => attributes?.['commentOnId'] === query.get('filter[commentOnId]'))
    .filter((entry) => since === '' || wall(entry) >= since)
    .toSorted((a, b) => inOrder(changed(a), changed(b)) || inOrder(a.id, b.id));
  const data = found.slice((page - 1) * size, page * size).map((entry) => {
    const { id, type, links, attributes } = commentOf(entry);
    const shown = Object.entries(attributes).filter(([name]) => listedOfComments.includes(name));
    return { id, type, links, attributes: Object.fromEntries(shown) };
  });
  const meta = {
    totalElements: found.length,
    pageNumber: page,
    pageSize: size,
    totalPages: Math.min(mostPages, Math.ceil(found.length / size)),
  };
  return { status: 200, body: { data, meta } };
}
const inOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const mostPages = 20;
/** `2027-03-15 23:59:59`; made once, since it takes longer to make than to use. */
const eastern = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
});
const listedOfComments = [
  ...['agencyId', 'documentType', 'lastModifiedDate', 'objectId', 'postedDate', 'title', 'withdrawn'],
];

/** What the Federal Register answers, as far as we ask it. */
export function registerAnswer(path: string, query: URLSearchParams, shelf: Shelf): Answered {
  const wanted = query.getAll('fields[]');
  const shown = (notice: NoticeEntry) => {
    const whole = noticeOf(notice);
    return wanted.length === 0
      ? whole
      : Object.fromEntries(wanted.filter((field) => field in whole).map((field) => [field, whole[field]]));
  };
  const [, number] = /^\/?documents\/([\w-]+)\.json$/.exec(path) ?? [];
  if (number) {
    const notice = shelf.notices.find(({ document_number }) => document_number === number);
    return notice
      ? { status: 200, body: shown(notice) }
      : { status: 404, body: { errors: { id: `No document with id ${number}` } } };
  }
  if (!/^\/?documents\.json$/.test(path)) return { status: 404, body: { errors: {} } };
  const docket = query.get('conditions[docket_id]');
  const term = query.get('conditions[term]')?.toLowerCase().split(/\s+/) ?? [];
  const since = query.get('conditions[publication_date][gte]') ?? '';
  const found = shelf.notices
    .map((notice) => ({ notice, whole: noticeOf(notice) }))
    .filter(({ whole }) => docket === null || (whole['docket_ids'] as string[]).includes(docket))
    .filter(({ whole }) => term.every((word) => String(whole['title']).toLowerCase().includes(word)))
    .filter(({ whole }) => String(whole['publication_date']) >= since)
    .toSorted((a, b) =>
      String(b.whole['publication_date']).localeCompare(String(a.whole['publication_date'])),
    );
  // Without a hit the real one leaves `results` out.
  const results = found.map(({ notice }) => shown(notice));
  return { status: 200, body: { count: results.length, ...(results.length > 0 && { results }) } };
}

/** What a list says of each document. */
const listed = [
  ...['agencyId', 'commentEndDate', 'commentStartDate', 'docketId', 'documentType', 'frDocNum'],
  ...['objectId', 'openForComment', 'postedDate', 'title', 'withdrawn', 'subtype', 'allowLateComments'],
];

function detailOf({ id, attributes = {} }: Entry) {
  return {
    id,
    type: 'documents',
    links: { self: `https://api.regulations.gov/v4/documents/${id}` },
    attributes: {
      title: 'Standard Occupational Classification',
      agencyId: id.split('-')[0],
      docketId: id.slice(0, id.lastIndexOf('-')),
      documentType: 'Notice',
      subtype: 'Request for Comments',
      commentStartDate: '2027-02-01T05:00:00Z',
      commentEndDate: '2027-04-02T03:59:59Z',
      postedDate: '2027-02-01T05:00:00Z',
      modifyDate: '2027-02-01T12:11:29Z',
      frDocNum: '2027-01234',
      objectId: '09000064b90ee693',
      allowLateComments: false,
      openForComment: true,
      withinCommentPeriod: true,
      withdrawn: false,
      reasonWithdrawn: null,
      ...attributes,
    } as Record<string, unknown>,
  };
}

const commentOf = ({ id, attributes = {} }: Entry) => ({
  id,
  type: 'comments',
  links: { self: `https://api.regulations.gov/v4/comments/${id}` },
  attributes: {
    title: 'Comment from Anonymous',
    agencyId: id.split('-')[0],
    docketId: id.slice(0, id.lastIndexOf('-')),
    documentType: 'Other',
    objectId: '09000064b90ee700',
    postedDate: '2027-02-10T05:00:00Z',
    trackingNbr: null,
    withdrawn: false,
    ...attributes,
  },
});

const noticeOf = (notice: NoticeEntry): Record<string, unknown> => ({
  type: 'Notice',
  title: 'Standard Occupational Classification; Request for Comments',
  action: 'Notice; request for comments.',
  dates: null,
  publication_date: '2027-02-01',
  agencies: [{ raw_name: 'DEPARTMENT OF LABOR', name: 'Labor Department', slug: 'labor-department' }],
  html_url: `https://www.federalregister.gov/d/${notice.document_number}`,
  comment_url: null,
  comments_close_on: null,
  docket_ids: [],
  regulations_dot_gov_info: null,
  correction_of: null,
  ...notice,
});
