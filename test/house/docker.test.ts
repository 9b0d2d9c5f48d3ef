import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readSettings, Settings } from '#boot';
import { testKeys } from '../support/use-database.js';

type Service = {
  image: string;
  build?: { context: string; dockerfile: string };
  command?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  deploy?: { replicas: number };
  stop_grace_period?: string;
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const exists = (name: string) => existsSync(path.join(root, name));
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

const composeText = read('docker/compose.yaml');
const compose = parse(composeText, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { api, worker, postgres, redis, mail } = compose.services as Record<
  'api' | 'worker' | 'postgres' | 'redis' | 'mail',
  Service
>;

/** Instructions with their arguments; a line that ends in a backslash goes on. */
const dockerfile = read('docker/Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => ({ instruction: line.split(' ')[0]!, text: line.slice(line.indexOf(' ') + 1).trim() }));
const all = (instruction: string) =>
  dockerfile.filter((line) => line.instruction === instruction).map(({ text }) => text);
const finalStage = dockerfile.slice(dockerfile.map(({ instruction }) => instruction).lastIndexOf('FROM'));
const last = (instruction: string) =>
  finalStage.filter((line) => line.instruction === instruction).at(-1)?.text;

/** `.env.example` as names and values. */
const example = Object.fromEntries(
  read('docker/.env.example')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);
/** What a person fills in. */
const filledIn: Record<string, string> = {
  ...example,
  ...testKeys,
  POSTGRES_PASSWORD: 'letters',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: '0'.repeat(32),
  TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
};
const fill = (text: string): string =>
  text.replace(/\$\{(\w+)[^}]*\}/g, (_all, name: string) => fill(filledIn[name] ?? ''));

const scriptsNamedIn = (text: string) =>
  [...text.matchAll(/npm"?,? "?run"?,? "?([\w:-]+)/g)].map((found) => found[1]!);
const withoutValue = (name: keyof typeof Settings.shape) =>
  !Settings.shape[name].safeParse(undefined).success;

describe('the image', () => {
  it('runs what the scripts run, without npm before it, from files that the build makes from ours', () => {
    expect((JSON.parse(last('CMD')!) as string[]).join(' ')).toBe(scripts['start:api']);
    for (const name of ['start:api', 'start:worker', ...all('RUN').flatMap(scriptsNamedIn)]) {
      const script = scripts[name];
      expect([name, script]).toEqual([name, expect.any(String)]);
      const built = /^node dist\/(\S+)\.js$/.exec(script!)?.[1];
      if (built) expect([built, exists(`${built}.ts`)]).toEqual([built, true]);
    }
  });

  it('copies what exists, and what .dockerignore lets in', () => {
    const ignore = read('.dockerignore').split('\n');
    const copied = all('COPY')
      .filter((text) => !text.startsWith('--from'))
      .flatMap((text) => text.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(0);
    for (const name of copied) {
      expect([name, exists(name)]).toEqual([name, true]);
      expect(ignore).toContain(`!${name}`);
    }
    expect(ignore[0]).toBe('*');
    expect(ignore).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '**/.env']));
  });

  it('builds with all that scripts of the build need', () => {
    const copied = all('COPY').join(' ');
    for (const name of ['.swcrc', 'apps', 'libs']) {
      expect(scripts['build']).toContain(name);
      expect(copied).toContain(name);
    }
  });

  it('leaves out the sandbox and what only building needs', () => {
    const steps = all('RUN').join(' && ');
    expect(steps).toContain('rm -rf apps/sandbox');
    expect(steps).toContain('npm prune --omit=dev');
    expect(steps.indexOf('rm -rf apps/sandbox')).toBeLessThan(steps.indexOf('npm run build'));
    expect(steps.indexOf('npm run build')).toBeLessThan(steps.indexOf('npm prune'));
    for (const app of ['api', 'worker']) {
      const sources = readdirSync(path.join(root, 'apps', app), { recursive: true, encoding: 'utf8' });
      for (const file of sources.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))) {
        const text = read(path.join('apps', app, file));
        expect([file, /from '[^']*\/sandbox\//.test(text)]).toEqual([file, false]);
      }
    }
  });

  it('does not run as root', () => {
    expect(last('USER')).toMatch(/^(?!root\b|0\b)\w+$/);
  });

  it('is asked for its health on a route and a port that the api has', () => {
    const [, port, route] = /http:\/\/127\.0\.0\.1:([^/]+)(\/[\w/]+)/.exec(last('HEALTHCHECK')!)!;
    expect(port).toBe('${process.env.PORT}');
    expect(routes()).toContain(route);
    expect(last('ENV')).toContain(`PORT=${Settings.shape.PORT.parse(undefined)}`);
    expect(last('EXPOSE')).toBe(String(Settings.shape.PORT.parse(undefined)));
  });
});

describe('compose', () => {
  it('builds from files that exist and runs what the scripts run', () => {
    const context = path.resolve(root, 'docker', api.build!.context);
    expect(context).toBe(path.resolve(root));
    expect(existsSync(path.join(context, api.build!.dockerfile))).toBe(true);
    expect(worker.image).toBe(api.image);
    expect(api.command).toBe(scripts['start:api']);
    expect(worker.command).toBe(scripts['start:worker']);
  });

  it.each(['api', 'worker'] as const)(
    'gives the %s settings that exist, and all that have no value',
    (app) => {
      const given = compose.services[app]!.environment!;
      const known = Object.keys(Settings.shape) as (keyof typeof Settings.shape)[];
      expect(known).toEqual(expect.arrayContaining(Object.keys(given)));
      expect(Object.keys(given)).toEqual(expect.arrayContaining(known.filter(withoutValue)));
      const environment = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, fill(value)]),
      );
      expect(readSettings(Settings, environment)).toMatchObject({
        DATABASE_URL: 'postgres://drumbeat:letters@postgres:5432/drumbeat',
      });
    },
  );

  it('refuses to start without its secrets, and its example holds none', () => {
    for (const name of [
      'POSTGRES_PASSWORD',
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'TWILIO_MESSAGING_SERVICE_SID',
      'ENCRYPTION_KEYS',
      'LOOKUP_KEYS',
    ]) {
      expect(composeText).toContain(`\${${name}:?`);
      expect([name, example[name]]).toEqual([name, '']);
    }
    const required = [...composeText.matchAll(/\$\{(\w+):\?/g)].map((found) => found[1]!);
    expect(required).toEqual(expect.arrayContaining(['DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL']));
  });

  it('reads no variable that .env.example leaves out, and the other way round', () => {
    const used = [...`${composeText}${Object.values(example).join()}`.matchAll(/\$\{(\w+)/g)];
    expect(new Set(Object.keys(example))).toEqual(new Set(used.map((found) => found[1])));
  });

  it('reaches its own services by the names and ports they have', () => {
    expect(Object.keys(compose.services)).toContain(new URL(fill(example['DATABASE_URL']!)).hostname);
    expect(new URL(example['REDIS_URL']!).host).toBe('redis:6379');
    expect(new URL(example['SMTP_URL']!).host).toBe('mail:1025');
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['redis', 'mail']));
    expect(api.ports).toEqual([`3000:${Settings.shape.PORT.parse(undefined)}`]);
    expect(mail.ports).toEqual(['127.0.0.1:8025:8025']);
    const { POSTGRES_USER, POSTGRES_DB } = postgres.environment!;
    expect(example['DATABASE_URL']).toContain(`//${POSTGRES_USER}:`);
    expect(example['DATABASE_URL']).toMatch(new RegExp(`/${POSTGRES_DB}$`));
  });

  it('keeps a Redis that evicts nothing and writes down what it holds', () => {
    expect(redis.image).toMatch(/^redis:8/);
    expect(redis.command).toContain('--maxmemory-policy noeviction');
    expect(redis.command).toContain('--appendonly yes');
  });

  it('gives a process half a minute to end, and starts two workers after the api, which migrates', () => {
    expect([api.stop_grace_period, worker.stop_grace_period]).toEqual(['30s', '30s']);
    expect(worker.deploy).toEqual({ replicas: 2 });
    expect(worker.depends_on).toEqual({ api: { condition: 'service_healthy' } });
    expect(read('apps/api/src/main.ts')).toContain('await migrate(');
  });

  it('waits for services that say how they are, and keeps their data', () => {
    for (const { depends_on = {} } of Object.values(compose.services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const service = compose.services[name]!;
        if (condition === 'service_healthy') expect(service.healthcheck ?? service.build).toBeTruthy();
      }
    }
    expect(postgres.image).toMatch(/^postgres:18/);
    expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(redis.volumes).toEqual(['redis:/data']);
    expect(Object.keys(compose.volumes)).toEqual(['postgres', 'redis']);
  });
});

/** Every GET of the api, as its controllers declare it. */
function routes(): string[] {
  const folder = path.join(root, 'apps', 'api', 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.controller.ts'))
    .flatMap((name) => {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const base = /@Controller\('([^']*)'/.exec(text)?.[1] ?? '';
      return [...text.matchAll(/@Get\((?:'([^']*)')?/g)].map((found) =>
        `/${base}/${found[1] ?? ''}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
      );
    });
}
