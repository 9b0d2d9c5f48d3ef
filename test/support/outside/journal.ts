import { appendFileSync, closeSync, openSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';

/** Lines of JSON in a file: kept for at most 50 ms, so that a write costs little and a kill loses little. */
export class Journal {
  private readonly file: number;
  private kept = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(readonly name: string) {
    appendFileSync(name, '');
    this.file = openSync(name, 'a');
  }

  write(line: object): void {
    this.kept += `${JSON.stringify(line)}\n`;
    this.timer ??= setTimeout(() => this.flush(), 50);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.kept) writeSync(this.file, this.kept);
    this.kept = '';
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }
}

/** The real time in milliseconds since 1970, with its fraction. */
export const now = (): number => performance.timeOrigin + performance.now();

/** What the process is told while it runs: `POST /rules {…}` changes some, `GET /count` tells its counters. */
export async function serveControl<Rules extends object>(
  rules: Rules,
  { changed, count }: { changed: (before: Rules) => void; count: () => object },
): Promise<number> {
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      if (request.method === 'POST') {
        const before = { ...rules };
        Object.assign(rules, JSON.parse(body));
        changed(before);
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(request.method === 'POST' ? rules : count()));
    });
  });
  return listen(server, 0);
}

/** @returns the port that it listens on, on 127.0.0.1 */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

export async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += part as string;
  return body;
}
