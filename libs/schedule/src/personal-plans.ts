import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Channel,
  channels,
  planLadder,
  planNudges,
  planPerson,
  planRound,
  refit,
  type Touch,
  windowsFor,
} from '#domain';
import {
  type Campaign,
  CampaignClock,
  Campaigns,
  Keyring,
  type LadderRung,
  type PersonalReminder,
  Reminders,
  Signups,
  type SignupView,
  Waves,
} from '#postgres';

/** What everybody's plan in a campaign is made from: read once, good for as long as its transaction. */
type Ground = {
  campaign: Campaign;
  now: Date;
  rungs: LadderRung[];
  /** The waves that stand where these people are; null when a rung has none there yet. */
  wavesIn: (place: Pick<SignupView, 'zone' | 'smsWindow'>) => Promise<Touch[] | null>;
};

/** What a person's own plan needs beyond the waves: moments of their own that depend on the deadline and on where they are. */
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
    return touchesOn(await groundOf(db, campaign), person, signedUpAt);
  }

  /**
   * The last calls of somebody for whom every rung of a channel came too early, as the campaign and the person are now. Again changes
   * nothing.
   */
  async lastCalls(db: EntityManager, campaign: Campaign, signup: SignupView): Promise<void> {
    await this.callLast(db, await groundOf(db, campaign), signup, { moved: false });
  }

  /** The campaign's deadline, ladder or hours have changed: everybody's own moments follow. */
  async replanCampaign(db: EntityManager, campaign: Campaign): Promise<void> {
    const signups = new Signups(db, this.keys);
    const ground = await groundOf(db, campaign);
    for await (const signup of signups.withOwnMoments(campaign.id)) await this.replan(db, ground, signup);
  }

  /** A person has moved: their own moments follow, in every campaign. */
  async replanPerson(db: EntityManager, supporterId: string): Promise<void> {
    for (const signup of await new Signups(db, this.keys).ofSupporter(supporterId)) {
      const campaign = (await new Campaigns(db).byId(signup.campaignId))!;
      await this.replan(db, await groundOf(db, campaign), signup);
    }
  }

  private async callLast(
    db: EntityManager,
    ground: Ground,
    signup: SignupView,
    { moved }: { moved: boolean },
  ): Promise<void> {
    const { campaign, now } = ground;
    if (campaign.status !== 'running' && campaign.status !== 'paused') return;
    const touches = await touchesOn(ground, signup, sinceOf(signup, campaign), moved ? now : undefined);
    const key = `last_call#${campaign.round}`;
    const calls = touches.flatMap((touch): PersonalReminder[] => {
      const { rung, channel, at } = touch;
      if (rung !== 'last_call' || !at || (!moved && at <= now)) return [];
      return [{ kind: rung, key, channel, dueAt: at, expiresAt: touch.expiresAt }];
    });
    await new Reminders(db).replan(signup, ['last_call'], calls);
  }

  private async replan(db: EntityManager, ground: Ground, signup: SignupView): Promise<void> {
    const { campaign, now } = ground;
    await this.callLast(db, ground, signup, { moved: true });
    const kinds = ['welcome', 'nudge', 'snooze', 'sms_optin'] as const;
    const pending = await new Reminders(db).pending(signup, [...kinds]);
    if (pending.length === 0) return;
    const windows = windowsOf(campaign, signup);
    const deadline = campaign.deadlineAt;
    const welcomedAt = pending.find(({ kind }) => kind === 'welcome')?.dueAt ?? signup.signedUpAt;
    const nudges = planNudges({ signedUpAt: welcomedAt, deadline, windows });
    const moments = pending.flatMap((reminder): PersonalReminder[] => {
      const { kind, key, channel, dueAt } = reminder;
      if (kind === 'welcome') return [reminder];
      const nudge = kind === 'nudge' ? nudges.find((planned) => String(planned.nudge) === key) : undefined;
      const at = nudge?.at ?? dueAt;
      const where = kind === 'sms_optin' ? windows.question : windows[channel];
      const moment = refit({ at, now, deadline, windows: where });
      return moment ? [{ kind, key, channel, dueAt: moment.at, expiresAt: moment.expiresAt }] : [];
    });
    await new Reminders(db).replan(signup, [...kinds], moments);
  }
}

async function groundOf(db: EntityManager, campaign: Campaign): Promise<Ground> {
  const { id: campaignId, round } = campaign;
  const rungs = await new Campaigns(db).ladderOf(campaignId);
  const known = new Map<string, Promise<Touch[] | null>>();
  return {
    campaign,
    now: await new CampaignClock(db).now(),
    rungs,
    wavesIn({ zone, smsWindow }) {
      const place = `${zone} ${smsWindow}`;
      const waves = known.get(place) ?? new Waves(db).touches({ campaignId, round, zone, smsWindow }, rungs);
      known.set(place, waves);
      return waves;
    },
  };
}

/** @param changedAt when a change of the plan may have put a last call in the past */
async function touchesOn(
  { campaign, now, rungs, wavesIn }: Ground,
  person: Pick<SignupView, 'zone' | 'smsWindow'>,
  signedUpAt: Partial<Record<Channel, Date>>,
  changedAt?: Date,
): Promise<Touch[]> {
  const deadline = campaign.deadlineAt;
  if (!deadline) return [];
  const windows = windowsOf(campaign, person);
  const ladder = { deadline, zone: person.zone, windows, rungs, signedUpAt, ...(changedAt && { changedAt }) };
  const waves =
    (await wavesIn(person)) ??
    (campaign.round > 1 ? channels.flatMap((channel) => planRound({ ...ladder, channel, now })) : null);
  return waves ? planPerson({ ...ladder, waves }) : planLadder(ladder);
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
