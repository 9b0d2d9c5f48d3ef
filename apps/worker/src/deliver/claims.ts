import type { DataSource } from 'typeorm';
import type { Channel } from '#domain';
import { type ClaimedReminder, newClaim, Reminders } from '#postgres';

/**
 * Takes what is due. When the database goes away in the moment of a claim, the claim may stand although nobody heard of it;
 * nothing of it was handed over, so it is given back as soon as the database can be asked, long before its lease ends.
 */
export class Claims {
  private unheard: { number: number; until: number }[] = [];

  constructor(private readonly ledger: DataSource) {}

  async take(
    campaignId: string,
    channel: Channel,
    limit: number,
    leaseSeconds: number,
  ): Promise<{ claimed: ClaimedReminder[]; examined: number }> {
    const number = newClaim();
    try {
      return await new Reminders(this.ledger.manager).claim(campaignId, channel, limit, leaseSeconds, number);
    } catch (error) {
      this.unheard.push({ number, until: performance.now() + leaseSeconds * 1_000 });
      throw error;
    }
  }

  /** Asked for until the leases are over: a claim may come to stand after we stopped listening. */
  async giveBack(): Promise<void> {
    const now = performance.now();
    this.unheard = this.unheard.filter(({ until }) => until > now);
    if (this.unheard.length === 0) return;
    await new Reminders(this.ledger.manager).disown(this.unheard.map(({ number }) => number));
  }
}
