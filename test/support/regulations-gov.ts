import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Entry,
  type NoticeEntry,
  registerAnswer,
  regulationsAnswer,
  type Shelf,
} from '../../apps/sandbox/src/docket/answers.js';
import { officialDescription } from './official.js';

export type { Entry, NoticeEntry };

/** What the next requests get instead of an answer. */
export type OutsideTrouble =
  'none' | 'busy' | 'broken' | 'hung' | 'garbled' | 'nonsense' | 'elsewhere' | 'down';

type Fake = {
  url: string;
  trouble: OutsideTrouble;
  /** Every answer with 200, to hold against the API's own description. */
  answers: { path: string; body: unknown }[];
  requests: { path: string; key: string | undefined }[];
  /** What happens while a question is under way. */
  meanwhile: () => Promise<void>;
  /** What was asked or answered otherwise than the official description has it; empty when all is well. */
  wrong: string[];
  close(): Promise<void>;
};
export type FakeRegulationsGov = Fake &
  Pick<Shelf, 'documents' | 'comments'> & { key: string; rateLeft: number };
export type FakeFederalRegister = Fake & Pick<Shelf, 'notices'>;

/**
 * regulations.gov over TCP, as far as we ask it, and a comment, which it takes or refuses; it holds every other request and answer
 * against the official description where that is there.
 */
export async function fakeRegulationsGov(): Promise<FakeRegulationsGov> {
  const official = officialDescription();
  const fake = {
    ...{ key: 'the-key-of-the-tests', rateLeft: 999, documents: [] as Entry[], comments: [] as Entry[] },
    ...{ trouble: 'none' as OutsideTrouble, answers: [], requests: [], wrong: [] },
    meanwhile: () => Promise.resolve(),
  };
  let taken = 0;
  return serve(fake, 'v4', async (url, request) => {
    const path = url.pathname.replace('/v4', '');
    if (request.method === 'POST' && path === '/comments' && keyOf(request) === fake.key) {
      const wrong = wrongIn(await commentIn(request));
      if (wrong) return { status: 400, body: { errors: [{ status: '400', title: wrong }] } };
      const id = `l2z-02tq-${(++taken).toString(36).padStart(4, '0')}`;
      return { status: 201, body: { data: { id, type: 'comments', attributes: {} } } };
    }
    const refused = official?.request(path, url.searchParams) ?? [];
    if (refused.length > 0) {
      (fake.wrong as string[]).push(...refused);
      return { status: 400, body: { errors: [{ status: '400', title: 'Validation error' }] } };
    }
    if (keyOf(request) !== fake.key)
      return {
        status: 403,
        body: { error: { code: 'API_KEY_INVALID', message: 'An invalid api_key was supplied.' } },
      };
    const shelf = { ...fake, notices: [] };
    const answer = regulationsAnswer(path, url.searchParams, shelf);
    if (answer.status === 200) (fake.wrong as string[]).push(...(official?.answer(path, answer.body) ?? []));
    return {
      ...answer,
      headers: { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': String(fake.rateLeft) },
    };
  });
}

/** Why a comment is not taken: 5,000 characters by the API's description, 5,000 bytes and no emoji by what it really does. */
function wrongIn(comment: string): string | null {
  if ([...comment].length > 5_000) return 'comment: must NOT have more than 5000 characters';
  if (Buffer.byteLength(comment) > 5_000) return 'comment: must NOT have more than 5000 bytes';
  return /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u.test(comment) ? 'comment: must NOT have emoji' : null;
}

async function commentIn(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = JSON.parse(Buffer.concat(pieces).toString()) as { data: { attributes: { comment: string } } };
  return body.data.attributes.comment;
}

/** The Federal Register over TCP, as far as we ask it. It has no description of its own; the recording is its measure. */
export async function fakeFederalRegister(): Promise<FakeFederalRegister> {
  const fake = {
    notices: [] as NoticeEntry[],
    ...{ trouble: 'none' as OutsideTrouble, answers: [], requests: [], wrong: [] },
    meanwhile: () => Promise.resolve(),
  };
  return serve(fake, 'api/v1', (url) =>
    registerAnswer(url.pathname.replace('/api/v1', ''), url.searchParams, {
      ...{ documents: [], comments: [] },
      notices: fake.notices,
    }),
  );
}

type Reply = { status: number; body: unknown; headers?: Record<string, string> };

async function serve<Own extends Omit<Fake, 'url' | 'close'>>(
  fake: Own,
  base: string,
  answer: (url: URL, request: IncomingMessage) => Reply | Promise<Reply>,
): Promise<Own & Pick<Fake, 'url' | 'close'>> {
  const say = (response: ServerResponse, { status, body, headers }: Reply) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://fake');
    fake.requests.push({ path: request.url!, key: keyOf(request) });
    switch (fake.trouble) {
      case 'hung':
        return;
      case 'broken':
        return void request.socket.destroy();
      case 'garbled':
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      case 'nonsense':
        return say(response, { status: 200, body: { data: [7, null, 'x'], results: 'none' } });
      case 'elsewhere':
        return say(response, { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } });
      case 'down':
        return say(response, { status: 503, body: 'down' });
      case 'busy':
        return say(response, {
          status: 429,
          body: { error: { code: 'OVER_RATE_LIMIT', message: 'You have exceeded your rate limit.' } },
          headers: { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' },
        });
    }
    void fake
      .meanwhile()
      .then(() => answer(url, request))
      .then((reply) => {
        if (reply.status === 200) fake.answers.push({ path: url.pathname, body: reply.body });
        say(response, reply);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${base}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const keyOf = ({ headers }: IncomingMessage) => headers['x-api-key'] as string | undefined;
