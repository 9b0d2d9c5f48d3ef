import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Channel,
  channels,
  planLadder,
  planLastCall,
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
  type PersonalReminder,
  Reminders,
  Signups,
  type SignupView,
  Waves,
} from '#postgres';

const hour = 3_600_000;

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
    if (!campaign.deadlineAt) return [];
    const { id, round } = campaign;
    const { zone, smsWindow } = person;
    const windows = windowsOf(campaign, person);
    const rungs = await new Campaigns(db).ladderOf(id);
    const ladder = { deadline: campaign.deadlineAt, zone, windows, rungs, signedUpAt };
    const now = await new CampaignClock(db).now();
    const waves =
      (await new Waves(db).touches({ campaignId: id, round, zone, smsWindow }, rungs)) ??
      (round > 1 ? channels.flatMap((channel) => planRound({ ...ladder, channel, now })) : null);
    return waves ? planPerson({ ...ladder, waves }) : planLadder(ladder);
  }

  /**
   * The last calls of somebody for whom every rung of a channel came too early, as the campaign and the person are now. Again changes
   * nothing.
   */
  async lastCalls(
    db: EntityManager,
    campaign: Campaign,
    signup: SignupView,
    { moved = false } = {},
  ): Promise<void> {
    if (campaign.status !== 'running' && campaign.status !== 'paused') return;
    const now = await new CampaignClock(db).now();
    const since = sinceOf(signup, campaign);
    const touches = await this.plan(db, campaign, signup, since);
    const calls = touches.flatMap(({ rung, channel }): PersonalReminder[] => {
      if (rung !== 'last_call') return [];
      // A moment that a move of the deadline put in the past comes now.
      const signedUpAt = new Date(Math.max(since[channel]!.getTime(), moved ? now.getTime() - hour : 0));
      const deadline = campaign.deadlineAt!;
      const call = planLastCall({ deadline, windows: windowsOf(campaign, signup), channel, signedUpAt });
      return call.at && (moved || call.at > now)
        ? [
            {
              kind: 'last_call',
              key: `last_call#${campaign.round}`,
              channel,
              dueAt: call.at,
              expiresAt: call.expiresAt,
            },
          ]
        : [];
    });
    await new Reminders(db).replan(signup, ['last_call'], calls);
  }

  /** The campaign's deadline, ladder or hours have changed: everybody's own moments follow. */
  async replanCampaign(db: EntityManager, campaign: Campaign): Promise<void> {
    const signups = new Signups(db, this.keys);
    for await (const signup of signups.withOwnMoments(campaign.id)) await this.replan(db, campaign, signup);
  }

  /** A person has moved: their own moments follow, in every campaign. */
  async replanPerson(db: EntityManager, supporterId: string): Promise<void> {
    for (const signup of await new Signups(db, this.keys).ofSupporter(supporterId)) {
      const campaign = (await new Campaigns(db).byId(signup.campaignId))!;
      await this.replan(db, campaign, signup);
    }
  }

  private async replan(db: EntityManager, campaign: Campaign, signup: SignupView): Promise<void> {
    await this.lastCalls(db, campaign, signup, { moved: true });
    const kinds = ['welcome', 'nudge', 'snooze', 'sms_optin'] as const;
    const pending = await new Reminders(db).pending(signup, [...kinds]);
    if (pending.length === 0) return;
    const now = await new CampaignClock(db).now();
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
