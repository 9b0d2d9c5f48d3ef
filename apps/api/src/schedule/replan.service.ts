import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { channels, planMoved, planRound, planWaves, windowsFor } from '#domain';
import { type Campaign, CampaignClock, Campaigns, Reminders, Waves } from '#postgres';
import { PersonalPlans } from './personal-plans.js';

/** How many waves a change moved, how many it left out, and how many stay as they were. */
export type Effect = { moved: number; dropped: number; kept: number };

/** A deadline, a ladder or its hours changed: waves, rounds and personal moments follow in the same transaction (RULES §3). */
@Injectable()
export class ReplanService {
  constructor(private readonly plans: PersonalPlans) {}

  /**
   * @param before the deadline that the waves were planned for; null when the ladder starts only now
   * @param campaign as it is saved, its round and plan included
   * @param newRound rungs that are ahead again start anew
   */
  async replan(
    db: EntityManager,
    campaign: Campaign,
    before: Date | null,
    { newRound = false } = {},
  ): Promise<Effect> {
    const waves = new Waves(db);
    const was = await waves.standing(campaign.id);
    await waves.forget(campaign.id);
    await new Reminders(db).takeBack(campaign.id, campaign.plan);
    const now = await new CampaignClock(db).now();
    const rungs = await new Campaigns(db).ladderOf(campaign.id);
    const deadline = campaign.deadlineAt!;
    for (const zone of await waves.zonesOf(campaign.id)) {
      const { smsHours } = campaign;
      const windows = windowsFor({ zone: zone.zone, smsWindow: zone.smsWindow, smsHours });
      const touches = channels.flatMap((channel) => {
        const ladder = { deadline, zone: zone.zone, windows, rungs, channel };
        if (before === null) return planWaves(ladder);
        return newRound ? planRound({ ...ladder, now }) : planMoved({ ...ladder, before, now });
      });
      await waves.plan(zone, touches, { anew: true });
    }
    await this.plans.replanCampaign(db, campaign);
    return effect(was, await waves.standing(campaign.id));
  }
}

/** @param was, is each wave's moment, by what it is a wave of */
function effect(was: Map<string, string>, is: Map<string, string>): Effect {
  const stays = [...was].filter(([wave]) => is.has(wave));
  const kept = stays.filter(([wave, at]) => is.get(wave) === at).length;
  return { kept, moved: stays.length - kept, dropped: was.size - stays.length };
}
