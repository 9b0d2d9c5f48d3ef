import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type ProgressRow, Reminders, Tallies, type Tally } from '#postgres';
import { Shared } from './shared.js';

/** What pages and the API say of a campaign in figures; they all say the same. */
@Injectable()
export class TallyService {
  private readonly tallies = new Shared((id) => new Tallies(this.db.manager).of(id));
  private readonly progresses = new Shared((id) => new Reminders(this.db.manager).progress(id));

  constructor(private readonly db: DataSource) {}

  of(campaignId: string): Promise<Tally> {
    return this.tallies.of(campaignId);
  }

  progress(campaignId: string): Promise<ProgressRow[]> {
    return this.progresses.of(campaignId);
  }

  /** By how many people a coalition's figure is less than the sum of its own and those directly below it. */
  overlap(campaignId: string, coalitionId: string): Promise<number> {
    return new Tallies(this.db.manager).overlap(campaignId, coalitionId);
  }
}
