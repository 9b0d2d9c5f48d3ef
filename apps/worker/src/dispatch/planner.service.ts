import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { channels, planRound, planWaves, windowsFor } from '#domain';
import { CampaignClock, Campaigns, type CampaignZone, Waves } from '#postgres';

/** Makes the waves that a zone lacks: a first signup from Guam makes Guam's. */
@Injectable()
export class PlannerService {
  constructor(private readonly db: DataSource) {}

  async planMissing(): Promise<void> {
    for (const zone of await new Waves(this.db.manager).unplanned()) await this.plan(zone);
  }

  private async plan(zone: CampaignZone): Promise<void> {
    await this.db.transaction(async (db) => {
      const campaign = await new Campaigns(db).hold(zone.campaignId);
      if (!campaign?.deadlineAt || campaign.round !== zone.round) return;
      const rungs = await new Campaigns(db).ladderOf(campaign.id);
      const now = await new CampaignClock(db).now();
      const windows = windowsFor({
        zone: zone.zone,
        smsWindow: zone.smsWindow,
        smsHours: campaign.smsHours,
      });
      const deadline = campaign.deadlineAt;
      const touches = channels.flatMap((channel) => {
        const ladder = { deadline, zone: zone.zone, windows, rungs, channel, now };
        return campaign.round > 1 ? planRound(ladder) : planWaves(ladder);
      });
      await new Waves(db).plan(zone, touches);
    });
  }
}
