import { createHmac } from 'node:crypto';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { easternDate } from '#domain';
import { NestLog, openLog, readSettings, Settings } from '#boot';
import {
  type Account,
  Accounts,
  CampaignClock,
  Campaigns,
  dataSourceOptions,
  Keyring,
  migrate,
  Reminders,
  Staff,
} from '#postgres';
import { migrateQueues } from '#queues';
import { Sessions } from '../../api/src/accounts/sessions.service.js';
import { createApi } from '../../api/src/app.js';
import { CoalitionsService } from '../../api/src/coalitions/coalitions.service.js';
import { CampaignService } from '../../api/src/schedule/campaign.service.js';
import { ApiSettings } from '../../api/src/settings.js';
import { DeliverService } from '../../worker/src/deliver/deliver.service.js';
import { TickService } from '../../worker/src/dispatch/tick.service.js';
import { WorkerSettings } from '../../worker/src/settings.js';
import { WorkerModule } from '../../worker/src/worker.module.js';
import { startPostgres } from '../embedded-postgres.mjs';
import { WatchService } from '../../worker/src/watch/watch.service.js';
import { Docket, docketKey } from './docket/docket.js';
import { DrivenClock } from './driven-clock.js';
import { Mailbox } from './mailbox/mailbox.js';
import { SandboxModule } from './pages/sandbox.module.js';
import { Phones } from './phones/phones.js';
import { addSamples, sampleDate } from './samples.js';
import { secretsIn } from './secrets.js';

export type Sandbox = {
  url: string;
  signupUrl: string;
  signInUrl: string;
  apiKey: string;
  readonly api: NestFastifyApplication;
  readonly mailbox: Mailbox;
  stop(): Promise<void>;
};

/** What can be set; a real part that is named here replaces the embedded one. */
const SandboxSettings = Settings.partial()
  .extend({
    PORT: Settings.shape.PORT,
    DATA_DIR: Settings.shape.DATA_DIR,
    LOG_LEVEL: Settings.shape.LOG_LEVEL.default('warn'),
  })
  .superRefine((given, context) => {
    const missing = twilioAccount.filter((name) => !given[name]);
    if (missing.length === twilioAccount.length) return;
    for (const name of missing) {
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'must be set: a Twilio account comes whole or not at all',
      });
    }
  });
const twilioAccount = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_MESSAGING_SERVICE_SID'] as const;

/**
 * Everything on one machine: embedded Postgres, mailbox and phones (each only where no real one is set), api and worker
 * in this process, sample campaigns in an empty database.
 * @param say progress, a line at a time
 * @param logTo where the log goes; left out: to standard output
 */
export async function startSandbox(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  logTo?: { write(line: string): void },
): Promise<Sandbox> {
  const given = readSettings(SandboxSettings, env);
  const dataDir = openDataDir(given.DATA_DIR);
  await checkPort(given.PORT);
  const secrets = secretsIn(dataDir);
  const log = openLog(given.LOG_LEVEL, logTo);
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const part of stops.splice(0).reverse()) await part();
  };

  try {
    const url = (env.PUBLIC_URL || `http://localhost:${given.PORT}`).replace(/\/+$/, '');
    let databaseUrl = env.DATABASE_URL;
    if (!databaseUrl) {
      say('Starting Postgres …');
      const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') });
      stops.push(() => postgres.stop());
      databaseUrl = postgres.url;
    }
    say('Bringing the schema up to date …');
    await migrate(databaseUrl);
    await migrateQueues({ DATABASE_URL: databaseUrl, REDIS_URL: env.REDIS_URL || undefined });

    const db = await new DataSource(dataSourceOptions(databaseUrl, 4)).initialize();
    stops.push(() => db.destroy());
    // Nobody else works on a database of our own: what a killed run was handing over need not wait for its lease.
    if (!env.DATABASE_URL) await new Reminders(db.manager).reclaim({ all: true });
    const now = () => new CampaignClock(db.manager).now();
    const mailbox = new Mailbox({ now });
    const smtpUrl = await mailbox.start({ dir: join(dataDir, 'sandbox', 'mail') });
    stops.push(() => mailbox.stop());
    const phones = new Phones();
    const twilioUrl = await phones.start({
      dir: join(dataDir, 'sandbox', 'phones'),
      accountSid: secrets.TWILIO_ACCOUNT_SID,
      authToken: secrets.TWILIO_AUTH_TOKEN,
      inboundUrl: `${url}/hooks/twilio/inbound`,
      now,
    });
    stops.push(() => phones.stop());

    const campaigns = new Campaigns(db.manager);
    const dated = (await campaigns.bySlug('soc-docket'))?.deadlineAt;
    const docket = new Docket({ now });
    const { regulationsUrl, registerUrl } = await docket.start({
      dir: join(dataDir, 'sandbox'),
      closesOn: dated ? easternDate(dated) : sampleDate(await now()),
    });
    stops.push(() => docket.stop());

    const { apiKey, ...made } = secrets;
    const ownTwilio = !env.TWILIO_ACCOUNT_SID;
    const settings = {
      ...made,
      SMTP_URL: smtpUrl,
      REGULATIONS_GOV_URL: regulationsUrl,
      REGULATIONS_GOV_API_KEY: docketKey,
      FEDERAL_REGISTER_URL: registerUrl,
      // The numbers of invented people all lie beside each other.
      SMS_QUESTIONS_A_DAY_PER_PREFIX: '10000',
      SMS_QUESTIONS_AN_HOUR_TO_NEIGHBOURS: '10000',
      ...Object.fromEntries(Object.entries(env).filter(([, value]) => value)),
      ...(ownTwilio && { TWILIO_API_URL: twilioUrl }),
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: url,
      LOG_LEVEL: given.LOG_LEVEL,
      PORT: String(given.PORT),
    };

    say('Starting the worker and the pages …');
    const worker = await NestFactory.createApplicationContext(
      WorkerModule.with(readSettings(WorkerSettings, settings)),
      {
        logger: new NestLog(log),
        abortOnError: false,
      },
    );
    stops.push(() => worker.close());
    const clock = new DrivenClock(
      db,
      worker.get(TickService),
      worker.get(DeliverService),
      worker.get(WatchService),
      ownTwilio ? phones : null,
    );
    await new Staff(db.manager).keep(apiKey, 'Sandbox', 'administrator');

    const signupUrl = `${url}/c/soc-docket/many-hands-portland`;
    const apiSettings = readSettings(ApiSettings, settings);
    const keys = new Keyring(apiSettings.ENCRYPTION_KEYS, apiSettings.LOOKUP_KEYS);
    const signInToken = createHmac('sha256', apiKey).update('sign-in').digest('base64url');
    const api: NestFastifyApplication = await createApi(
      apiSettings,
      [
        SandboxModule.with({
          ...{ mailbox, phones, docket, clock, key: apiKey, links: linksOf(url), signInToken },
          signIn: async (request, reply) => {
            const sessions = api.get(Sessions);
            const opened = await sessions.open(
              await sessions.link(await administrator(db, keys)),
              request,
              reply,
            );
            return opened === 'code' ? '/console/sign-in/code' : '/console';
          },
        }),
      ],
      log,
    );
    stops.push(() => {
      clock.stop();
      return api.close();
    });
    if ((await campaigns.list()).length === 0) {
      say('Adding the sample campaigns …');
      await api.init();
      const staff = (await new Staff(db.manager).byKey(apiKey))!;
      const parts = { campaigns: api.get(CampaignService), coalitions: api.get(CoalitionsService) };
      await addSamples(parts, staff, await now());
    }
    await api.listen(given.PORT, '0.0.0.0');

    const signInUrl = `${url}/sandbox/sign-in/${signInToken}`;
    writeFileSync(
      join(dataDir, 'sandbox.json'),
      JSON.stringify({ url, apiKey, signInUrl, smtpUrl, twilioUrl }, null, 2),
      { mode: 0o600 },
    );
    return { url, signupUrl, signInUrl, apiKey, api, mailbox, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Who signs in by the sandbox's own address; made when they first do. */
function administrator(db: DataSource, keys: Keyring): Promise<Account> {
  const email = { address: 'administrator@sandbox.example', lookup: 'administrator@sandbox.example' };
  return db.transaction(async (manager) => {
    const accounts = new Accounts(manager, keys);
    const there = await accounts.byEmail(email.lookup);
    if (there) return there;
    const invite = { email, role: 'administrator', coalitionId: null, language: 'en' } as const;
    const { token } = await accounts.invite(invite, 'command:sandbox');
    return (await accounts.accept(token, 'Sandbox administrator', 'en')) as Account;
  });
}

const linksOf = (url: string) => [
  { label: 'Sign up: comment on the docket', href: `${url}/c/soc-docket/many-hands-portland` },
  { label: 'Sign up: occupation on the census form', href: `${url}/c/occupation-entry/many-hands-portland` },
  { label: 'What everybody sees', href: `${url}/count/soc-docket` },
  { label: 'Campaigns', href: `${url}/console` },
];

function openDataDir(dir: string): string {
  const path = resolve(dir);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch {
    throw new Error(`The data folder ${path} cannot be written. Set DATA_DIR to a folder of yours.`);
  }
  return path;
}

/** Says so before anything starts, rather than after half a minute. */
async function checkPort(port: number): Promise<void> {
  await new Promise<void>((free, taken) => {
    const probe = createServer();
    probe.once('error', () =>
      taken(new Error(`Port ${port} is taken. Stop what listens there, or set PORT to another one.`)),
    );
    probe.listen(port, '0.0.0.0', () => probe.close(() => free()));
  });
}
