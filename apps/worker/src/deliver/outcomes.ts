import { setTimeout as wait } from 'node:timers/promises';
import type { Channel } from '#domain';
import { Consents, type Keyring, Reminders, type Settled } from '#postgres';
import type { DataSource } from 'typeorm';

/** What became of a hand-over, and whether its contact must not be used again. */
export type Outcome = {
  settled: Settled;
  suppress?: { contactKey: string; channel: Channel; reason: string };
};

/** Results wait this long for others to be written with them: longer, and at full speed all that may be at risk would wait. */
const gatherFor = 5;
/** Seconds that a lost database may take to come back before results are given up to their leases. */
const tries = 20;

/** Writes results in small batches, one after the other. */
export class Outcomes {
  private waiting: { outcome: Outcome; written: () => void; lost: (error: unknown) => void }[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly ledger: DataSource,
    private readonly keys: Keyring,
  ) {}

  /** Ends when the result is in the ledger. */
  record(outcome: Outcome): Promise<void> {
    const written = new Promise<void>((resolve, reject) =>
      this.waiting.push({ outcome, written: resolve, lost: reject }),
    );
    this.writing ??= this.write();
    return written;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      await wait(gatherFor);
      const batch = this.waiting.splice(0);
      try {
        await this.settle(batch.map(({ outcome }) => outcome));
        batch.forEach(({ written }) => written());
      } catch (error) {
        batch.forEach(({ lost }) => lost(error));
      }
    }
    // In the same step as the last look: whoever records from now on starts anew.
    this.writing = undefined;
  }

  /** What was handed over must be known: a database that is away for a moment is asked again, well within the lease. */
  private async settle(outcomes: Outcome[]): Promise<void> {
    for (let left = tries; ; left--) {
      try {
        await new Reminders(this.ledger.manager).settle(outcomes.map(({ settled }) => settled));
        break;
      } catch (error) {
        if (left === 0) throw error;
        await wait(1_000);
      }
    }
    for (const { suppress } of outcomes) {
      if (suppress)
        await new Consents(this.ledger.manager, this.keys).suppress(
          suppress.contactKey,
          suppress.channel,
          suppress.reason,
          'provider',
        );
    }
  }
}
