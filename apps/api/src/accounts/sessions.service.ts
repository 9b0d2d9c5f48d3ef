import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { isAPIError } from 'better-auth/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { type Account, Accounts, Keyring, nobodysAddress, SecondFactors } from '#postgres';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { cookiesOf, deviceOf, type LinkMetadata, openAuth } from './auth.js';

type CookieName = keyof ReturnType<typeof cookiesOf>;

/** Where somebody is signed in. */
export type OpenSession = {
  id: string;
  /** Whether it was opened with a second factor, or with a passkey, which is both. */
  secondFactor: boolean;
  /** Whether it needs to be and is not. */
  due: boolean;
};

/** A use of a session is written down once in so long. */
const noted = 5 * 60_000;

/** Who is signed in, and how one gets in and out. */
@Injectable()
export class Sessions implements OnApplicationShutdown {
  readonly auth;
  private readonly pool: pg.Pool;
  private readonly cookies;

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    @Inject(API_SETTINGS) { DATABASE_URL, PUBLIC_URL }: ApiSettings,
  ) {
    this.pool = new pg.Pool({
      connectionString: DATABASE_URL,
      max: 4,
      connectionTimeoutMillis: 10_000,
      options: '-c search_path=auth',
    });
    const log = new Logger(Sessions.name);
    this.pool.on('error', () =>
      log.warn('A connection to the sessions was cut; the next request opens another'),
    );
    this.auth = openAuth(this.pool, keys, PUBLIC_URL);
    this.cookies = cookiesOf(PUBLIC_URL);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /** Who sent the request, by the cookie of their session; null when nobody is signed in. */
  async of(request: FastifyRequest): Promise<{ account: Account; session: OpenSession } | null> {
    if (!this.claims(request)) return null;
    const found = await this.auth.api.getSession({ headers: this.headersOf(request, 'session_token') });
    if (!found) return null;
    const accounts = new Accounts(this.db.manager, this.keys);
    const { id, usedAt, secondFactor } = found.session;
    if (Date.now() - usedAt.getTime() > noted && !(await accounts.use(id))) return null;
    const account = await accounts.byId(found.user.id);
    if (!account) return null;
    return { account, session: { id, secondFactor, due: await this.isDue(account, secondFactor) } };
  }

  /** Whether somebody who signed in so has to show a second factor before anything else. */
  async isDue({ role }: Account, secondFactor: boolean): Promise<boolean> {
    return (
      !secondFactor && role !== 'leader' && (await new SecondFactors(this.db.manager, this.keys).required())
    );
  }

  /** Whether the request comes with a session's cookie, be it good or not. */
  claims(request: FastifyRequest): boolean {
    return Boolean(this.cookie(request, 'session_token'));
  }

  /** A one-time token for this person, which ends after a quarter of an hour. */
  async link({ id }: Pick<Account, 'id'>): Promise<string> {
    let given = '';
    const metadata: LinkMetadata = { give: (token) => void (given = token) };
    await this.auth.api.signInMagicLink({
      body: { email: nobodysAddress(id), metadata },
      headers: new Headers(),
    });
    return given;
  }

  /**
   * Signs in whoever holds the token, and sets their cookie.
   * @returns null when it is unknown, used, or too old; `code` when they are to give one besides
   */
  async open(token: string, request: FastifyRequest, reply: FastifyReply): Promise<Account | 'code' | null> {
    const opened = await this.auth.api
      .magicLinkVerify({ query: { token }, headers: this.headersOf(request), returnHeaders: true })
      .catch((error: unknown) => {
        // It answers a token that is none with a redirect.
        if (isAPIError(error) && error.status === 'FOUND') return null;
        throw error;
      });
    if (!opened) return null;
    this.passOn(opened.headers, reply);
    if ('twoFactorRedirect' in opened.response) return 'code';
    return new Accounts(this.db.manager, this.keys).byId(opened.response.user.id);
  }

  /** Ends the session that the request came with. */
  async close(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers } = await this.auth.api.signOut({
      headers: this.headersOf(request, 'session_token'),
      returnHeaders: true,
    });
    this.passOn(headers, reply);
  }

  /** What better-auth is told of a request: these cookies alone, and of the browser only its kind. */
  headersOf(request: FastifyRequest, ...names: CookieName[]): Headers {
    const cookies = names.flatMap((name) => {
      const value = this.cookie(request, name);
      return value ? [`${this.cookies[name].name}=${encodeURIComponent(value)}`] : [];
    });
    return new Headers({
      cookie: cookies.join('; '),
      'user-agent': deviceOf(request.headers['user-agent']),
    });
  }

  cookie({ cookies }: FastifyRequest, name: CookieName): string | undefined {
    return cookies[this.cookies[name].name];
  }

  /** Sets the cookies that better-auth sets; it also clears some that we never have. */
  passOn(headers: Headers, reply: FastifyReply): void {
    const ours = Object.values(this.cookies).map(({ name }) => `${name}=`);
    void reply.header(
      'set-cookie',
      headers.getSetCookie().filter((cookie) => ours.some((name) => cookie.startsWith(name))),
    );
  }
}
