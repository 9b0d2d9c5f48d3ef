import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Miss, type MissReason, type Outcome, outcomesOf, parseTrackingNumber } from '#domain';
import {
  type Campaign,
  Confirmations,
  type ConfirmationSource,
  Consents,
  Keyring,
  type Proof,
  Reminders,
  Signups,
  type SignupView,
} from '#postgres';
import { PersonalPlans } from '#schedule';
import { Problem } from '../problems/problem.js';

/** "I did it", however it is said: one confirmation, and nothing that is pending goes out any more. */
@Injectable()
export class ConfirmService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly plans: PersonalPlans,
  ) {}

  /** @returns false when it was recorded already */
  async record(
    campaign: Campaign,
    signupId: string,
    outcome: Outcome,
    source: ConfirmationSource,
    by: string | null = null,
  ): Promise<boolean> {
    return this.db.transaction((db) => this.recordIn(db, campaign, signupId, outcome, source, by));
  }

  async recordIn(
    db: EntityManager,
    campaign: Campaign,
    signupId: string,
    outcome: Outcome,
    source: ConfirmationSource,
    by: string | null = null,
  ): Promise<boolean> {
    this.check(campaign, outcome);
    const signups = new Signups(db, this.keys);
    const held = await signups.hold(signupId);
    await signups.giveCode(held);
    const news = await new Confirmations(db, this.keys).record(signupId, outcome, source, by);
    if (news) await this.cancelPending(db, held);
    return news;
  }

  /** "It did not happen", said after the deadline: no follow-up asks again. Who is done already stays done. */
  async miss(signupId: string, missed: Miss, because: MissReason | null): Promise<void> {
    await this.db.transaction(async (db) => {
      await new Signups(db, this.keys).hold(signupId);
      await new Confirmations(db, this.keys).miss(signupId, missed, because);
    });
  }

  /** @throws Problem when the campaign takes no such outcome, or none yet */
  check(campaign: Campaign, outcome: Outcome): void {
    if (!outcomesOf(campaign.kind).includes(outcome)) {
      throw new Problem(422, 'outcome', `"${outcome}" is not an outcome of this campaign.`, [
        { path: 'outcome', message: `must be one of ${outcomesOf(campaign.kind).join(', ')}` },
      ]);
    }
    if (campaign.status === 'draft') {
      throw new Problem(409, 'campaign_draft', 'This campaign takes no confirmations before its launch.');
    }
  }

  /** What was skipped for being done and is still ahead goes on. @returns false when there was nothing to take back */
  async takeBack(signupId: string): Promise<boolean> {
    return this.db.transaction((db) => this.takeBackIn(db, signupId));
  }

  async takeBackIn(db: EntityManager, signupId: string): Promise<boolean> {
    const held = await new Signups(db, this.keys).hold(signupId);
    if (!(await new Confirmations(db, this.keys).takeBack(signupId))) return false;
    await new Reminders(db).replan(held, [], await new Confirmations(db, this.keys).cutShort(held));
    await this.plans.replanPerson(db, held.supporterId);
    return true;
  }

  /** @returns false when somebody else gave it @throws Problem when the text is no tracking number */
  async addTrackingNumber(signupId: string, text: string): Promise<boolean> {
    const number = parseTrackingNumber(text);
    if (!number) {
      throw new Problem(422, 'tracking_number', 'That is no tracking number. It looks like l2z-02tq-bsbu.', [
        { path: 'trackingNumber', message: 'must look like l2z-02tq-bsbu' },
      ]);
    }
    return this.db.transaction(async (db) => {
      await new Signups(db, this.keys).hold(signupId);
      return new Confirmations(db, this.keys).addTrackingNumber(signupId, number);
    });
  }

  /** "Tell me the result": a consent of its own. */
  async askForUpdates(signup: SignupView, yes: boolean, proof: Proof): Promise<void> {
    await this.db.transaction((db) => new Consents(db, this.keys).askForUpdates(signup, yes, proof));
  }

  /** For who was done before there were codes; {@link record} gives one by itself. */
  async giveCode(signup: SignupView): Promise<void> {
    await new Signups(this.db.manager, this.keys).giveCode(signup);
  }

  private async cancelPending(db: EntityManager, signup: SignupView): Promise<void> {
    for (const channel of ['email', 'sms'] as const) {
      await new Reminders(db).cancel([signup], channel, 'already_confirmed');
    }
  }
}
