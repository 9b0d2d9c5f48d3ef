/**
 * An answer serves for this long; pages ask again every one and a half, so what somebody sees is at most five seconds old, as long as
 * the question takes less than one and a half itself.
 */
const freshFor = 2_000;
/** What takes longer is asked for ahead, as long as somebody looks: nobody waits for it but the first. */
const slow = 100;
const watchedFor = 10_000;
/** How often it is renewed at most; however slow it is, a fifth of the time it is not under way. */
const renewEvery = 1_000;

type Known<Answer> = { answer: Promise<Answer>; askedAt: number; lookedAt: number; isKept: boolean };

/** One query at a time per campaign and a few seconds, however many watch (RULES §8). */
export class Shared<Answer> {
  private readonly known = new Map<string, Known<Answer>>();

  constructor(private readonly ask: (campaignId: string) => Promise<Answer>) {}

  of(campaignId: string): Promise<Answer> {
    const now = performance.now();
    const known = this.known.get(campaignId);
    if (known && (known.isKept || now - known.askedAt < freshFor)) {
      known.lookedAt = now;
      return known.answer;
    }
    const asked = { answer: this.ask(campaignId), askedAt: now, lookedAt: now, isKept: true };
    this.known.set(campaignId, asked);
    void this.keep(campaignId, asked);
    return asked.answer;
  }

  /** Kept while it is under way, so that nobody asks a second time, and longer if it took long. */
  private async keep(campaignId: string, asked: Known<Answer>): Promise<void> {
    try {
      await asked.answer;
    } catch {
      this.known.delete(campaignId);
      return;
    }
    const took = performance.now() - asked.askedAt;
    asked.isKept = took > slow;
    if (asked.isKept)
      setTimeout(() => void this.renew(campaignId, asked), Math.max(renewEvery - took, took / 4)).unref();
  }

  /** The old answer serves until the new one is there; nobody looks any more: the next one to look asks. */
  private async renew(campaignId: string, old: Known<Answer>): Promise<void> {
    const now = performance.now();
    if (now - old.lookedAt > watchedFor) {
      this.known.delete(campaignId);
      return;
    }
    const asked = { answer: this.ask(campaignId), askedAt: now, lookedAt: old.lookedAt, isKept: true };
    await asked.answer.catch(() => undefined);
    asked.lookedAt = old.lookedAt;
    this.known.set(campaignId, asked);
    await this.keep(campaignId, asked);
  }
}
