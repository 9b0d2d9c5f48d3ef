import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CarrierRules } from './carrier.js';
import type { SinkRules } from './sink.js';

/** The project's folder, from the sources and from what is built of them. */
export const root = (() => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
})();

/** A program of ours as it is built: `built('apps/worker/src/main.js')`. */
export const built = (file: string): string => path.join(root, 'dist', file);

/** What the sink wrote of a message that it took. */
export type SinkLine = { at: number; id: string; to: string; connection: number; answered: boolean };
/** What the carrier wrote of a text that it took. */
export type CarrierLine = {
  at: number;
  sid: string;
  to: string;
  body: string;
  validityPeriod: number | null;
  callback: string | null;
  answered: boolean;
};
export type SinkCount = Record<'connections' | 'open' | 'messages' | 'answered' | 'held' | 'refused', number>;
export type CarrierCount = Record<
  'requests' | 'listed' | 'messages' | 'answered' | 'held' | 'refused' | 'lost' | 'callbacks',
  number
>;

/** A provider in a process of its own. */
export type Outside<Rules, Line, Count> = {
  /** For SMTP_URL or TWILIO_API_URL. */
  readonly url: string;
  /** `POST /rules`, `GET /count`. */
  readonly control: string;
  readonly logFile: string;
  readonly pid: number;
  /** Resolves when the process has ended, by whatever. */
  readonly ended: Promise<void>;
  rules(change: Partial<Rules>): Promise<Rules>;
  count(): Promise<Count>;
  /** Everything that is in its log by now. */
  lines(): Promise<Line[]>;
  stop(): Promise<void>;
};
export type Sink = Outside<SinkRules, SinkLine, SinkCount>;
export type Carrier = Outside<CarrierRules, CarrierLine, CarrierCount>;

type Options<Rules> = {
  /** Appended to; `FILE.refusals` beside it holds what was refused, `FILE.callbacks` what was called back. */
  logFile: string;
  rules?: Partial<Rules>;
  /** For what is left to chance. */
  seed?: number;
  /** A free one by default. */
  port?: number;
};

export function startSink(options: Options<SinkRules>): Promise<Sink> {
  return start('sink', 'smtp', options);
}

/** @param options the account whose credentials it takes */
export function startCarrier({
  accountSid,
  authToken,
  ...options
}: Options<CarrierRules> & { accountSid: string; authToken: string }): Promise<Carrier> {
  return start('carrier', 'http', options, {
    OUTSIDE_ACCOUNT_SID: accountSid,
    OUTSIDE_AUTH_TOKEN: authToken,
  });
}

async function start<Rules, Line, Count>(
  name: 'sink' | 'carrier',
  scheme: string,
  { logFile, rules = {}, seed = 1, port = 0 }: Options<Rules>,
  env: Record<string, string> = {},
): Promise<Outside<Rules, Line, Count>> {
  const child = spawn(process.execPath, [built(`test/support/outside/${name}.js`)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      OUTSIDE_LOG: logFile,
      OUTSIDE_RULES: JSON.stringify(rules),
      OUTSIDE_SEED: String(seed),
      OUTSIDE_PORT: String(port),
      ...env,
    },
  });
  const exit = once(child, 'exit').then(() => undefined);
  const ports = await readyOf(child, name);
  const control = `http://127.0.0.1:${ports.control}`;
  const count = async () => (await (await fetch(`${control}/count`)).json()) as Count;
  return {
    url: `${scheme}://127.0.0.1:${ports.port}`,
    control,
    logFile,
    pid: child.pid!,
    ended: exit,
    count,
    rules: async (change) => {
      const answer = await fetch(`${control}/rules`, { method: 'POST', body: JSON.stringify(change) });
      return (await answer.json()) as Rules;
    },
    lines: async () => {
      if (child.exitCode === null && child.signalCode === null) await count();
      const text = await readFile(logFile, 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exit;
    },
  };
}

function readyOf(child: ChildProcess, name: string): Promise<{ port: number; control: number }> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number; control: number }));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The ${name} ended with ${code} before it was ready.`)));
  });
}
