import { randomUUID } from 'node:crypto';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { Accounts, dataToken } from '#postgres';
import sharp from 'sharp';
import { z } from 'zod';
import { linkOf, type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import { type Caller, callerMetadata } from './access.js';

const metricsToken = 'the-token-of-whoever-watches';
const world = useApi({ METRICS_TOKEN: metricsToken });

type Handler = {
  name: string;
  method: string;
  path: string;
  caller: Caller | undefined;
  parameters: { type: number; schema: unknown }[];
};

/** Every method of ours that answers a request, with what it declares. */
function handlers(): Handler[] {
  const reflector = new Reflector();
  return world.api
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype, instance }) =>
      new MetadataScanner().getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name) => {
        const handler = (instance as Record<string, () => unknown>)[name]!;
        const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (method === undefined) return [];
        const above = Reflect.getMetadata(PATH_METADATA, metatype!) as string;
        const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
        const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype!, name) ?? {}) as Record<
          string,
          { schema?: unknown }
        >;
        return paths.map((path) => ({
          name: `${metatype!.name}.${name}`,
          method: RequestMethod[method],
          path: `/${above}/${path}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1'),
          caller: reflector.getAllAndOverride<Caller>(callerMetadata, [handler, metatype!]),
          parameters: Object.entries(args).map(([key, { schema }]) => ({
            type: Number(key.split(':')[0]),
            schema,
          })),
        }));
      }),
    );
}

/** What the router knows, whoever put it there: `GET /done/:token`. */
function routes(): string[] {
  const above: string[] = [];
  return world.api
    .getHttpAdapter()
    .getInstance()
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^([│ ]*)[├└]── (\S+)(?: \(([^)]+)\))?/.exec(line);
      if (!found) return [];
      const [, indent = '', part = '', methods = ''] = found;
      above[indent.length / 4] = part;
      const path = above.slice(0, indent.length / 4 + 1).join('');
      return methods
        .split(', ')
        .filter(Boolean)
        .map((method) => `${method} ${path}`);
    });
}

const filled = (path: string) =>
  path.replace(':turn', 'pause').replace(/:\w+/g, '00000000-0000-4000-8000-000000000000');

describe('every route', () => {
  it('says who may call it', () => {
    const all = handlers();
    expect(all.length).toBeGreaterThan(30);
    expect(all.filter(({ caller }) => caller === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('is one of ours, a file of the pages, or the description of the API', () => {
    const ours = new Set(
      handlers().flatMap(({ method, path }) => [
        `${method} ${path}`,
        ...(method === 'GET' ? [`HEAD ${path}`] : []),
      ]),
    );
    expect(
      routes()
        .filter((route) => !ours.has(route))
        .sort(),
    ).toEqual([
      'GET *',
      'GET /campaigns*',
      'GET /console*',
      'GET /openapi.json',
      'GET /queues*',
      'HEAD *',
      'HEAD /campaigns*',
      'HEAD /console*',
      'HEAD /openapi.json',
      'HEAD /queues*',
    ]);
    const fastify = world.api.getHttpAdapter().getInstance();
    // A route that ends in * is printed without what stands before it.
    for (const url of [
      '/assets/*',
      '/queues/queue/*',
      '/queues/static/*',
      '/queues/api/*',
      '/console/assets/*',
    ])
      expect([url, fastify.hasRoute({ method: 'GET', url })]).toEqual([url, true]);
  });

  it('checks every part of a request that it takes', () => {
    const checked = [RouteParamtypes.BODY, RouteParamtypes.QUERY, RouteParamtypes.PARAM];
    const whole = [RouteParamtypes.REQUEST, RouteParamtypes.RESPONSE];
    const unchecked = handlers().flatMap(({ name, parameters }) =>
      parameters
        .filter(({ type, schema }) =>
          checked.includes(type) ? !schema : !Number.isNaN(type) && !whole.includes(type),
        )
        .map(({ type }) => `${name} ${RouteParamtypes[type]}`),
    );
    expect(unchecked).toEqual([]);
  });
});

describe('a route for staff', () => {
  const staffRoutes = () =>
    handlers().filter(
      ({ caller }) => caller === 'organizer' || caller === 'administrator' || caller === 'leader',
    );

  it('is closed without a key, with a wrong one and with a revoked one', async () => {
    const revoked = await world.key('administrator');
    const { cookie: ended } = await world.person('administrator');
    await world.ask('POST', '/api/v1/me/sign-out', undefined, ended);
    await world.db.query(`update api_keys set revoked_at = now()`);
    const before = await world.rows();
    for (const [n, { method, path, name }] of staffRoutes().entries()) {
      for (const headers of [
        {},
        { authorization: 'Bearer db_wrong' },
        { authorization: `Bearer ${revoked}` },
        { cookie: `__Host-drumbeat=${revoked}` },
        { cookie: ended },
      ]) {
        const from = { remoteAddress: `203.0.113.${n}` };
        const answer = await world.send({ method: method, url: filled(path), headers, ...from });
        expect([name, answer.statusCode]).toEqual([name, 401]);
      }
    }
    expect(staffRoutes().length).toBeGreaterThan(10);
    expect(await world.rows()).toEqual(before);
  });

  /** Keys and sessions of every role; the leaders' are of the coalition. */
  async function callers(coalitionId: string) {
    const roles = ['leader', 'organizer', 'administrator'] as const;
    return Promise.all(
      roles.map(async (role, rank) => {
        const of = role === 'leader' ? coalitionId : undefined;
        const { cookie } = await world.person(role, of);
        const key = { authorization: `Bearer ${await world.key(role, of)}` };
        return { role, rank, key, account: { cookie, 'sec-fetch-site': 'same-origin' } };
      }),
    );
  }
  const ranks: readonly (Caller | undefined)[] = ['leader', 'organizer', 'administrator'];

  it('is closed to a lesser role, with a key and signed in', async () => {
    const { coalition } = await world.aCampaign();
    const all = await callers(coalition.id);
    const before = await world.rows();
    for (const { method, path, name, caller } of staffRoutes())
      for (const { role, rank, ...by } of all)
        for (const means of ['key', 'account'] as const) {
          if (rank >= ranks.indexOf(caller)) continue;
          const headers = { ...by[means], accept: 'application/json' };
          const answer = await world.send({ method: method, url: filled(path), headers });
          expect([name, answer.statusCode, answer.json()['detail']]).toEqual([
            name,
            403,
            `This needs the role ${caller}; your ${means} has the role ${role}.`,
          ]);
        }
    expect(await world.rows()).toEqual(before);
  });

  /** Whether a part of the request that is no address names a coalition. */
  const takesCoalition = ({ parameters }: Handler) =>
    parameters.some(
      ({ schema }) =>
        schema &&
        /"coalitionId":/.test(
          JSON.stringify(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' })),
        ),
    );
  /** How the routes are asked that a leader may call and that take a coalition in their body. */
  const bodies: Record<string, (coalitionId: string) => object> = {
    'POST /api/v1/invitations': (coalitionId) => ({
      ...{ email: `asked-${randomUUID()}@example.org`, role: 'leader', coalitionId },
    }),
  };

  it('that takes a coalition is a leader’s for their own and those below, and no other’s, whatever it does', async () => {
    const campaign = await world.aCampaign();
    const own = campaign.coalition;
    const below = await world.aCoalition({ parentId: own.id });
    const other = await world.aCoalition();
    const all = await callers(own.id);
    const leaders = staffRoutes().filter(({ caller }) => caller === 'leader');
    const byPath = leaders.filter(({ path }) => path.includes(':coalitionId'));
    const byBody = leaders.filter((route) => takesCoalition(route) && !byPath.includes(route));
    expect(byPath.filter(({ method }) => method !== 'GET').length).toBeGreaterThan(3);
    expect(byBody.map(({ method, path }) => `${method} ${path}`)).toEqual(Object.keys(bodies));
    const refused = async () =>
      (await world.all(`select from audit where action = 'coalition.refused'`)).length;
    for (const { method, path, name } of [...byPath, ...byBody])
      for (const coalition of [own, below, other])
        for (const { role, key, account } of all)
          for (const headers of [key, account]) {
            const url = filled(
              path.replace(':coalitionId', coalition.id).replace('/:id/', `/${campaign.id}/`),
            );
            const payload = bodies[`${method} ${path}`]?.(coalition.id);
            const before = await refused();
            const answer = await world.send({ method, url, headers, ...(payload && { payload }) });
            const foreign = role === 'leader' && coalition === other;
            const { status, code } = /json/.test(String(answer.headers['content-type'])) ? answer.json() : {};
            expect([method, name, role, coalition.slug, (await refused()) - before]).toEqual([
              ...[method, name, role, coalition.slug],
              foreign ? 1 : 0,
            ]);
            if (foreign) expect([name, status, code]).toEqual([name, 404, 'coalition_unknown']);
            else expect([name, [401, 403].includes(answer.statusCode)]).toEqual([name, false]);
          }
  });
});

describe('looking', () => {
  /** Somebody who agreed on both channels and has something waiting besides: every link of theirs has something to do. */
  async function everyAddress(): Promise<Record<string, string>> {
    const campaign: TestCampaign = await world.aCampaign();
    const form = { email: 'look@example.org', phone: '212 736 5000', smsConsent: 'on', name: 'Ana' };
    const { headers } = await world.post(campaign.page, form);
    await world.post(campaign.page, { ...form, zip: '85001' });
    const signup = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
      campaign.id,
    ]);
    const link = (purpose: 'opt_in' | 'guide' | 'done' | 'stop' | 'me') =>
      linkOf(world.keys, signup.id, purpose);
    await world.post(`${link('me')}/data`);
    const { key } = await world.one<{ key: string }>(
      `select key from reminders where signup_id = $1 and kind = 'data'`,
      [signup.id],
    );
    const leader = world.keys.token(world.keys.tokenKey, `${campaign.id}/${campaign.coalition.id}`, 'leader');
    const census = await world.aCampaign({ kit: 'occupation-entry', kind: undefined });
    const over = await world.aCampaign();
    await world.db.query(`update campaigns set status = 'ended' where id = $1`, [over.id]);
    await world.post(`${over.page}/next`, { email: 'late@example.org' });
    const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
      over.id,
    ]);
    const late = world.keys.token(world.keys.tokenKey, id, 'join');
    const list = await world.send({
      method: 'POST',
      url: `/api/v1/campaigns/${campaign.id}/imports?coalitionId=${campaign.coalition.id}`,
      payload: 'email\nlist@example.org\n',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${await world.key('organizer')}` },
    });
    const { logo } = (
      await world.send({
        method: 'PUT',
        url: `/api/v1/coalitions/${campaign.coalition.id}/logo?version=1`,
        payload: await sharp({ create: { width: 8, height: 8, channels: 3, background: '#225588' } })
          .png()
          .toBuffer(),
        headers: { 'content-type': 'image/png', authorization: `Bearer ${await world.key('organizer')}` },
      })
    ).json<{ logo: string }>();
    const commented = await world.aCampaign({ kind: undefined, title: undefined, kit: 'soc-docket' });
    const { url: file } = (
      await world.send({
        method: 'POST',
        url: `/api/v1/campaigns/${commented.id}/files?name=letter`,
        payload: 'A letter',
        headers: {
          'content-type': 'application/octet-stream',
          authorization: `Bearer ${await world.key('organizer')}`,
        },
      })
    ).json<{ url: string }>();
    const email = { address: 'new@example.org', lookup: 'new@example.org' };
    const invitation = await new Accounts(world.db.manager, world.keys).invite(
      { email, role: 'organizer', coalitionId: null, language: 'en' },
      'command:test',
    );
    const share = `/api/v1/campaigns/${campaign.id}/coalitions/${campaign.coalition.id}/share`;
    const shareRoute = '/api/v1/campaigns/:id/coalitions/:coalitionId/share';
    return {
      [shareRoute]: share,
      [`${shareRoute}/qr.svg`]: `${share}/qr.svg`,
      [`${shareRoute}/qr.png`]: `${share}/qr.png`,
      [`${shareRoute}/flyer.pdf`]: `${share}/flyer.pdf?language=es`,
      [`${shareRoute}/deadline.ics`]: `${share}/deadline.ics`,
      '/assets/logo/:name': logo,
      '/api/v1/coalitions': '/api/v1/coalitions',
      '/api/v1/coalitions/:coalitionId': `/api/v1/coalitions/${campaign.coalition.id}`,
      '/api/v1/coalitions/:coalitionId/merge': `/api/v1/coalitions/${campaign.coalition.id}/merge?into=${over.coalition.id}`,
      '/c/:campaign/:coalition': campaign.page,
      '/c/:campaign/:coalition/guide': `${commented.page}/guide`,
      '/c/:campaign/:coalition/comment': `${commented.page}/comment`,
      '/files/:campaign/:file': file,
      '/api/v1/campaigns/:id/files': `/api/v1/campaigns/${commented.id}/files`,
      '/c/:campaign/:coalition/entry': `${census.page}/entry`,
      '/welcome/:token': String(headers.location).split('?')[0]!,
      '/yes/:token': link('opt_in'),
      '/guide/:token': link('guide'),
      '/done/:token': link('done'),
      '/stop/:token': link('stop'),
      '/me/:token': link('me'),
      '/data/:token': `/data/${dataToken(world.keys, { tokenKey: world.keys.tokenKey, signupId: signup.id, key })}`,
      '/leader/:token': `/leader/${leader}`,
      '/leader/:token/figures': `/leader/${leader}/figures`,
      '/count/:campaign': `/count/${campaign.slug}`,
      '/campaigns': '/campaigns',
      '/campaigns/*': `/campaigns/${campaign.id}/texts`,
      '/api/v1/campaigns/:id/texts': `/api/v1/campaigns/${campaign.id}/texts`,
      '/api/v1/campaigns/:id/texts/unread': `/api/v1/campaigns/${campaign.id}/texts/unread`,
      '/api/v1/campaigns/:id/rehearsal': `/api/v1/campaigns/${campaign.id}/rehearsal?zip=97201`,
      '/api/v1/me/sessions': '/api/v1/me/sessions',
      '/api/v1/me/passkeys': '/api/v1/me/passkeys',
      '/api/v1/staff/second-factor': '/api/v1/staff/second-factor',
      '/api/v1/staff': '/api/v1/staff',
      '/api/v1/invitations': '/api/v1/invitations',
      '/api/v1/invitation/:token': `/api/v1/invitation/${invitation.token}`,
      '/console': '/console',
      '/console/*': '/console/campaigns/new',
      '/api/v1/me': '/api/v1/me',
      '/privacy': '/privacy',
      '/assets/accent/:colour': '/assets/accent/225588.css',
      '/metrics': '/metrics',
      '/queues': '/queues',
      '/queues/queue/*': '/queues/queue/deliver',
      '/queues/static/*': '/queues/static/images/logo.svg',
      '/queues/api/*': '/queues/api/queues?activeQueue=deliver',
      '/health/live': '/health/live',
      '/health/ready': '/health/ready',
      '/api/v1/campaigns': '/api/v1/campaigns',
      '/api/v1/clock': '/api/v1/clock',
      '/api/v1/campaigns/:id': `/api/v1/campaigns/${campaign.id}`,
      '/api/v1/campaigns/:id/checklist': `/api/v1/campaigns/${campaign.id}/checklist`,
      '/api/v1/campaigns/:id/docket': `/api/v1/campaigns/${campaign.id}/docket`,
      '/api/v1/campaigns/:id/rungs': `/api/v1/campaigns/${campaign.id}/rungs`,
      '/api/v1/campaigns/:id/reminders': `/api/v1/campaigns/${campaign.id}/reminders?state=skipped`,
      '/api/v1/campaigns/:id/activity': `/api/v1/campaigns/${campaign.id}/activity`,
      '/api/v1/campaigns/:id/tally': `/api/v1/campaigns/${campaign.id}/tally`,
      '/api/v1/campaigns/:id/progress': `/api/v1/campaigns/${campaign.id}/progress`,
      ...Object.fromEntries(
        [
          'series',
          'series.csv',
          'funnel',
          'funnel.csv',
          'deliverability',
          'deliverability.csv',
          'tally.csv',
          'kit.yaml',
          'sweep',
          'report.csv',
          'report.pdf',
          'road.csv',
          'side-by-side',
        ].map((what) => [`/api/v1/campaigns/:id/${what}`, `/api/v1/campaigns/${campaign.id}/${what}`]),
      ),
      ...Object.fromEntries(
        [
          ...['dashboard', 'dashboard.csv', 'series', 'series.csv', 'funnel', 'funnel.csv'],
          ...['people', 'texts', 'leader-link'],
        ].map((what) => [
          `/api/v1/campaigns/:id/coalitions/:coalitionId/${what}`,
          `/api/v1/campaigns/${campaign.id}/coalitions/${campaign.coalition.id}/${what}`,
        ]),
      ),
      '/join/:token': `/join/${late}`,
      '/next/:token': `/next/${late}`,
      '/api/v1/imports/:id': `/api/v1/imports/${list.json()['id'] as string}`,
      '/api/v1/signups/:id': `/api/v1/signups/${signup.id}`,
    };
  }

  /** Organizers' pages of old lead into the console. */
  const moved = (path: string) => path.startsWith('/campaigns');

  it('changes nothing, by GET or by HEAD, with every link that works', async () => {
    const addresses = await everyAddress();
    const key = await world.key('administrator');
    await world.db.query(`update tick set taken_at = now() + interval '1 hour'`); // so that all is ready
    // Who reads what people wrote is recorded; nothing else is.
    const seen = async () => ({ ...(await world.rows()), audit: '' });
    const before = await seen();
    for (const { path, method } of handlers()) {
      if (method !== 'GET') continue;
      const url = addresses[path];
      expect([path, url]).toEqual([path, expect.any(String)]);
      const authorization = `Bearer ${path === '/metrics' ? metricsToken : key}`;
      for (const look of ['GET', 'HEAD', 'GET'] as const) {
        const answer = await world.send({ method: look, url: url!, headers: { authorization } });
        expect([look, path, answer.statusCode]).toEqual([look, path, moved(path) ? 302 : 200]);
      }
      expect([path, await seen()]).toEqual([path, before]);
    }
  });

  it('shows pages that run nothing and load nothing from elsewhere, and are kept nowhere', async () => {
    const addresses = await everyAddress();
    const authorization = `Bearer ${await world.key('administrator')}`;
    for (const url of [...Object.values(addresses), '/nothing-here', '/done/unknown']) {
      const { headers, body } = await world.send({ method: 'GET', url, headers: { authorization } });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain(`default-src 'none'`);
      // The console's library writes style attributes.
      const strict = url.startsWith('/console') ? policy.replace(` 'unsafe-inline'`, '') : policy;
      expect(strict).not.toMatch(/unsafe|\*|script-src[^;]*(http|data)/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['set-cookie']).toBeUndefined();
      if (!String(headers['content-type']).startsWith('text/html')) continue;
      expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
      // Only what follows figures, or is the console, may ask anything.
      if (!/^\/(console|queues|leader)\b/.test(url))
        expect([url, policy]).toEqual([url, expect.stringContaining(`connect-src 'none'`)]);
      expect(body).not.toMatch(
        /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\/(assets|queues\/static|console\/assets)\/| id="__UI_CONFIG__" type="application\/json")|javascript:/,
      );
      expect(body).not.toMatch(/<(link|script|img|iframe)[^>]*(src|href)="(?!\/)/);
    }
  });
});
