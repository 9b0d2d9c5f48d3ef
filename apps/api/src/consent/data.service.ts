import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Channel, channels } from '#domain';
import {
  CampaignClock,
  Consents,
  DataLinks,
  type Kept,
  Keyring,
  Limits,
  newToken,
  OwnerData,
  type Proof,
  Reminders,
  Signups,
  type SignupView,
} from '#postgres';
import { Wake } from '#queues';
import { ConsentService } from './consent.service.js';

const minutes = (n: number) => n * 60_000;
const aDay = 24 * 60 * 60;

/** See, take along, delete: only with fresh proof of whose it is (RULES §7). */
@Injectable()
export class DataService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly consent: ConsentService,
    private readonly wake: Wake,
  ) {}

  /** A link goes by email, a code by text to whoever has a phone only. */
  channelOf(signup: SignupView): Channel {
    return signup.email ? 'email' : 'sms';
  }

  /** Whether what proves it can reach them: an unsubscribed address gets it, a dead one or a phone that said STOP does not. */
  async canReach(signup: SignupView): Promise<boolean> {
    const states = await this.consent.statesOf(signup);
    return this.channelOf(signup) === 'email'
      ? states.email !== 'blocked'
      : ['on', 'off'].includes(states.sms);
  }

  /** Sends the link or the code, three times a day at most; the answer is the same. */
  async ask(signup: SignupView): Promise<void> {
    const channel = this.channelOf(signup);
    await this.db.transaction(async (db) => {
      const limit = { name: 'data messages', of: signup.supporterId, most: 3, seconds: aDay };
      if ((await new Limits(db, this.keys).take([limit])).full) return;
      const request = { tokenKey: signup.tokenKey, signupId: signup.id, key: newToken() };
      const links = new DataLinks(db, this.keys);
      await (channel === 'email' ? links.openLink(request) : links.openCode(request));
      const now = await new CampaignClock(db).now();
      const expiresAt = new Date(now.getTime() + minutes(channel === 'email' ? 60 : 10));
      await new Reminders(db).add(signup, [
        { kind: 'data', key: request.key, channel, dueAt: null, expiresAt },
      ]);
    });
    this.wake.deliver({ campaignId: signup.campaignId, channel });
  }

  /** @returns the token of the data page for the right code */
  enter(signup: SignupView, code: string): Promise<{ token: string } | 'wrong' | 'over'> {
    return this.db.transaction((db) => new DataLinks(db, this.keys).enter(signup, code));
  }

  kept(signup: SignupView): Promise<Kept> {
    return new OwnerData(this.db.manager, this.keys).kept(signup.supporterId);
  }

  /** Ends every yes, skips every message, and then nothing says who this was. */
  async erase(signup: SignupView): Promise<void> {
    const proof: Proof = { wording: 'data-deleted', source: 'page' };
    await this.db.transaction(async (db) => {
      const signups = new Signups(db, this.keys);
      const theirs = await signups.ofSupporter(signup.supporterId);
      for (const { id } of theirs) await signups.hold(id);
      const consents = new Consents(db, this.keys);
      for (const one of theirs) {
        for (const channel of channels) await consents.withdraw(one, channel, proof);
        if (one.nextStep) await consents.write(one, 'next_step', 'withdrawn', proof);
        if (one.updates) await consents.write(one, 'updates', 'withdrawn', proof);
      }
      for (const channel of channels) await new Reminders(db).cancel(theirs, channel, 'no_address');
      await new OwnerData(db, this.keys).erase((await signups.byId(signup.id))!);
    });
  }
}
