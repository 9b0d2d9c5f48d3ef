import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Tallies, type Tally } from '#postgres';

const freshFor = 4_000;

/** One query per campaign and a few seconds, however many watch (RULES §8). */
@Injectable()
export class TallyService {
  private readonly shared = new Map<string, { at: number; tally: Promise<Tally> }>();

  constructor(private readonly db: DataSource) {}

  of(campaignId: string): Promise<Tally> {
    const known = this.shared.get(campaignId);
    if (known && performance.now() - known.at < freshFor) return known.tally;
    const tally = new Tallies(this.db.manager).of(campaignId);
    this.shared.set(campaignId, { at: performance.now(), tally });
    tally.catch(() => this.shared.delete(campaignId));
    return tally;
  }

  /** People who joined through more than one of a coalition and those below it. */
  overlap(campaignId: string, coalitionId: string): Promise<number> {
    return new Tallies(this.db.manager).overlap(campaignId, coalitionId);
  }
}
