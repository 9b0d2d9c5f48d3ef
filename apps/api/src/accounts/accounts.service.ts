import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { type Email, networkOf, parseEmail } from '#domain';
import { pageWords } from '#messages';
import {
  type Account,
  Accounts,
  Audit,
  Coalitions,
  type Invitation,
  Keyring,
  Limits,
  Notices,
  personActor,
  SecondFactors,
  type StaffKey,
} from '#postgres';
import { actorOf } from '../access/access.js';
import { refuseForeignCoalition } from '../access/foreign-coalition.js';
import { refuseIfFull } from '../access/guesses.js';
import { bad, Problem, unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import type { AcceptForm, InvitationAnswer, InviteForm, RoleForm } from './accounts.schema.js';
import { FactorMail } from './factor-mail.js';
import { type OpenSession, Sessions } from './sessions.service.js';

const hour = 3_600;

/** People who are staff: how they are invited, come in, and are removed. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly sessions: Sessions,
    private readonly mail: FactorMail,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  /** Mails a link to who has an account, and tells nobody whether they do. */
  async sendLink(typed: string, { ip }: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { lookup } = parseEmail(typed) as Email;
    const taken = await new Limits(this.db.manager, this.keys).take([
      { name: 'sign-in links', of: lookup, most: 5, seconds: hour },
      { name: 'sign-in links from', of: networkOf(ip), most: 20, seconds: hour },
    ]);
    refuseIfFull(reply, taken);
    const account = await new Accounts(this.db.manager, this.keys).byEmail(lookup);
    if (!account) return;
    const words = pageWords(account.language).accounts.signIn;
    const link = `${this.settings.PUBLIC_URL}/console/sign-in/${await this.sessions.link(account)}`;
    await new Notices(this.db.manager, this.keys).add([
      {
        kind: 'sign_in',
        campaignId: null,
        channel: 'email',
        to: account.email,
        subject: words.subject,
        text: words.text(link),
      },
    ]);
  }

  /**
   * @returns `code` when one has to follow
   * @throws Problem 404 when the link is unknown, was used, or is too old
   */
  async signIn(token: string, request: FastifyRequest, reply: FastifyReply): Promise<Account | 'code'> {
    const opened = await this.sessions.open(token, request, reply);
    if (!opened) throw linkEnded();
    if (opened !== 'code')
      await new Audit(this.db.manager).write(personActor(opened.id), 'account.signed_in', null);
    return opened;
  }

  /** @param shown whether they came in with a second factor */
  async me(id: string, shown: boolean) {
    const { manager } = this.db;
    const account = (await new Accounts(manager, this.keys).byId(id))!;
    const { joinedAt: _, ...me } = account;
    const factors = await new SecondFactors(manager, this.keys).of(id);
    return { ...me, secondFactor: { ...factors, shown, due: await this.sessions.isDue(account, shown) } };
  }

  async invite(form: InviteForm, staff: StaffKey): Promise<InvitationAnswer> {
    const email = parseEmail(form.email) as Email;
    const { role, language } = form;
    const coalitionId = form.coalitionId ?? null;
    await this.refuseBeyond(staff, { role, coalitionId }, 'coalition');
    return this.db.transaction(async (db) => {
      const coalition = coalitionId && (await new Coalitions(db).byId(coalitionId));
      if (coalitionId && !coalition) throw unknown('coalition');
      const accounts = new Accounts(db, this.keys);
      if (await accounts.byEmail(email.lookup)) throw accountThere();
      const { id, token } = await accounts.invite({ email, role, coalitionId, language }, actorOf(staff));
      const words = pageWords(language).accounts.invitation;
      await new Notices(db, this.keys).add([
        {
          kind: 'invitation',
          campaignId: null,
          channel: 'email',
          to: email.address,
          subject: words.subject(staff.name),
          text: words.text(
            staff.name,
            role,
            coalition ? coalition.name : null,
            `${this.settings.PUBLIC_URL}/console/invitation/${token}`,
          ),
        },
      ]);
      await new Audit(db).write(actorOf(staff), 'account.invited', null, {
        invitationId: id,
        role,
        coalitionId,
      });
      return this.answerOf(db, (await accounts.invitationById(id))!);
    });
  }

  async invitations(staff: StaffKey): Promise<InvitationAnswer[]> {
    const { manager } = this.db;
    const open = await new Accounts(manager, this.keys).invitations(staff.coalitionId);
    return Promise.all(open.map((invitation) => this.answerOf(manager, invitation)));
  }

  async takeBack(id: string, staff: StaffKey): Promise<void> {
    await this.db.transaction(async (db) => {
      const accounts = new Accounts(db, this.keys);
      const invitation = await accounts.invitationById(id);
      if (!invitation) throw unknown('invitation');
      await this.refuseBeyond(staff, invitation, 'invitation');
      await accounts.takeBack(id);
      await new Audit(db).write(actorOf(staff), 'account.invitation_taken_back', null, { invitationId: id });
    });
  }

  async openInvitation(token: string) {
    const { manager } = this.db;
    const invitation = await new Accounts(manager, this.keys).invitationBy(token);
    if (!invitation) throw linkEnded();
    const { email, role, coalitionId, language, invitedBy, endsAt } = await this.answerOf(
      manager,
      invitation,
    );
    const coalition = coalitionId ? (await new Coalitions(manager).byId(coalitionId))!.name : null;
    return { email, role, coalition, language, invitedBy, endsAt };
  }

  /** Makes the account, and signs it in. */
  async accept(
    token: string,
    { name, language }: AcceptForm,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Account> {
    const account = await this.db.transaction(async (db) => {
      const joined = await new Accounts(db, this.keys).accept(token, name, language);
      if (!joined) throw linkEnded();
      if (joined === 'there') return joined;
      await new Audit(db).write(personActor(joined.id), 'account.joined', null, { role: joined.role });
      return joined;
    });
    if (account === 'there') throw accountThere();
    await this.sessions.open(await this.sessions.link(account), request, reply);
    return account;
  }

  async list(staff: StaffKey): Promise<(Account & { secondFactor: boolean })[]> {
    const { manager } = this.db;
    const owners = await new SecondFactors(manager, this.keys).owners();
    const accounts = await new Accounts(manager, this.keys).list(staff.coalitionId);
    return accounts.map((account) => ({ ...account, secondFactor: owners.has(account.id) }));
  }

  /** Counts at once, wherever they are signed in. */
  async changeRole(id: string, { role, coalitionId = null }: RoleForm, staff: StaffKey): Promise<void> {
    await this.db.transaction(async (db) => {
      const accounts = new Accounts(db, this.keys);
      const administrators = await accounts.countAdministrators();
      const account = await accounts.byId(id);
      if (!account) throw unknown('person');
      if (id === staff.id)
        throw new Problem(
          409,
          'yourself',
          'Nobody changes their own role. Ask another administrator to do it.',
        );
      if (coalitionId && !(await new Coalitions(db).byId(coalitionId))) throw unknown('coalition');
      if (role !== 'administrator') refuseLast(account, administrators);
      await accounts.setRole(id, role, coalitionId);
      await new Audit(db).write(actorOf(staff), 'account.role_changed', null, {
        accountId: id,
        from: account.role,
        to: role,
        coalitionId,
      });
    });
  }

  /** Whether organizers and administrators need a second factor. @param session of whoever asks it of others */
  async requireSecondFactor(required: boolean, staff: StaffKey, session: OpenSession | null): Promise<void> {
    if (required && session && !session.secondFactor)
      throw new Problem(
        409,
        'own_second_factor',
        'Set up a second factor of your own and sign in with it, then ask others for one.',
      );
    await this.db.transaction(async (db) => {
      const changed = await new SecondFactors(db, this.keys).require(required);
      if (changed)
        await new Audit(db).write(actorOf(staff), 'account.second_factor_rule', null, { required });
    });
  }

  /** For whoever lost theirs: they sign in by the link alone again, and may be asked for a new one. */
  async resetSecondFactor(id: string, staff: StaffKey): Promise<void> {
    await this.db.transaction(async (db) => {
      const accounts = new Accounts(db, this.keys);
      if (!(await accounts.byId(id))) throw unknown('person');
      if (id === staff.id)
        throw new Problem(409, 'yourself', 'Nobody resets their own. Ask another administrator to do it.');
      if (!(await new SecondFactors(db, this.keys).reset(id))) return;
      await accounts.endSessions(id);
      await new Audit(db).write(actorOf(staff), 'account.second_factor_reset', null, { accountId: id });
      await this.mail.reset(db, id, staff.name);
    });
  }

  async remove(id: string, staff: StaffKey): Promise<void> {
    await this.db.transaction(async (db) => {
      const accounts = new Accounts(db, this.keys);
      const administrators = await accounts.countAdministrators();
      const account = await accounts.byId(id);
      if (!account) throw unknown('person');
      await this.refuseBeyond(staff, account, 'person');
      if (id === staff.id)
        throw new Problem(409, 'yourself', 'Nobody removes themself. Ask another administrator to do it.');
      refuseLast(account, administrators);
      await accounts.remove(id);
      await new Audit(db).write(actorOf(staff), 'account.removed', null, { accountId: id });
    });
  }

  /**
   * Administrators see to everybody, organizers to organizers and leaders, leaders to those of their own coalition and
   * below. Of what is outside their tree leaders are told nothing.
   */
  private async refuseBeyond(
    staff: StaffKey,
    { role, coalitionId }: Pick<StaffKey, 'role' | 'coalitionId'>,
    thing: string,
  ): Promise<void> {
    if (staff.role === 'administrator') return;
    if (coalitionId) await refuseForeignCoalition(this.db, staff, coalitionId, thing);
    if (role === 'administrator' || (staff.role === 'leader' && role !== 'leader'))
      throw new Problem(
        403,
        'role',
        `Only ${role === 'administrator' ? 'administrators' : 'organizers and administrators'} see to this role.`,
      );
  }

  private async answerOf(db: EntityManager, invitation: Invitation): Promise<InvitationAnswer> {
    const [line] = await new Accounts(db, this.keys).named([{ actor: invitation.invitedBy }]);
    return {
      ...invitation,
      invitedBy: line!.who,
      createdAt: invitation.createdAt.toISOString(),
      endsAt: invitation.endsAt.toISOString(),
    };
  }
}

/** Without an administrator nobody could invite one. */
function refuseLast({ role }: Account, administrators: number): void {
  if (role === 'administrator' && administrators === 1)
    throw new Problem(
      409,
      'last_administrator',
      'This is the last administrator. Make somebody else an administrator first.',
    );
}

const accountThere = () =>
  new Problem(409, 'account_there', 'This address has an account already. Sign in with it.', [
    bad('email', 'account_there'),
  ]);

const linkEnded = () =>
  new Problem(
    404,
    'link_ended',
    'This link is not known, was used already, or has ended. Ask for a new one.',
  );
