import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { DataSource } from 'typeorm';
import { openLog, readSettings } from '#boot';
import {
  Accounts,
  type Campaign,
  type Coalition,
  Coalitions,
  type Keyring,
  type Role,
  Staff,
} from '#postgres';
import { createApi } from '../../apps/api/src/app.js';
import { CampaignForm } from '../../apps/api/src/schedule/campaign.schema.js';
import { CampaignService } from '../../apps/api/src/schedule/campaign.service.js';
import { ApiSettings } from '../../apps/api/src/settings.js';
import { testKeys, useDatabase } from './use-database.js';

export const twilioToken = 'the-account-token-of-the-tests';

export type Answer = Omit<LightMyRequestResponse, 'json'> & {
  json<Body = Record<string, unknown>>(): Body;
};

export type TestApi = {
  readonly url: string;
  readonly db: DataSource;
  readonly keys: Keyring;
  readonly api: NestFastifyApplication;
  /** Everything that was logged so far, a line of JSON each. */
  readonly log: string;
  send(request: InjectOptions): Promise<Answer>;
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  /** As a browser sends a form. */
  post(url: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** As a script calls the API. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    key?: string,
  ): Promise<Answer>;
  /** A key of this role; a leader's needs the coalition. */
  key(role: Role, coalitionId?: string): Promise<string>;
  /** Signs a person of this role in; a leader needs the coalition. */
  person(role: Role, coalitionId?: string): Promise<TestPerson>;
  /** As a page of the console calls the API, signed in by this cookie or not at all. */
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    cookie?: string,
  ): Promise<Answer>;
  aCoalition(more?: Partial<Coalition>): Promise<Coalition>;
  aCampaign(more?: object): Promise<TestCampaign>;
  /** The rows that a query answers. */
  all<Row = Record<string, unknown>>(query: string, parameters?: unknown[]): Promise<Row[]>;
  /** The first of them, which is there. */
  one<Row = Record<string, unknown>>(query: string, parameters?: unknown[]): Promise<Row>;
  /** What each table holds but the limits, as a sum; two of these are equal when nothing was written. */
  rows(): Promise<Record<string, string>>;
};

/** Somebody who is staff: the cookie of their session, and the address that links are mailed to. */
export type TestPerson = { id: string; name: string; email: string; cookie: string };

/** A launched campaign with one coalition, and where people sign up for it. */
export type TestCampaign = { id: string; slug: string; coalition: Coalition; page: string };

/** The api over a database of the file's own, called without a socket; no worker runs. */
export function useApi(env: Record<string, string> = {}): TestApi {
  const lines: string[] = [];
  let api: NestFastifyApplication;
  // Before the database's own, which cuts whoever is still connected.
  afterAll(() => api?.close());
  const world = useDatabase();

  beforeAll(async () => {
    const settings = readSettings(ApiSettings, {
      ...testKeys,
      DATABASE_URL: world.url,
      PUBLIC_URL: 'https://drumbeat.example',
      TWILIO_AUTH_TOKEN: twilioToken,
      LOG_LEVEL: 'debug',
      ...env,
    });
    api = await createApi(settings, [], openLog('debug', { write: (line) => lines.push(line) }));
    await api.init();
    await api.getHttpAdapter().getInstance().ready();
  }, 60_000);

  const send = (request: InjectOptions): Promise<Answer> => api.inject(request);
  const staff = () => new Staff(world.db.manager);
  const key = (role: Role, coalitionId?: string) => staff().createKey(`a ${role}`, role, coalitionId ?? null);
  const ask: TestApi['ask'] = async (method, url, body, cookie) =>
    send({
      method,
      url,
      ...(body && { payload: body }),
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
    });
  const aCoalition = (more: Partial<Coalition> = {}) =>
    new Coalitions(world.db.manager).save({
      parentId: null,
      slug: `coalition-${randomBytes(4).toString('hex')}`,
      name: 'Many Hands of Ohio',
      shortName: 'Many Hands',
      zone: 'America/New_York',
      replyTo: 'hello@manyhands.example',
      postalAddress: '1 Main St, Columbus, OH 43004',
      colour: '#225588',
      ...more,
    });

  return {
    get url() {
      return world.url;
    },
    get db() {
      return world.db;
    },
    keys: world.keys,
    get api() {
      return api;
    },
    get log() {
      return lines.join('');
    },
    send,
    get: (url, headers = {}) => send({ method: 'GET', url, headers }),
    post: (url, fields = {}, headers = {}) =>
      send({
        method: 'POST',
        url,
        payload: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    call: async (method, url, body, given) =>
      send({
        method,
        url,
        ...(body && { payload: body }),
        headers: { authorization: `Bearer ${given ?? (await key('organizer'))}` },
      }),
    key,
    ask,
    async person(role, coalitionId) {
      const email = `${role}-${randomBytes(4).toString('hex')}@staff.example`;
      const name = `Marisol ${role}`;
      const { token } = await new Accounts(world.db.manager, world.keys).invite(
        { email: { address: email, lookup: email }, role, coalitionId: coalitionId ?? null, language: 'en' },
        'command:test',
      );
      const answer = await ask('POST', `/api/v1/invitation/${token}`, { name, language: 'en' });
      const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
      return { id: answer.json<{ id: string }>().id, name, email, cookie };
    },
    aCoalition,
    async aCampaign(more = {}) {
      const coalition = await aCoalition();
      const by = (await staff().byKey(await key('organizer')))!;
      const campaigns = api.get(CampaignService);
      const { id, slug } = await campaigns.create(
        CampaignForm.parse({ ...plainCampaign(), coalitionIds: [coalition.id], ...more }),
        by,
      );
      await campaigns.turn(id, 'launch', by);
      return { id, slug, coalition, page: `/c/${slug}/${coalition.slug}` };
    },
    all: (query, parameters) => world.db.query(query, parameters),
    async one<Row>(query: string, parameters?: unknown[]) {
      const [row] = await world.db.query<Row[]>(query, parameters);
      if (row === undefined) throw new Error(`Nothing was found: ${query}`);
      return row;
    },
    async rows() {
      const tables = await world.db.query<{ name: string }[]>(
        `select table_name as name from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE' and table_name !~ '_\\d+$' and table_name <> 'limits' order by 1`,
      );
      const sums = await Promise.all(
        tables.map(async ({ name }) => {
          const [row] = await world.db.query<{ sum: string }[]>(
            `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '-') as sum from "${name}" t`,
          );
          return [name, row!.sum] as const;
        }),
      );
      return Object.fromEntries(sums);
    },
  };
}

/** The person's link to a page, as a message would carry it. */
export function linkOf(
  keys: Keyring,
  signupId: string,
  purpose: 'opt_in' | 'guide' | 'done' | 'stop' | 'me',
  tokenKey = keys.tokenKey,
): string {
  return `/${purpose === 'opt_in' ? 'yes' : purpose}/${keys.token(tokenKey, signupId, purpose)}`;
}

/** Ten days ahead, in the evening of Eastern time whatever hour it is now: what a ladder sends on the last day has its hours. */
const anEvening = () => `${new Date(Date.now() + 11 * 86_400_000).toISOString().slice(0, 10)}T03:30:00Z`;

const plainCampaign = (): object => ({
  title: 'Comment on the docket',
  slug: `docket-${randomBytes(4).toString('hex')}`,
  kind: 'regulatory_comment' satisfies Campaign['kind'],
  official: { url: 'https://www.regulations.gov/commenton/BLS-2024-0001-0001' },
  deadlineAt: anEvening(),
  deadlineZone: 'America/New_York',
  ladder: [
    {
      id: 'three-days',
      channels: ['email', 'sms'],
      daysBefore: 3,
      at: '10:00',
      messages: {
        en: {
          subject: 'Three days left',
          email: 'File it by {{ deadline }}.',
          sms: 'File it by {{ deadlineShort }}.',
        },
      },
    },
  ],
});
