import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeRegulationsGov } from './regulations-gov.js';

export type OfficialForm = { url: string; filed: string[]; stop(): Promise<void> };

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><body><h1>${title}</h1>${body}`;

/** The page where one comments, as regulations.gov has it: what is typed goes to its API, and the answer shows a tracking number. */
export async function officialForm(regulations: FakeRegulationsGov): Promise<OfficialForm> {
  const filed: string[] = [];
  const server: Server = createServer((request, response) => {
    const show = (html: string) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
    if (request.method !== 'POST')
      return void show(
        page(
          'You are commenting on a document',
          `<form method="post"><label>Comment <textarea name="comment" rows="10" maxlength="5000"></textarea></label>
           <label><input type="radio" name="who" value="Individual">An Individual</label>
           <label><input type="radio" name="who" value="Anonymous">Anonymous</label>
           <button>Submit Comment</button></form>`,
        ),
      );
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(pieces).toString());
      // A form of HTML sends its lines with CRLF; regulations.gov's own sends them as they were typed.
      const comment = form.get('comment')!.replaceAll('\r\n', '\n');
      const attributes = { comment, submitterType: form.get('who'), submissionType: 'API' };
      void fetch(`${regulations.url}/comments`, {
        method: 'POST',
        headers: { 'x-api-key': regulations.key, 'content-type': 'application/vnd.api+json' },
        body: JSON.stringify({ data: { type: 'comments', attributes } }),
      }).then(async (answer) => {
        const { data } = (await answer.json()) as { data?: { id: string } };
        if (!data) return show(page('Your comment was not taken', ''));
        filed.push(comment);
        return show(page('Success', `<p>Your Comment Tracking Number: <b>${data.id}</b></p>`));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/commenton/BLS-2024-0001-0001`,
    filed,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
