import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { channels, fitLadder, kindOf, planRound, planWaves, type RungFit } from '#domain';
import { segmentsOf } from '#messages';
import { type Campaign, CampaignClock, Campaigns, type LadderRung, Waves } from '#postgres';
import { windowsOf } from '#schedule';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

/** Does it fit in time? By who could be written to now, and by what the providers take (RULES §3). */
@Injectable()
export class PaceService {
  constructor(@Inject(API_SETTINGS) private readonly settings: ApiSettings) {}

  /** Each rung that is ahead of somebody, on each of its channels; none without a deadline. */
  async of(db: EntityManager, campaign: Campaign): Promise<(RungFit & { rung: LadderRung })[]> {
    const { id, deadlineAt: deadline, round } = campaign;
    if (!deadline) return [];
    const campaigns = new Campaigns(db);
    const rungs = await campaigns.ladderOf(id);
    const shortNames = (await campaigns.coalitionsOf(id)).map(({ shortName }) => shortName);
    const now = await new CampaignClock(db).now();
    const crowds = (await new Waves(db).crowds(id)).map(({ people, ...place }) => {
      const { zone } = place;
      const windows = windowsOf(campaign, place);
      const touches = channels.flatMap((channel) => {
        const ladder = { deadline, zone, windows, rungs, channel, now };
        return round > 1 ? planRound(ladder) : planWaves(ladder);
      });
      return { ...place, windows, touches, people };
    });
    const { EMAIL_PER_SECOND: email, SMS_SEGMENTS_PER_SECOND: sms } = this.settings;
    const fits = fitLadder(crowds, {
      segmentsOf(rung) {
        const kind = kindOf(rung) === 'alert' ? 'alert' : 'rung';
        return segmentsOf({ kind, words: (rung as LadderRung).messages }, campaign, shortNames);
      },
      pace: { email, sms },
      now,
    });
    return fits as (RungFit & { rung: LadderRung })[];
  }
}
