import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Channel, laters, planSnooze, snoozesFor } from '#domain';
import {
  type Campaign,
  CampaignClock,
  Campaigns,
  Keyring,
  Reminders,
  Signups,
  type SignupView,
} from '#postgres';
import type { Visit } from '../access/visits.service.js';
import type { LaterChoices, LaterRefusal } from '../layout/later.js';
import { whenView } from '../layout/view.js';
import type { Language } from '#messages';
import { windowsOf } from '#schedule';
import { ConsentService } from './consent.service.js';

export const laterChoices = [...laters, 'none'] as const;
export type LaterChoice = (typeof laterChoices)[number];

/** "Remind me later": one reminder that a person asks for, at a moment of their choice, capped by the deadline. */
@Injectable()
export class LaterService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly consent: ConsentService,
  ) {}

  /** What may be chosen now, and what was; null for whoever is done or agreed to no channel. */
  async view(visit: Visit, language: Language, action: string): Promise<LaterChoices | null> {
    const { signup, campaign, now } = visit;
    const channel = await this.channelOf(visit);
    if (!channel) return null;
    const windows = windowsOf(campaign, signup);
    const snoozes = snoozesFor({ now, deadline: campaign.deadlineAt, windows, channel });
    const [pending] = await new Reminders(this.db.manager).pending(signup, ['snooze']);
    const label = (at: Date) => whenView(at, now, signup.zone, language);
    return {
      channel,
      action,
      choices: snoozes
        .filter(({ at }) => at.getTime() !== pending?.dueAt.getTime())
        .map(({ later, at }) => ({ later, label: label(at) })),
      pending: pending ? { channel: pending.channel, label: label(pending.dueAt) } : null,
    };
  }

  /**
   * The newest choice takes the place of an earlier one. One that is not possible any more changes nothing.
   * @returns why nothing was planned; null when all is as it was asked for
   */
  async choose(visit: Visit, later: LaterChoice): Promise<LaterRefusal | null> {
    const channel = await this.channelOf(visit);
    return this.db.transaction(async (db) => {
      const campaign = (await new Campaigns(db).byId(visit.campaign.id))!;
      const signup = await new Signups(db, this.keys).hold(visit.signup.id);
      const now = await new CampaignClock(db).now();
      const reminders = new Reminders(db);
      if (later === 'none') await reminders.replan(signup, ['snooze'], []);
      const refused = refusalOf(signup, campaign, now);
      if (refused || later === 'none') return refused;
      if (!channel || !(channel === 'email' ? signup.emailSince : signup.smsSince)) return 'off';
      const windows = windowsOf(campaign, signup);
      const moment = planSnooze({ later, now, deadline: campaign.deadlineAt, windows, channel });
      if (!moment) return 'late';
      const key = `snooze#${moment.at.toISOString().slice(0, 16)}Z`;
      await reminders.replan(
        signup,
        ['snooze'],
        [{ kind: 'snooze', key, channel, dueAt: moment.at, expiresAt: moment.expiresAt }],
      );
      return null;
    });
  }

  private async channelOf({ signup, campaign, now }: Visit): Promise<Channel | null> {
    if (refusalOf(signup, campaign, now)) return null;
    const states = await this.consent.statesOf(signup);
    return states.email === 'on' ? 'email' : states.sms === 'on' ? 'sms' : null;
  }
}

/** Why there is nothing to remind somebody of, whatever they agreed to; null when there is. */
function refusalOf(
  { outcome }: SignupView,
  { status, deadlineAt }: Campaign,
  now: Date,
): 'done' | 'over' | 'awaiting' | null {
  if (outcome) return 'done';
  if (status === 'draft' || status === 'awaiting') return 'awaiting';
  return status === 'ended' || status === 'closed' || (deadlineAt && deadlineAt <= now) ? 'over' : null;
}
