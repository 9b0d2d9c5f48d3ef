import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CampaignClock, type ProgressRow, Reminders, type Step, Tallies, type Tally } from '#postgres';
import { Shared } from './shared.js';

/** A campaign's figures at one moment, and how they came about. */
export type Counted = { asOf: Date; tally: Tally; steps: Step[] };

/** What pages and the API say of a campaign in figures; they all say the same. */
@Injectable()
export class TallyService {
  private readonly counted = new Shared((id) =>
    this.atOnce(async (db, asOf) => {
      const tallies = new Tallies(db);
      return { asOf, tally: await tallies.of(id), steps: await tallies.steps(id, null) };
    }),
  );
  private readonly progresses = new Shared((id) => new Reminders(this.db.manager).progress(id));

  constructor(private readonly db: DataSource) {}

  countedOf(campaignId: string): Promise<Counted> {
    return this.counted.of(campaignId);
  }

  async of(campaignId: string): Promise<Tally> {
    return (await this.countedOf(campaignId)).tally;
  }

  progress(campaignId: string): Promise<ProgressRow[]> {
    return this.progresses.of(campaignId);
  }

  /** By how many people a coalition's figure is less than the sum of its own and those directly below it. */
  overlap(campaignId: string, coalitionId: string): Promise<number> {
    return new Tallies(this.db.manager).overlap(campaignId, coalitionId);
  }

  /** Reads figures that agree with each other, since they are of the same moment by the campaign's clock. */
  atOnce<Read>(read: (db: EntityManager, asOf: Date) => Promise<Read>): Promise<Read> {
    return this.db.transaction('REPEATABLE READ', async (db) => read(db, await new CampaignClock(db).now()));
  }
}
