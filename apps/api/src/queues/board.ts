import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Queue } from 'bullmq';

type Adapter = Parameters<typeof createBullBoard>[0]['serverAdapter'];
type Routes = Parameters<Adapter['setApiRoutes']>[0];
type Request = NonNullable<Parameters<Routes[number]['handler']>[0]>;

const ui = path.dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'));

/** Where the board's own scripts and styles lie. */
export const boardFiles = path.join(ui, 'dist', 'static');

/** What the board tells: of its routes those alone that read. */
export class Board {
  readonly page: string;
  private routes: Routes = [];
  private queues!: Request['queues'];
  private uiConfig: Request['uiConfig'] = {};

  /** @param home the board's address, such as `/queues` */
  constructor(queues: Queue[], home: string) {
    const adapter: Adapter = {
      setQueues: (all) => ((this.queues = all), adapter),
      setApiRoutes: (routes) => ((this.routes = routes.filter(({ method }) => method === 'get')), adapter),
      setUIConfig: (config) => ((this.uiConfig = config), adapter),
      setEntryRoute: () => adapter,
      setErrorHandler: () => adapter,
      setStaticPath: () => adapter,
      setViewsPath: () => adapter,
    };
    createBullBoard({
      queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
      serverAdapter: adapter,
      options: {
        uiBasePath: ui,
        uiConfig: {
          boardTitle: 'Queues',
          boardLogo: { path: `${home}/static/images/logo.svg` },
          favIcon: {
            default: `${home}/static/images/logo.svg`,
            alternative: `${home}/static/favicon-32x32.png`,
          },
        },
      },
    });
    this.page = this.pageAt(home);
  }

  /**
   * @param asked the part of the address behind the board's, `/api/queues`
   * @returns null when the board has no such thing to read
   */
  async read(asked: string, query: Request['query']): Promise<{ status: number; body: unknown } | null> {
    for (const each of this.routes) {
      const params = [each.route]
        .flat()
        .map((route) => paramsOf(route, asked))
        .find(Boolean);
      if (!params) continue;
      const { queues, uiConfig } = this;
      const { status, body } = await each.handler({ queues, uiConfig, params, query, body: {}, headers: {} });
      return { status: status ?? 200, body };
    }
    return null;
  }

  /** The board's page without what our pages do not allow: nothing from elsewhere, no style beside the files. */
  private pageAt(home: string): string {
    const values: Record<string, string> = {
      basePath: `${home}/`,
      title: this.uiConfig.boardTitle!,
      favIconDefault: this.uiConfig.favIcon!.default,
      favIconAlternative: this.uiConfig.favIcon!.alternative,
      uiConfig: JSON.stringify(this.uiConfig).replaceAll('<', '\\u003c'),
    };
    return readFileSync(path.join(ui, 'dist', 'index.ejs'), 'utf8')
      .replace(/<%[=-] (\w+) %>/g, (_, name: string) => values[name]!)
      .replace(/<link[^>]*href="https:[^>]*>/g, '')
      .replace(/<style>.*?<\/style>| style="[^"]*"/gs, '')
      .replaceAll('"static/', `"${home}/static/`);
  }
}

/** `/api/queues/:queueName` and `/api/queues/deliver` → `{ queueName: 'deliver' }`; null when they differ. */
function paramsOf(route: string, asked: string): Record<string, string> | null {
  const [parts, given] = [route.split('/'), asked.split('/')];
  if (parts.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = given[at]!;
    else if (part !== given[at]) return null;
  }
  return params;
}
