import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Channel,
  channels,
  planMoved,
  planRound,
  type PlanSkipReason,
  planWaves,
  type Touch,
  windowsFor,
} from '#domain';
import {
  type Campaign,
  CampaignClock,
  type CampaignZone,
  Campaigns,
  Reminders,
  type Standing,
  waveName,
  Waves,
} from '#postgres';
import { PersonalPlans } from './personal-plans.js';

/** How many waves a change moved, how many it left out, and how many stay as they were. */
export type Effect = { moved: number; dropped: number; kept: number };

/** A rung on a channel before and after a change: its first moment over all zones, and what becomes of its waves. */
export type RungEffect = Effect & {
  rungId: string;
  channel: Channel;
  added: number;
  from: Date | null;
  to: Date | null;
  /** Why it is not sent any more, where no wave of it is ahead. */
  skipped: PlanSkipReason | null;
};

export type Why = 'launch' | 'round' | 'move';
type Planned = { zone: CampaignZone; touches: Touch[] };

/** A deadline, a ladder or its hours changed: waves, rounds and personal moments follow in the same transaction (RULES §3). */
@Injectable()
export class ReplanService {
  constructor(private readonly plans: PersonalPlans) {}

  /**
   * @param campaign as it is saved, its round and plan included
   * @param why a new round starts rungs that are ahead anew; at a launch nothing was planned before
   */
  async replan(db: EntityManager, campaign: Campaign, why: Why): Promise<Effect> {
    const waves = new Waves(db);
    await waves.hold(campaign.id);
    const was = await waves.standing(campaign.id, roundBefore(campaign, why));
    const now = await new CampaignClock(db).now();
    const planned = await this.planned(db, campaign, why, now);
    await waves.forget(campaign.id);
    await new Reminders(db).takeBack(campaign.id, campaign.plan);
    for (const { zone, touches } of planned) {
      const isOver = (touch: Touch) => why === 'move' && touch.at !== null && touch.expiresAt <= now;
      await waves.plan(
        zone,
        touches.filter((touch) => !isOver(touch)),
        { anew: true },
      );
      await waves.plan(zone, touches.filter(isOver).map(movedPast));
    }
    await this.plans.replanCampaign(db, campaign);
    return effect(was, standingOf(planned, was, now));
  }

  /**
   * What `replan` would do to each rung; nothing is written.
   * @param campaign as it would be saved
   */
  async preview(db: EntityManager, campaign: Campaign, why: Why): Promise<RungEffect[]> {
    const now = await new CampaignClock(db).now();
    const was = await new Waves(db).standing(campaign.id, roundBefore(campaign, why));
    const planned = await this.planned(db, campaign, why, now);
    const is = standingOf(planned, was, now);
    const skips = planned.flatMap(({ touches }) => touches).filter((touch) => touch.at === null);
    const rungs = await new Campaigns(db).ladderOf(campaign.id);
    return rungs.flatMap(({ id: rungId, channels }) =>
      channels.map((channel): RungEffect => {
        const mine = (standing: Standing): Standing =>
          new Map([...standing].filter(([wave]) => wave.startsWith(`${rungId} ${channel} `)));
        const [before, after] = [mine(was), mine(is)];
        const to = first(after);
        return {
          rungId,
          channel,
          ...effect(before, after),
          added: [...after.keys()].filter((wave) => !before.has(wave)).length,
          from: first(before),
          to,
          skipped: to ? null : (skips.find((skip) => isOf(skip, rungId, channel))?.skipped ?? null),
        };
      }),
    );
  }

  /** The waves of every place that the campaign has people in, as they are to be. */
  private async planned(db: EntityManager, campaign: Campaign, why: Why, now: Date): Promise<Planned[]> {
    const waves = new Waves(db);
    const rungs = await new Campaigns(db).ladderOf(campaign.id);
    const { smsHours, round } = campaign;
    const planned: Planned[] = [];
    for (const place of await waves.zonesOf(campaign.id)) {
      const zone = { ...place, round };
      const windows = windowsFor({ zone: zone.zone, smsWindow: zone.smsWindow, smsHours });
      const ahead = why === 'move' ? await waves.ahead(zone) : null;
      const touches = channels.flatMap((channel) => {
        const ladder = { deadline: campaign.deadlineAt!, zone: zone.zone, windows, rungs, channel, now };
        if (ahead) return planMoved({ ...ladder, ahead: ahead[channel] });
        return why === 'launch' ? planWaves(ladder) : planRound(ladder);
      });
      planned.push({ zone, touches });
    }
    return planned;
  }
}

/** The round that was under way before the change. */
const roundBefore = ({ round }: Campaign, why: Why) => (why === 'round' ? round - 1 : round);

/** What was sent in its time stays as it stands; a rung that came too late for the change is not sent. */
const movedPast = ({ rung, channel, plannedAt }: Touch): Touch => ({
  rung,
  channel,
  plannedAt,
  at: null,
  skipped: 'moved_past',
});

/** What is to come by a plan: what is ahead, and what was ahead and goes at once now. */
function standingOf(planned: Planned[], was: Standing, now: Date): Standing {
  const standing: Standing = new Map();
  for (const { zone, touches } of planned)
    for (const touch of touches) {
      const { rung, channel } = touch;
      if (rung === 'last_call' || touch.at === null) continue;
      const wave = waveName({ ...zone, rungId: rung.id, channel });
      if (touch.at > now || (was.has(wave) && touch.expiresAt > now)) standing.set(wave, touch.at);
    }
  return standing;
}

const isOf = ({ rung, channel }: Touch, rungId: string, on: Channel) =>
  rung !== 'last_call' && rung.id === rungId && channel === on;

function effect(was: Standing, is: Standing): Effect {
  const stays = [...was].filter(([wave]) => is.has(wave));
  const kept = stays.filter(([wave, at]) => is.get(wave)!.getTime() === at.getTime()).length;
  return { kept, moved: stays.length - kept, dropped: was.size - stays.length };
}

const first = (standing: Standing) =>
  [...standing.values()].reduce<Date | null>((least, at) => (least && least <= at ? least : at), null);
