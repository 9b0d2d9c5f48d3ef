import type { DataSource } from 'typeorm';
import type { Channel } from '#domain';
import { type ClaimedReminder, newClaim, Reminders } from '#postgres';

/**
 * Takes what is due. When the database goes away in the moment of a claim, the claim may stand although nobody heard of it;
 * nothing of it was handed over, so it is given back as soon as the database can be asked, long before its lease ends.
 */
export class Claims {
  private unheard: { number: number; until: number }[] = [];
  private late: ClaimedReminder[] = [];

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

  /** What was claimed and not handed over in time is checked again; the database may be away just then. */
  async release(claimed: ClaimedReminder): Promise<void> {
    this.late.push(claimed);
    await this.giveBack();
  }

  /** Asked for until the leases are over: a claim may come to stand after we stopped listening. */
  async giveBack(): Promise<void> {
    const now = performance.now();
    this.unheard = this.unheard.filter(({ until }) => until > now);
    const reminders = new Reminders(this.ledger.manager);
    if (this.unheard.length > 0) await reminders.disown(this.unheard.map(({ number }) => number));
    const late = [...this.late];
    if (late.length > 0) await reminders.release(late);
    this.late = this.late.filter((claimed) => !late.includes(claimed));
  }
}
