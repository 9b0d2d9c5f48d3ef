import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What regulations.gov says of one document: its id, and what is other than usual. */
export type Entry = { id: string; attributes?: Record<string, unknown> };

export type FakeRegulationsGov = {
  url: string;
  key: string;
  documents: Entry[];
  /** What the next requests get instead of an answer. */
  trouble: 'none' | 'busy' | 'broken' | 'hung' | 'garbled' | 'elsewhere';
  /** Every answer with 200, to hold against the API's own description. */
  answers: { path: string; body: unknown }[];
  requests: { path: string; key: string | undefined }[];
  close(): Promise<void>;
};

/** regulations.gov over TCP, as far as we ask it: one document, and the documents of a docket. */
export async function fakeRegulationsGov(): Promise<FakeRegulationsGov> {
  const fake: Omit<FakeRegulationsGov, 'url' | 'close'> = {
    key: 'the-key-of-the-tests',
    documents: [],
    trouble: 'none',
    answers: [],
    requests: [],
  };
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://fake');
    fake.requests.push({ path: request.url!, key: keyOf(request) });
    const say = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      if (status === 200) fake.answers.push({ path: url.pathname, body });
      response.writeHead(status, { 'content-type': 'application/vnd.api+json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const left = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' };
    if (fake.trouble === 'hung') return;
    if (fake.trouble === 'broken') return void request.socket.destroy();
    if (fake.trouble === 'garbled') return void response.writeHead(200).end('<html>');
    if (fake.trouble === 'elsewhere') return say(302, '', { location: 'http://127.0.0.1:1/' });
    if (fake.trouble === 'busy')
      return say(
        429,
        { error: { code: 'OVER_RATE_LIMIT', message: 'You have exceeded your rate limit.' } },
        {
          ...left,
          'x-ratelimit-remaining': '0',
        },
      );
    if (keyOf(request) !== fake.key)
      return say(403, { error: { code: 'API_KEY_INVALID', message: 'An invalid api_key was supplied.' } });
    if (url.pathname === '/v4/documents') {
      const docket = url.searchParams.get('filter[docketId]');
      const found = fake.documents.map(detailOf).filter(({ attributes }) => attributes.docketId === docket);
      const data = found.map(({ id, type, links, attributes }) => {
        const entries = Object.entries(attributes).filter(([name]) => listed.includes(name));
        return { id, type, links, attributes: Object.fromEntries(entries) };
      });
      return say(
        200,
        { data, meta: { totalElements: data.length, pageNumber: 1, pageSize: 50, totalPages: 1 } },
        left,
      );
    }
    const entry = fake.documents.find(({ id }) => url.pathname === `/v4/documents/${id}`);
    if (entry) return say(200, { data: detailOf(entry) }, left);
    return say(404, { errors: [{ status: '404', title: 'The document is not found' }] }, left);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v4`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const keyOf = ({ headers }: IncomingMessage) => headers['x-api-key'] as string | undefined;

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
