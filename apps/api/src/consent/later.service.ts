import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Channel, laters, planSnooze, snoozesFor } from '#domain';
import { CampaignClock, Keyring, Reminders, Signups } from '#postgres';
import type { Visit } from '../access/visits.service.js';
import type { LaterChoices } from '../layout/later.js';
import { whenView } from '../layout/view.js';
import type { Language } from '#messages';
import { windowsOf } from '../schedule/personal-plans.js';
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

  /** The newest choice takes the place of an earlier one. One that is not possible any more changes nothing. */
  async choose(visit: Visit, later: LaterChoice): Promise<void> {
    const channel = await this.channelOf(visit);
    await this.db.transaction(async (db) => {
      const signup = await new Signups(db, this.keys).hold(visit.signup.id);
      const reminders = new Reminders(db);
      if (later === 'none') return reminders.replan(signup, ['snooze'], []);
      if (!channel || signup.outcome || !(channel === 'email' ? signup.emailSince : signup.smsSince)) return;
      const moment = planSnooze({
        later,
        now: await this.now(db),
        deadline: visit.campaign.deadlineAt,
        windows: windowsOf(visit.campaign, signup),
        channel,
      });
      if (!moment) return;
      const key = `snooze#${moment.at.toISOString().slice(0, 16)}Z`;
      await reminders.replan(
        signup,
        ['snooze'],
        [{ kind: 'snooze', key, channel, dueAt: moment.at, expiresAt: moment.expiresAt }],
      );
    });
  }

  private async channelOf({ signup, campaign }: Visit): Promise<Channel | null> {
    if (signup.outcome || (campaign.status !== 'running' && campaign.status !== 'paused')) return null;
    const states = await this.consent.statesOf(signup);
    return states.email === 'on' ? 'email' : states.sms === 'on' ? 'sms' : null;
  }

  private now(db: EntityManager): Promise<Date> {
    return new CampaignClock(db).now();
  }
}
