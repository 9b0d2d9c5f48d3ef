import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fitWaves, kindOf, windowsFor } from '#domain';
import { segmentsOf } from '#messages';
import { CampaignClock, Campaigns, type LadderRung, Waves } from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';

/** So long, by the campaigns' clock, the last look holds. */
const freshFor = 10 * 60_000;

/**
 * A wave that cannot end before its expiry starts earlier by the shortfall, inside its window (RULES §3): by those who are
 * there now, and by what the providers take.
 */
@Injectable()
export class BringForwardService {
  private readonly log = new Logger(BringForwardService.name);
  private lookedAt = -Infinity;

  constructor(
    private readonly db: DataSource,
    @Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings,
  ) {}

  /** Called more often than every ten minutes, it does nothing. */
  async look(): Promise<void> {
    const now = await new CampaignClock(this.db.manager).now();
    if (now.getTime() - this.lookedAt < freshFor) return;
    for (const campaignId of await new Waves(this.db.manager).campaignsAhead()) {
      // The tick goes on to what is due, whatever is wrong with one campaign's words.
      await this.lookAt(campaignId, now).catch(({ name }: Error) =>
        this.log.error(
          `Whether the waves of campaign ${campaignId} end in time is not known (${name}): rehearse it`,
        ),
      );
    }
    this.lookedAt = now.getTime();
  }

  private async lookAt(campaignId: string, now: Date): Promise<void> {
    const [campaigns, waves] = [new Campaigns(this.db.manager), new Waves(this.db.manager)];
    const campaign = (await campaigns.byId(campaignId))!;
    const { round, smsHours } = campaign;
    const rungs = await campaigns.ladderOf(campaignId);
    const shortNames = (await campaigns.coalitionsOf(campaignId)).map(({ shortName }) => shortName);
    const crowds = [];
    for (const { people, ...place } of await waves.crowds(campaignId)) {
      const touches = (await waves.touches({ campaignId, round, ...place }, rungs)) ?? [];
      crowds.push({ ...place, people, touches, windows: windowsFor({ ...place, smsHours }) });
    }
    const { EMAIL_PER_SECOND: email, SMS_SEGMENTS_PER_SECOND: sms } = this.settings;
    const fits = fitWaves(crowds, {
      segmentsOf: (rung) => {
        const kind = kindOf(rung) === 'alert' ? 'alert' : 'rung';
        return segmentsOf({ kind, words: (rung as LadderRung).messages }, campaign, shortNames);
      },
      pace: { email, sms },
      now,
    });
    for (const { fit, ...wave } of fits) {
      if (!fit.fits) {
        this.log.warn(
          `A wave of campaign ${campaignId} (${wave.rung.id}, ${wave.channel}, ${wave.zone}) takes ${fit.takesSeconds} s and has ${fit.roomSeconds}: raise the provider's pace or move the rung`,
        );
      } else if (fit.startsAt < wave.at) {
        await waves.bringForward({ campaignId, round, ...wave, rungId: wave.rung.id }, fit.startsAt);
      }
    }
  }
}
