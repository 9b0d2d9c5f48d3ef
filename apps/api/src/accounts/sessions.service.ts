import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { isAPIError } from 'better-auth/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { type Account, Accounts, Keyring, nobodysAddress } from '#postgres';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { deviceOf, type LinkMetadata, openAuth, sessionCookie } from './auth.js';

/** Who is signed in, and how one gets in and out. */
@Injectable()
export class Sessions implements OnApplicationShutdown {
  private readonly pool: pg.Pool;
  private readonly auth;
  private readonly cookie: string;

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
    this.cookie = sessionCookie(PUBLIC_URL);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /** Who sent the request, by the cookie of their session; null when nobody is signed in. */
  async of(request: FastifyRequest): Promise<{ account: Account; sessionId: string } | null> {
    if (!request.cookies[this.cookie]) return null;
    const found = await this.auth.api.getSession({ headers: headersOf(request) });
    const account = found && (await new Accounts(this.db.manager, this.keys).byId(found.user.id));
    return account && { account, sessionId: found.session.id };
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

  /** Signs in whoever holds the token, and sets their cookie. @returns null when it is unknown, used, or too old */
  async open(token: string, request: FastifyRequest, reply: FastifyReply): Promise<Account | null> {
    const opened = await this.auth.api
      .magicLinkVerify({
        query: { token },
        headers: new Headers({ 'user-agent': deviceOf(request.headers['user-agent']) }),
        returnHeaders: true,
      })
      .catch((error: unknown) => {
        // It answers a token that is none with a redirect.
        if (isAPIError(error) && error.status === 'FOUND') return null;
        throw error;
      });
    if (!opened) return null;
    void reply.header('set-cookie', opened.headers.getSetCookie());
    return new Accounts(this.db.manager, this.keys).byId(opened.response.user.id);
  }

  /** Ends the session that the request came with. */
  async close(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers } = await this.auth.api.signOut({ headers: headersOf(request), returnHeaders: true });
    void reply.header('set-cookie', headers.getSetCookie());
  }
}

const headersOf = ({ headers }: FastifyRequest) => new Headers({ cookie: headers.cookie ?? '' });
