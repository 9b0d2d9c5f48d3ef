import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { channels, joinsBy, kindOf, planWaves, type Rung, type Touch, windowsFor } from '#domain';
import { Campaigns, type PlannedWave, type UnplannedZone, Waves } from '#postgres';

/** Makes the waves that a zone lacks: a first signup from Guam makes Guam's. */
@Injectable()
export class PlannerService {
  constructor(private readonly db: DataSource) {}

  async planMissing(): Promise<void> {
    for (const zone of await new Waves(this.db.manager).unplanned()) await this.plan(zone);
  }

  private async plan(zone: UnplannedZone): Promise<void> {
    await this.db.transaction(async (db) => {
      const campaign = await new Campaigns(db).hold(zone.campaignId);
      if (!campaign?.deadlineAt || campaign.round !== zone.round) return;
      const rungs = await new Campaigns(db).ladderOf(campaign.id);
      const windows = windowsFor({
        zone: zone.zone,
        smsWindow: zone.smsWindow,
        smsHours: campaign.smsHours,
      });
      const deadline = campaign.deadlineAt;
      const touches = channels.flatMap((channel) =>
        planWaves({ deadline, zone: zone.zone, windows, rungs, channel }),
      );
      await new Waves(db).plan(zone, touches.map(waveOf));
    });
  }
}

const waveKind = { reminder: 'rung', follow_up: 'follow_up', alert: 'alert' } as const;

function waveOf(touch: Touch): PlannedWave {
  const rung = touch.rung as Rung;
  const wave = {
    rungId: rung.id,
    channel: touch.channel,
    kind: waveKind[kindOf(rung)],
    plannedAt: touch.plannedAt,
  };
  return touch.at === null
    ? { ...wave, at: null, skipped: touch.skipped }
    : { ...wave, at: touch.at, joinsBy: joinsBy(touch), expiresAt: touch.expiresAt };
}
