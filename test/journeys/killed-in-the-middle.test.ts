import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figures } from '#postgres';
import { compile } from '../support/compile.mjs';
import { freePort } from '../support/free-port.js';
import { type Message, until } from '../support/use-drumbeat.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = path.join(root, 'dist', 'apps', 'sandbox', 'src', 'main.js');

let folder: string;
let running: ChildProcess | undefined;
beforeAll(compile, 60_000);
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-'));
  await chmod(folder, 0o755); // under root Postgres runs as another user, who must get in
});
afterEach(async () => {
  await end('SIGINT');
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}, 60_000);

type Run = { child: ChildProcess; said: () => string; ended: Promise<number | null> };

/** The sandbox as `npm start` runs it, once it is built, with nothing of our own environment. */
function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [main], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATA_DIR: folder, ...env },
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (words += text.toString()));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  running = child;
  return { child, said: () => words, ended };
}

/** Ends what runs. @returns its exit code; null after a signal that it could not hear */
async function end(signal: NodeJS.Signals): Promise<number | null> {
  const child = running;
  running = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
  const closed = once(child, 'close');
  child.kill(signal);
  return (await closed)[0] as number | null;
}

class Visitor {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  async api<Answer>(method: string, route: string, body?: object): Promise<Answer> {
    const answer = await fetch(this.url + route, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  press(url: string, fields: Record<string, string> = {}): Promise<Response> {
    return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  }

  async messages(): Promise<Message[]> {
    return (await this.api<{ items: Message[] }>('GET', '/sandbox/messages')).items;
  }

  /** The docket, which is the first of the samples. */
  async docket(): Promise<{ id: string; deadlineAt: string }> {
    return (await this.api<{ items: { id: string; deadlineAt: string }[] }>('GET', '/api/v1/campaigns'))
      .items[0]!;
  }

  async figures(): Promise<Figures> {
    const { id } = await this.docket();
    return (await this.api<{ total: Figures }>('GET', `/api/v1/campaigns/${id}/tally`)).total;
  }

  clock(to: string): Promise<{ now: string }> {
    return this.api('POST', '/sandbox/clock', { to });
  }
}

async function start(port: number): Promise<Visitor> {
  const { said, child } = run({ PORT: String(port) });
  const isUp = () => said().includes('Drumbeat is running');
  await until(async () => isUp() || child.exitCode !== null, Boolean, 60_000);
  if (!isUp()) throw new Error(`It did not start: ${said()}`);
  const { url, apiKey } = JSON.parse(await readFile(path.join(folder, 'sandbox.json'), 'utf8')) as {
    url: string;
    apiKey: string;
  };
  return new Visitor(url, apiKey);
}

const people = Array.from({ length: 40 }, (_, n) => ({
  email: `person${n}@example.org`,
  ...(n % 2 === 0 && { phone: `+1503555${String(100 + n).padStart(4, '0')}` }),
}));
const withPhone = people.filter(({ phone }) => phone).length;

async function signUpEverybody(visitor: Visitor): Promise<void> {
  for (const { email, phone } of people) {
    const ticks = phone ? { phone, smsConsent: 'yes' } : undefined;
    const form = { email, zip: '97201', language: 'en', ...ticks };
    const answer = await visitor.press(`${visitor.url}/c/soc-docket/many-hands-portland`, form);
    expect(answer.status).toBe(303);
  }
  const asked = await until(
    () => visitor.messages(),
    ({ length }) => length === people.length + withPhone,
  );
  expect(asked).toHaveLength(people.length + withPhone);
  for (const { channel, to, text } of asked) {
    if (channel === 'email') await visitor.press(/http\S+\/yes\/[\w-]+/.exec(text)![0]);
    else await visitor.api('POST', '/sandbox/texts', { from: to, body: 'YES' });
  }
}

/** How many letters or texts have been taken, by the mailbox's and the phones' own logs. */
async function taken(what: 'letters' | 'texts'): Promise<number> {
  const { dir, log, line } = {
    letters: { dir: 'mail', log: 'arrivals-', line: /^./gm },
    texts: { dir: 'phones', log: 'phones-', line: /"what":"accepted"/g },
  }[what];
  const logs = path.join(folder, 'sandbox', dir);
  const names = (await readdir(logs)).filter((name) => name.startsWith(log));
  const files = await Promise.all(names.map((name) => readFile(path.join(logs, name), 'utf8')));
  return files.join('').match(line)?.length ?? 0;
}

it('changes nothing but the time when everything is killed in the middle of a wave, three times', async () => {
  const port = await freePort();
  let visitor = await start(port);
  const { deadlineAt } = await visitor.docket();
  const morning = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await visitor.clock(`${morning}T18:00:00Z`); // when questions by text need not wait
  await signUpEverybody(visitor);

  const theEnd = new Date(Date.parse(deadlineAt) + 3 * 86_400_000).toISOString();
  const kills = [
    { after: 1, what: 'letters' },
    { after: 3, what: 'texts' },
    { after: 13, what: 'texts' },
  ] as const;
  for (const [round, { after, what }] of kills.entries()) {
    const enough = (await taken(what)) + after;
    const moving = visitor.clock(theEnd).catch(() => 'killed');
    const count = await until(
      () => taken(what),
      (count) => count >= enough,
      20_000,
      1,
    );
    expect(count).toBeGreaterThanOrEqual(enough);
    await end('SIGKILL');
    expect(await moving).toBe('killed');
    visitor = await start(port);
    const mine = (await visitor.messages()).find(({ to }) => to === people[round]!.email)!;
    await visitor.press(/http\S+\/done\/[\w-]+/.exec(mine.text)![0], { outcome: 'filed' });
    expect(await visitor.figures()).toMatchObject({ signups: 40, optedIn: 40, confirmed: round + 1 });
  }
  await visitor.clock(theEnd);

  const messages = await visitor.messages();
  const letters = messages.filter(({ channel }) => channel === 'email');
  const ids = new Map<string, Set<string>>();
  for (const { to, headers } of letters) ids.set(to, (ids.get(to) ?? new Set()).add(headers!['Message-ID']!));
  const subjectsOf = (email: string) => [
    ...new Set(
      letters.filter(({ to }) => to === email).map(({ subject }) => subject!.replace(/\d+|due.*/i, '')),
    ),
  ];
  for (const { email } of people.slice(3)) {
    // The welcome, four rungs and "Did you file?", each under one Message-ID.
    expect(subjectsOf(email)).toHaveLength(6);
    expect(ids.get(email)!.size).toBe(6);
  }
  const doubles = letters.length - [...ids.values()].reduce((sum, set) => sum + set.size, 0);
  expect(doubles).toBeLessThanOrEqual(3 * 10);
  const texts = messages.filter(({ channel }) => channel === 'sms').map(({ to, text }) => `${to} ${text}`);
  expect(texts).toEqual([...new Set(texts)]);
  expect(texts.length).toBeGreaterThan(2 * withPhone);
  expect(await visitor.figures()).toMatchObject({ signups: 40, optedIn: 40, confirmed: 3 });
}, 180_000);

it('ends on Ctrl-C with 0, and what was in it is there at the next start', async () => {
  const port = await freePort();
  const visitor = await start(port);
  const form = { email: 'ana@example.org', language: 'en' };
  await visitor.press(`${visitor.url}/c/soc-docket/many-hands-portland`, form);
  const letters = await until(
    () => visitor.messages(),
    ({ length }) => length === 1,
  );
  expect(letters).toHaveLength(1);
  expect(await end('SIGINT')).toBe(0);
  const again = await start(port);
  expect(await again.messages()).toHaveLength(1);
  expect(await again.figures()).toMatchObject({ signups: 1 });
  expect(await end('SIGTERM')).toBe(0);
}, 60_000);

describe('a start that cannot be says why in a sentence, prints no value, and exits with 1:', () => {
  async function failure(env: Record<string, string>): Promise<string> {
    const { said, ended } = run(env);
    expect(await ended).toBe(1);
    expect(said()).not.toMatch(/^ {4}at |node:internal/m);
    return said().trim();
  }

  it('a taken port', async () => {
    const other = createServer().listen(0, '0.0.0.0');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await failure({ PORT: String(port) })).toBe(
      `Port ${port} is taken. Stop what listens there, or set PORT to another one.`,
    );
    other.close();
  }, 20_000);

  it('a data folder that cannot be written', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    const said = await failure({ DATA_DIR: path.join(file, 'data'), PORT: String(await freePort()) });
    expect(said).toMatch(/^The data folder .+ cannot be written\. Set DATA_DIR to a folder of yours\.$/);
  }, 20_000);

  it('bad variables, all at once', async () => {
    const said = await failure({ PORT: 'lots', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://u:geheim@h' });
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(said).toContain(`- ${name} `);
    expect(said).not.toMatch(/lots|loud|geheim/);
  }, 20_000);

  it('half a Twilio account', async () => {
    const said = await failure({ TWILIO_AUTH_TOKEN: 'geheim-geheim-geheim', PORT: String(await freePort()) });
    expect(said).toMatch(/TWILIO_ACCOUNT_SID is missing/);
    expect(said).not.toMatch(/geheim/);
  }, 20_000);
});
