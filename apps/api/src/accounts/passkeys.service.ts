import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { networkOf } from '#domain';
import { type Account, Accounts, Audit, Keyring, Limits, personActor, SecondFactors } from '#postgres';
import { refuseIfFull } from '../access/guesses.js';
import { unknown } from '../problems/problem.js';
import { FactorMail } from './factor-mail.js';
import { inOurWords } from './refusals.js';
import type { PasskeyAnswer, PasskeyForm } from './second-factor.schema.js';
import { Sessions } from './sessions.service.js';

/** Passkeys (WebAuthn), each of which is both factors: something one has that knows who holds it. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly sessions: Sessions,
    private readonly mail: FactorMail,
  ) {}

  /** What the browser makes a passkey of. */
  async ask(id: string, request: FastifyRequest, reply: FastifyReply) {
    const { headers, response } = await this.sessions.auth.api
      .generatePasskeyRegistrationOptions({
        query: {},
        headers: this.sessions.headersOf(request, 'session_token'),
        returnHeaders: true,
      })
      .catch(inOurWords);
    this.sessions.passOn(headers, reply);
    // better-auth has no name for anybody; the browser shows this one when it asks which passkey.
    const { email, name } = (await new Accounts(this.db.manager, this.keys).byId(id))!;
    return { ...response, user: { ...response.user, name: email, displayName: name } };
  }

  /** Its session goes on as one that a passkey opened; who was signed in without a second factor is signed out. */
  async add(
    id: string,
    sessionId: string,
    { name, answer }: PasskeyForm,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { headers } = await this.sessions.auth.api
      .verifyPasskeyRegistration({
        body: { response: answer, name: this.keys.seal('name', name), createSession: true },
        headers: this.sessions.headersOf(request, 'session_token', 'passkey'),
        returnHeaders: true,
      })
      .catch(inOurWords);
    this.sessions.passOn(headers, reply);
    await this.db.transaction(async (db) => {
      await new SecondFactors(db, this.keys).endSessionsWithout(id, sessionId);
      await new Audit(db).write(personActor(id), 'account.passkey_added', null);
      await this.mail.changed(db, id, (words) => words.passkeyAdded(name));
    });
  }

  async rename(id: string, passkeyId: string, name: string): Promise<void> {
    const named = await new SecondFactors(this.db.manager, this.keys).namePasskey(id, passkeyId, name);
    if (!named) throw unknown('passkey');
  }

  async remove(id: string, passkeyId: string): Promise<void> {
    await this.db.transaction(async (db) => {
      const factors = new SecondFactors(db, this.keys);
      const name = await factors.removePasskey(id, passkeyId);
      if (name === null) throw unknown('passkey');
      await factors.forget(id);
      await new Audit(db).write(personActor(id), 'account.passkey_removed', null, { passkeyId });
      await this.mail.changed(db, id, (words) => words.passkeyRemoved(name));
    });
  }

  /** What the browser answers with any passkey that it has for this address. */
  async askToSignIn(request: FastifyRequest, reply: FastifyReply) {
    const taken = await new Limits(this.db.manager, this.keys).take([
      { name: 'passkeys from', of: networkOf(request.ip), most: 60, seconds: 600 },
    ]);
    refuseIfFull(reply, taken);
    const { headers, response } = await this.sessions.auth.api.generatePasskeyAuthenticationOptions({
      headers: this.sessions.headersOf(request),
      returnHeaders: true,
    });
    this.sessions.passOn(headers, reply);
    return { ...response, userVerification: 'required' };
  }

  async signIn(
    answer: PasskeyAnswer['answer'],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Account> {
    const { headers, response } = await this.sessions.auth.api
      .verifyPasskeyAuthentication({
        body: { response: answer },
        headers: this.sessions.headersOf(request, 'passkey'),
        returnHeaders: true,
      })
      .catch(inOurWords);
    this.sessions.passOn(headers, reply);
    const { id } = response.user;
    await new Audit(this.db.manager).write(personActor(id), 'account.signed_in', null, { by: 'passkey' });
    return (await new Accounts(this.db.manager, this.keys).byId(id))!;
  }
}
