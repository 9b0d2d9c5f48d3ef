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
  type StaffKey,
} from '#postgres';
import { actorOf } from '../access/access.js';
import { refuseIfFull } from '../access/guesses.js';
import { Problem, unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import type { AcceptForm, InvitationAnswer, InviteForm } from './accounts.schema.js';
import { Sessions } from './sessions.service.js';

const hour = 3_600;

/** People who are staff: how they are invited, come in, and are removed. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly sessions: Sessions,
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

  /** @throws Problem 404 when the link is unknown, was used, or is too old */
  async signIn(token: string, request: FastifyRequest, reply: FastifyReply): Promise<Account> {
    const account = await this.sessions.open(token, request, reply);
    if (!account) throw linkEnded();
    await new Audit(this.db.manager).write(personActor(account.id), 'account.signed_in', null);
    return account;
  }

  async invite(form: InviteForm, staff: StaffKey): Promise<InvitationAnswer> {
    const email = parseEmail(form.email) as Email;
    const { role, language } = form;
    const coalitionId = form.coalitionId ?? null;
    return this.db.transaction(async (db) => {
      await this.refuseBeyond(db, staff, { role, coalitionId }, 'coalition');
      const coalition = coalitionId && (await new Coalitions(db).byId(coalitionId));
      if (coalitionId && !coalition) throw unknown('coalition');
      const accounts = new Accounts(db, this.keys);
      if (await accounts.byEmail(email.lookup))
        throw new Problem(409, 'account_there', 'This address has an account already.', [
          { path: 'email', message: 'has an account already' },
        ]);
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
      await this.refuseBeyond(db, staff, invitation, 'invitation');
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
      await new Audit(db).write(personActor(joined.id), 'account.joined', null, { role: joined.role });
      return joined;
    });
    await this.sessions.open(await this.sessions.link(account), request, reply);
    return account;
  }

  async list(staff: StaffKey): Promise<Account[]> {
    return new Accounts(this.db.manager, this.keys).list(staff.coalitionId);
  }

  async remove(id: string, staff: StaffKey): Promise<void> {
    await this.db.transaction(async (db) => {
      const accounts = new Accounts(db, this.keys);
      const account = await accounts.byId(id);
      if (!account) throw unknown('person');
      await this.refuseBeyond(db, staff, account, 'person');
      if (id === staff.id)
        throw new Problem(409, 'yourself', 'Nobody removes themself. Ask another administrator to do it.');
      await accounts.remove(id);
      await new Audit(db).write(actorOf(staff), 'account.removed', null, { accountId: id });
    });
  }

  /**
   * Administrators see to everybody, organizers to organizers and leaders, leaders to those of their own coalition and
   * below. Of what is outside their tree leaders are told nothing.
   */
  private async refuseBeyond(
    db: EntityManager,
    staff: StaffKey,
    { role, coalitionId }: Pick<StaffKey, 'role' | 'coalitionId'>,
    thing: string,
  ): Promise<void> {
    if (staff.role === 'administrator') return;
    const outside =
      staff.role === 'leader' &&
      coalitionId !== null &&
      !(await new Coalitions(db).isBelow(coalitionId, staff.coalitionId!));
    if (outside) throw unknown(thing);
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

export const linkEnded = () =>
  new Problem(
    404,
    'link_ended',
    'This link is not known, was used already, or has ended. Ask for a new one.',
  );
