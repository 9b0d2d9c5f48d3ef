import type { Channel } from '#domain';
import { type Pace, Paces } from '#postgres';
import type { DataSource } from 'typeorm';

/** Nothing was left: when the allowance is asked for again, in milliseconds. */
const askAgainAfter = 50;

/**
 * This worker's part of a provider's pace. It takes a quarter of a second's worth at once, so that a fast sender asks for
 * it four times a second and not for every claim.
 */
export class Allowance {
  private held = 0;
  private owed = 0;
  private emptyUntil = 0;

  constructor(
    private readonly ledger: DataSource,
    private readonly channel: Channel,
    private readonly pace: Pace,
  ) {}

  /** @returns how many of `wanted` may be handed over now */
  async take(wanted: number): Promise<number> {
    if (this.held < 1 && performance.now() >= this.emptyUntil) {
      const most = Math.max(wanted, Math.floor(this.pace.perSecond / 4));
      const { owed } = this;
      this.held = await new Paces(this.ledger.manager).take(this.channel, most, owed, this.pace);
      this.owed -= owed;
      if (this.held === 0) this.emptyUntil = performance.now() + askAgainAfter;
    }
    const taken = Math.min(wanted, this.held);
    this.held -= taken;
    return taken;
  }

  giveBack(unused: number): void {
    this.held += unused;
  }

  /** A text of more than one segment takes more than the one that it was counted for. */
  spend(more: number): void {
    this.owed += more;
  }
}
