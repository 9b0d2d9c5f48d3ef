import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { channels, planMoved, planRound, planWaves, type Touch, windowsFor } from '#domain';
import { type Campaign, CampaignClock, type CampaignZone, Campaigns, Reminders, Waves } from '#postgres';
import { PersonalPlans } from './personal-plans.js';

/** How many waves a change moved, how many it left out, and how many stay as they were. */
export type Effect = { moved: number; dropped: number; kept: number };

/** A deadline, a ladder or its hours changed: waves, rounds and personal moments follow in the same transaction (RULES §3). */
@Injectable()
export class ReplanService {
  constructor(private readonly plans: PersonalPlans) {}

  /**
   * @param campaign as it is saved, its round and plan included
   * @param why a new round starts rungs that are ahead anew; at a launch nothing was planned before
   */
  async replan(db: EntityManager, campaign: Campaign, why: 'launch' | 'round' | 'move'): Promise<Effect> {
    const waves = new Waves(db);
    await waves.hold(campaign.id);
    const was = await waves.standing(campaign.id);
    const zones = await waves.zonesOf(campaign.id);
    const ahead = new Map<CampaignZone, Awaited<ReturnType<Waves['ahead']>>>();
    for (const zone of zones) ahead.set(zone, await waves.ahead(zone));
    await waves.forget(campaign.id);
    await new Reminders(db).takeBack(campaign.id, campaign.plan);
    const now = await new CampaignClock(db).now();
    const rungs = await new Campaigns(db).ladderOf(campaign.id);
    const deadline = campaign.deadlineAt!;
    for (const zone of zones) {
      const { smsHours } = campaign;
      const windows = windowsFor({ zone: zone.zone, smsWindow: zone.smsWindow, smsHours });
      for (const channel of channels) {
        const ladder = { deadline, zone: zone.zone, windows, rungs, channel, now };
        if (why !== 'move') {
          await waves.plan(zone, why === 'launch' ? planWaves(ladder) : planRound(ladder), { anew: true });
          continue;
        }
        const touches = planMoved({ ...ladder, ahead: ahead.get(zone)![channel] });
        const isOver = (touch: Touch) => touch.at !== null && touch.expiresAt <= now;
        await waves.plan(
          zone,
          touches.filter((touch) => !isOver(touch)),
          { anew: true },
        );
        await waves.plan(zone, touches.filter(isOver).map(movedPast));
      }
    }
    await this.plans.replanCampaign(db, campaign);
    return effect(was, await waves.standing(campaign.id));
  }
}

/** What was sent in its time stays as it stands; a rung that came too late for the change is not sent. */
const movedPast = ({ rung, channel, plannedAt }: Touch): Touch => ({
  rung,
  channel,
  plannedAt,
  at: null,
  skipped: 'moved_past',
});

/** @param was, is each wave's moment, by what it is a wave of */
function effect(was: Map<string, string>, is: Map<string, string>): Effect {
  const stays = [...was].filter(([wave]) => is.has(wave));
  const kept = stays.filter(([wave, at]) => is.get(wave) === at).length;
  return { kept, moved: stays.length - kept, dropped: was.size - stays.length };
}
