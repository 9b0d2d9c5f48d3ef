import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { deadlineOf, easternDate } from '#domain';
import { type NoticeEntry, registerAnswer, regulationsAnswer, type Shelf } from './answers.js';

export const docketKey = 'the-key-of-the-sandbox';
const docketId = 'BLS-2024-0001';
const documentId = `${docketId}-0001`;
const title = 'Standard Occupational Classification (SOC): Updates for 2028';
const agencies = [
  { raw_name: 'DEPARTMENT OF LABOR', name: 'Labor Department' },
  { raw_name: 'Bureau of Labor Statistics', name: 'Labor Statistics Bureau' },
];

/** What both say of the one document. Dates in Eastern, `2027-03-15`. */
export type DocketState = { closesOn: string; withdrawn: boolean; notices: NoticeEntry[] };
/** `everywhere`: both sources say it; else the Federal Register alone, as for some days after an extension. */
export type DocketMove = { closesOn: string; everywhere: boolean };

/**
 * The sandbox's own regulations.gov and Federal Register, over TCP: one document, whose date can be moved and which can be withdrawn. What was done
 * is still there after a restart.
 */
export class Docket {
  private server: Server | undefined;
  private file = '';
  private kept: DocketState = { closesOn: '', withdrawn: false, notices: [] };

  constructor(private readonly options: { now: () => Promise<Date> }) {}

  /** @param closesOn where nothing was kept yet */
  async start({ dir, closesOn }: { dir: string; closesOn: string }): Promise<{
    regulationsUrl: string;
    registerUrl: string;
  }> {
    mkdirSync(dir, { recursive: true });
    this.file = path.join(dir, 'docket.json');
    if (existsSync(this.file)) this.kept = JSON.parse(readFileSync(this.file, 'utf8')) as DocketState;
    else this.keep({ closesOn, withdrawn: false, notices: [await this.notice('12825', closesOn)] });
    const server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://sandbox');
      const [, base, rest] = /^(\/v4|\/api\/v1)(\/.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
      const answer = base === '/v4' ? regulationsAnswer : registerAnswer;
      const { status, body } = answer(rest ?? '', url.searchParams, this.shelf());
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(base === '/v4' && { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' }),
      });
      response.end(JSON.stringify(body));
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { regulationsUrl: `${base}/v4`, registerUrl: `${base}/api/v1` };
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(null)));
  }

  get state(): DocketState & { documentId: string; title: string } {
    return { ...this.kept, documentId, title };
  }

  /** Publishes a notice that extends the comment period, or corrects it to an earlier day. */
  async move({ closesOn, everywhere }: DocketMove): Promise<void> {
    const { closesOn: before, notices, withdrawn } = this.kept;
    const later = closesOn > before;
    const number = String(12_825 + notices.length * 101);
    const notice = await this.notice(number, closesOn, {
      action: later ? 'Notice; extension of comment period.' : 'Notice; correction.',
      title: `${title}; ${later ? 'Extension of Comment Period' : 'Correction'}`,
      correction_of: later
        ? null
        : `https://www.federalregister.gov/api/v1/documents/${notices[0]!.document_number}`,
    });
    this.keep({ closesOn: everywhere ? closesOn : before, withdrawn, notices: [...notices, notice] });
  }

  /** The agency takes it back, or brings it back. */
  withdraw(withdrawn: boolean): void {
    this.keep({ ...this.kept, withdrawn });
  }

  private async notice(number: string, closesOn: string, more: object = {}): Promise<NoticeEntry> {
    const now = await this.options.now();
    const publishedOn = easternDate(now);
    return {
      document_number: `${publishedOn.slice(0, 4)}-${number}`,
      title,
      agencies,
      publication_date: publishedOn,
      comments_close_on: closesOn,
      comment_url: `https://www.regulations.gov/commenton/${documentId}`,
      docket_ids: [docketId],
      regulations_dot_gov_info: {
        docket_id: docketId,
        document_id: 'action' in more ? `${docketId}-${number.slice(-4)}` : documentId,
      },
      ...more,
    };
  }

  private shelf(): Shelf {
    const { closesOn, withdrawn, notices } = this.kept;
    const opensOn = String(notices[0]!['publication_date']);
    const attributes = {
      title,
      docketId,
      withdrawn,
      commentStartDate: `${opensOn}T05:00:00Z`,
      commentEndDate: deadlineOf(closesOn).toISOString().replace('.000', ''),
      postedDate: `${opensOn}T05:00:00Z`,
      frDocNum: notices[0]!.document_number,
      objectId: '0900006486566b4a',
    };
    return { documents: [{ id: documentId, attributes }], comments: [], notices };
  }

  private keep(state: DocketState): void {
    this.kept = state;
    writeFileSync(this.file, JSON.stringify(state, null, 2));
  }
}
