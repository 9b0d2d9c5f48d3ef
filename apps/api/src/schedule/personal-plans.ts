import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Channel, planLadder, type Touch, windowsFor } from '#domain';
import {
  type Campaign,
  CampaignClock,
  Campaigns,
  type PersonalReminder,
  Reminders,
  Signups,
  type SignupView,
  Keyring,
} from '#postgres';

/** What a person's own plan needs beyond the waves: the last call of somebody who came too late for every rung. */
@Injectable()
export class PersonalPlans {
  constructor(private readonly keys: Keyring) {}

  /** Every touch of one person, from the one planner (RULES §3). */
  async plan(
    db: EntityManager,
    campaign: Campaign,
    person: Pick<SignupView, 'zone' | 'smsWindow'>,
    signedUpAt: Partial<Record<Channel, Date>>,
  ): Promise<Touch[]> {
    if (!campaign.deadlineAt) return [];
    return planLadder({
      deadline: campaign.deadlineAt,
      zone: person.zone,
      windows: windowsOf(campaign, person),
      rungs: await new Campaigns(db).ladderOf(campaign.id),
      signedUpAt,
    });
  }

  /** After an opt-in: plans the last call when no rung is left on a channel. Again changes nothing. */
  async lastCalls(db: EntityManager, campaign: Campaign, signup: SignupView): Promise<void> {
    if (campaign.status !== 'running' && campaign.status !== 'paused') return;
    const touches = await this.plan(db, campaign, signup, sinceOf(signup, campaign));
    const calls = touches.filter((touch) => touch.rung === 'last_call' && touch.at !== null);
    await new Reminders(db).add(
      signup,
      calls.map((call) => ({
        kind: 'last_call',
        key: `last_call#${campaign.round}`,
        channel: call.channel,
        dueAt: call.at,
        expiresAt: (call as Extract<Touch, { at: Date }>).expiresAt,
      })) satisfies PersonalReminder[],
    );
  }

  /** The ladder starts now for everybody who was waiting for a date. */
  async lastCallsFor(db: EntityManager, campaignId: string): Promise<void> {
    const campaign = await new Campaigns(db).byId(campaignId);
    const signups = new Signups(db, this.keys);
    for await (const signup of signups.optedIn(campaignId)) await this.lastCalls(db, campaign!, signup);
  }

  now(db: EntityManager): Promise<Date> {
    return new CampaignClock(db).now();
  }
}

export const windowsOf = (campaign: Campaign, person: Pick<SignupView, 'zone' | 'smsWindow'>) =>
  windowsFor({
    zone: person.zone,
    smsWindow: person.smsWindow,
    smsHours: campaign.smsHours,
  });

/** Per channel the latest of the signup, that channel's opt-in and the launch. */
function sinceOf(signup: SignupView, campaign: Campaign): Partial<Record<Channel, Date>> {
  const latest = (since: Date | null) =>
    since &&
    new Date(Math.max(since.getTime(), signup.signedUpAt.getTime(), campaign.launchedAt?.getTime() ?? 0));
  const email = latest(signup.emailSince);
  const sms = latest(signup.smsSince);
  return { ...(email && { email }), ...(sms && { sms }) };
}
