import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Channel, channels as allChannels, smsWindowOf } from '#domain';
import {
  Campaigns,
  Confirmations,
  Consents,
  Keyring,
  NextSteps,
  liftable,
  type Proof,
  Reminders,
  Signups,
  type SignupView,
} from '#postgres';
import { Wake } from '#queues';
import { PersonalPlans } from '#schedule';
import { type SignupProof, SignupService } from '../signup/signup.service.js';

/** `start`: stopped by text, so only START lifts it. `blocked`: a complaint or a dead address. */
export type ChannelState = 'on' | 'off' | 'start' | 'blocked';

/** A person's yes and no (RULES §6). Each holds the signup, so that a claim's final check sees it or waits for it. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly signups: SignupService,
    private readonly plans: PersonalPlans,
    private readonly wake: Wake,
  ) {}

  /** The button in the welcome mail: the address is its owner's, and what was typed for it takes effect. */
  async agreeByEmail(signupId: string, proof: Proof & SignupProof): Promise<void> {
    const signup = await this.db.transaction(async (db) => {
      const held = await new Signups(db, this.keys).hold(signupId);
      const signup = await this.takeTyped(db, held, proof);
      await this.openEmail(db, signup, proof);
      return signup;
    });
    this.wake.deliver({ campaignId: signup.campaignId, channel: 'email' });
    this.wake.deliver({ campaignId: signup.campaignId, channel: 'sms' });
  }

  /** YES by text. The phone's own word, so it stands whatever was typed. @returns whether it was news */
  async agreeByText(db: EntityManager, signup: SignupView, proof: Proof): Promise<boolean> {
    const signups = new Signups(db, this.keys);
    const held = await signups.hold(signup.id);
    if (!held.email && (await signups.takeTypedPlace(held)))
      await this.plans.replanPerson(db, held.supporterId);
    await new Consents(db, this.keys).lift(held.phoneKey!, 'sms', ['deleted']);
    return this.grant(db, held, 'sms', proof);
  }

  /** The owner takes what somebody typed for them, whether or not they had agreed before. */
  async useTyped(signup: SignupView, proof: SignupProof): Promise<void> {
    await this.db.transaction(async (db) => {
      await this.takeTyped(db, await new Signups(db, this.keys).hold(signup.id), proof);
    });
    this.wake.deliver({ campaignId: signup.campaignId, channel: 'sms' });
  }

  /** The owner throws it away. */
  async dropTyped(signup: SignupView): Promise<void> {
    await this.db.transaction(async (db) => {
      const signups = new Signups(db, this.keys);
      await signups.hold(signup.id);
      await signups.dropTyped(signup.id);
    });
  }

  /** Ends all campaign mail to the address, every text to the phone, or both. */
  async stopEverything(signup: SignupView, channels: readonly Channel[], proof: Proof): Promise<void> {
    await this.db.transaction(async (db) => {
      const theirs = await new Signups(db, this.keys).ofSupporter(signup.supporterId);
      for (const { id } of theirs) await new Signups(db, this.keys).hold(id);
      if (channels.includes('email') && signup.emailKey) {
        await new NextSteps(db, this.keys).withdraw(theirs, proof);
        await new Consents(db, this.keys).stop(signup.emailKey, 'email', 'unsubscribed', theirs, proof);
        await new Reminders(db).cancel(theirs, 'email', 'suppressed');
      }
      if (channels.includes('sms') && signup.phoneKey) await this.stopTexts(db, signup.phoneKey, proof);
    });
  }

  /** Ends channels in one campaign: both, unless told which. */
  async stopCampaign(
    signup: SignupView,
    proof: Proof,
    channels: readonly Channel[] = allChannels,
  ): Promise<void> {
    await this.db.transaction(async (db) => {
      const held = await new Signups(db, this.keys).hold(signup.id);
      for (const channel of channels) {
        await new Consents(db, this.keys).withdraw(held, channel, proof);
        await new Reminders(db).cancel([held], channel, 'no_consent');
      }
    });
  }

  /**
   * The owner's button lifts an unsubscribe and agrees again; a complaint or a bounce stays (RULES §6). What somebody
   * typed goes on waiting: this button does not name it.
   */
  async comeBack(signup: SignupView, proof: Proof): Promise<void> {
    if (!signup.emailKey) return;
    await this.db.transaction(async (db) => {
      await this.openEmail(db, await new Signups(db, this.keys).hold(signup.id), proof);
    });
    this.wake.deliver({ campaignId: signup.campaignId, channel: 'email' });
  }

  /** Texts begin with the phone's own YES, also when they are turned on again. */
  async askAgainByText(signup: SignupView): Promise<void> {
    await this.db.transaction(async (db) => {
      const campaign = (await new Campaigns(db).byId(signup.campaignId))!;
      await this.signups.askByText(db, campaign, signup, { again: true });
    });
    this.wake.deliver({ campaignId: signup.campaignId, channel: 'sms' });
  }

  async setPlace(signup: SignupView, language: string, zone: string): Promise<void> {
    await this.db.transaction(async (db) => {
      await new Signups(db, this.keys).hold(signup.id);
      const smsWindow = smsWindowOf({ place: { zone, state: null, source: 'chosen' }, phone: signup.phone });
      await new Signups(db, this.keys).setPlace(signup, language, zone, smsWindow);
      await this.plans.replanPerson(db, signup.supporterId);
    });
  }

  /** Where each channel stands: on, off, stopped by text, or blocked by a bounce or complaint. */
  async statesOf(signup: SignupView): Promise<Record<Channel, ChannelState>> {
    const consents = new Consents(this.db.manager, this.keys);
    const state = async (channel: Channel): Promise<ChannelState> => {
      const key = channel === 'email' ? signup.emailKey : signup.phoneKey;
      const reasons = key ? await consents.reasonsAgainst(key, channel) : [];
      if (reasons.some((reason) => !liftable.includes(reason))) return 'blocked';
      if (reasons.includes('stop') || reasons.includes('opted_out')) return 'start';
      return (channel === 'email' ? signup.emailSince : signup.smsSince) && reasons.length === 0
        ? 'on'
        : 'off';
    };
    return { email: await state('email'), sms: await state('sms') };
  }

  /** STOP: every text to the phone ends, whoever uses it; only START lifts it. */
  async stopTexts(db: EntityManager, phoneKey: string, proof: Proof): Promise<void> {
    const theirs = await new Signups(db, this.keys).ofPhone([phoneKey]);
    for (const { id } of theirs) await new Signups(db, this.keys).hold(id);
    await new Consents(db, this.keys).stop(phoneKey, 'sms', 'stop', theirs, proof);
    await new Reminders(db).cancel(theirs, 'sms', 'suppressed');
  }

  /**
   * START: the phone's STOP is lifted, and those whose texts that STOP ended get them back. For whoever had said no before
   * it, or had never said yes, it is no yes.
   * @returns whether somebody gets texts again
   */
  async startTexts(db: EntityManager, phoneKey: string, proof: Proof): Promise<boolean> {
    const ended = await db.query<{ id: string }[]>(
      `select s.id from signups s join supporters p on p.id = s.supporter_id
       join suppressions x on x.contact_key = p.phone_key and x.channel = 'sms' and x.reason = 'stop' and x.lifted_at is null
       join lateral (
         select action, at, contact_key from consents
         where supporter_id = s.supporter_id and campaign_id = s.campaign_id and scope = 'sms' order by id desc limit 1
       ) as last on last.action = 'withdrawn' and last.contact_key = p.phone_key and last.at >= x.since
       where p.phone_key = $1 order by s.id`,
      [phoneKey],
    );
    await new Consents(db, this.keys).lift(phoneKey, 'sms');
    for (const { id } of ended) {
      await this.grant(db, await new Signups(db, this.keys).hold(id), 'sms', proof);
    }
    return ended.length > 0;
  }

  private async openEmail(db: EntityManager, signup: SignupView, proof: Proof): Promise<void> {
    await new Consents(db, this.keys).lift(signup.emailKey!, 'email');
    await this.grant(db, signup, 'email', proof);
  }

  /** @returns whether it was news */
  private async grant(
    db: EntityManager,
    signup: SignupView,
    channel: Channel,
    proof: Proof,
  ): Promise<boolean> {
    const news = await new Consents(db, this.keys).grant(signup, channel, proof);
    const campaign = (await new Campaigns(db).byId(signup.campaignId))!;
    await this.plans.lastCalls(db, campaign, (await new Signups(db, this.keys).byId(signup.id))!);
    return news;
  }

  private async takeTyped(db: EntityManager, signup: SignupView, proof: SignupProof): Promise<SignupView> {
    const before = await new Signups(db, this.keys).ofSupporter(signup.supporterId);
    const typed = await new Signups(db, this.keys).takeTyped(signup);
    if (!typed) return signup;
    const renewed = (await new Signups(db, this.keys).byId(signup.id))!;
    if (renewed.phoneKey !== signup.phoneKey) {
      // A yes was the old phone's own word; the new one has not said it.
      for (const theirs of before)
        await new Consents(db, this.keys).withdraw(theirs, 'sms', { ...proof, wording: 'phone-changed' });
    }
    await this.signups.proveTicks(db, renewed, typed, proof);
    if (typed.wantsTexts) {
      await this.signups.askByText(
        db,
        (await new Campaigns(db).byId(signup.campaignId))!,
        (await new Signups(db, this.keys).byId(signup.id))!,
      );
    }
    await this.plans.replanPerson(db, signup.supporterId);
    if (typed.outcome) await new Confirmations(db, this.keys).record(signup.id, typed.outcome, 'page');
    return renewed;
  }
}
