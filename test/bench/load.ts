import { Agent, request } from 'node:http';

export type Ask = { method: 'GET' | 'POST'; url: string; body?: string; headers?: Record<string, string> };

/** A browser that keeps its connections. */
export class Visitors {
  private readonly agent: Agent;

  constructor(connections: number) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @returns the status and how long the whole answer took, in milliseconds */
  ask({ method, url, body = '', headers = {} }: Ask): Promise<{ status: number; ms: number }> {
    return new Promise((resolve, reject) => {
      const started = performance.now();
      const asking = request(
        url,
        {
          agent: this.agent,
          method,
          headers: {
            ...(method === 'POST' && {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': Buffer.byteLength(body),
            }),
            ...headers,
          },
        },
        (answer) => {
          answer.on('end', () => resolve({ status: answer.statusCode!, ms: performance.now() - started }));
          answer.resume();
        },
      );
      asking.on('error', reject);
      asking.end(body);
    });
  }

  leave(): void {
    this.agent.destroy();
  }
}
