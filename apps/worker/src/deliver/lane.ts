import { type Answer, type Breaker, breakerAfter, breakerAllows, closedBreaker, sharesOf } from '#domain';
import type { ClaimedReminder } from '#postgres';
import type { LaneState } from '../metrics/worker-metrics.js';

/** A pause when all that was looked at is being changed by somebody, or the pace allows nothing more. */
const heldBackFor = 20;
const longestRest = 1_000;

/** What one channel of one worker is made of. */
export type LaneParts = {
  /** Open connections: hand-overs at once, and what a crash may put at risk (DESIGN §4, promise 3). */
  size: number;
  /** What is claimed cannot be claimed again after a crash, as a text, so that its claim is at risk already. */
  claimsAtRisk: boolean;
  /** How many hand-overs could begin at this moment, or the answer that they would get. */
  room(wanted: number): Promise<number | Answer>;
  /** How many of them the provider's pace allows; what is not used is given back. */
  allowance(wanted: number): Promise<number>;
  giveBack(unused: number): void;
  claim(campaignId: string, limit: number): Promise<{ claimed: ClaimedReminder[]; examined: number }>;
  /** Hands over and records; ends, without an error, when both are done. */
  handOver(claimed: ClaimedReminder, checkedAt: number, line: Line): Promise<void>;
  /** A campaign could not be drained; hears it once, however many asked. */
  say(problem: unknown): void;
};

/** What a hand-over tells its lane. */
export type Line = {
  /** Waits until as few are handed over and not yet recorded as a crash may put at risk; to be asked just before the hand-over. */
  begin(): Promise<void>;
  answered(answer: Answer): void;
};

/** A campaign that has something due. */
type Work = {
  campaignId: string;
  /** Asked for again since the last look at the ledger. */
  again: boolean;
  /** Has its turn just now. */
  claiming: boolean;
  /** Handed over and not yet recorded. */
  pending: number;
  /** How much it had, divided by its share: the least served is next. */
  served: number;
  deadline: Date | null;
  restsUntil: number;
  done: PromiseWithResolvers;
};
type PromiseWithResolvers = { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void };

/**
 * Hands over what campaigns have due on one channel. One claim after the other, each for the campaign that had least of its
 * share and never larger than what can begin at once; while one half is on its way, the other is claimed.
 */
export class Lane {
  private readonly works = new Map<string, Work>();
  private readonly waiting: (() => void)[] = [];
  private breaker: Breaker = closedBreaker;
  /** Claimed, and the connection not free again. */
  private inFlight = 0;
  /** Handed over and not recorded. */
  private atRisk = 0;
  private readonly atTheGate: (() => void)[] = [];
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly parts: LaneParts) {}

  /**
   * Hands over everything that a campaign has due; called again meanwhile, it looks once more at its end. While the breaker
   * is open there is nothing to wait for: the next tick asks again.
   */
  drain(campaignId: string): Promise<void> {
    if (this.stopped || this.broken) return Promise.resolve();
    let work = this.works.get(campaignId);
    if (!work) {
      const served = Math.min(...[...this.works.values()].map((each) => each.served));
      work = {
        campaignId,
        again: true,
        claiming: false,
        pending: 0,
        served: Number.isFinite(served) ? served : 0,
        deadline: null,
        restsUntil: 0,
        done: withResolvers(),
      };
      this.works.set(campaignId, work);
      work.done.promise.catch((problem: unknown) => this.parts.say(problem));
    }
    work.again = true;
    this.wake();
    this.running ??= this.run();
    return work.done.promise;
  }

  /** What it does at this moment, for whoever watches. */
  get state(): LaneState {
    const { allowed } = breakerAllows(this.breaker, 2, performance.now());
    return { inFlight: this.inFlight, breaker: (['open', 'probing', 'closed'] as const)[allowed]! };
  }

  /** Claims no more, and waits until what is in flight is recorded. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    await Promise.allSettled([...this.works.values()].map(({ done }) => done.promise));
  }

  private async run(): Promise<void> {
    while (!this.stopped && this.works.size > 0) {
      const work = this.inFlight > this.parts.size / 2 ? undefined : this.next();
      if (!work) await this.rest();
      else await this.takeTurn(work);
    }
    this.endAll();
    // In the same step as the last look: whoever asks from now on starts anew.
    this.running = undefined;
  }

  /** Of the campaigns that may have something due, the one that had least. */
  private next(): Work | undefined {
    const now = performance.now();
    return [...this.works.values()]
      .filter(({ again, restsUntil }) => again && restsUntil <= now)
      .sort((one, other) => one.served - other.served)[0];
  }

  private async takeTurn(work: Work): Promise<void> {
    work.claiming = true;
    try {
      await this.turn(work);
    } catch (error) {
      work.again = false;
      work.done.reject(error);
    }
    work.claiming = false;
    this.endIfDry(work);
  }

  private async turn(work: Work): Promise<void> {
    const { parts } = this;
    if (this.broken) return this.endAll();
    const wanted = parts.size - this.inFlight;
    const room = await parts.room(breakerAllows(this.breaker, wanted, performance.now()).allowed);
    if (typeof room !== 'number') return this.hear(room);
    const allowance = room && (await parts.allowance(room));
    if (allowance === 0) {
      work.restsUntil = performance.now() + heldBackFor;
      return;
    }
    const checkedAt = performance.now();
    work.again = false;
    const { claimed, examined } = await parts.claim(work.campaignId, allowance);
    parts.giveBack(allowance - claimed.length);
    work.again ||= examined > 0;
    if (examined > 0 && claimed.length === 0) work.restsUntil = performance.now() + heldBackFor;
    if (claimed[0]) this.serve(work, claimed);
    for (const reminder of claimed) this.handOver(work, reminder, checkedAt);
  }

  private get broken(): boolean {
    return breakerAllows(this.breaker, 1, performance.now()).allowed === 0;
  }

  private serve(work: Work, claimed: ClaimedReminder[]): void {
    work.deadline = claimed[0]!.deadlineAt;
    const works = [...this.works.values()];
    const shares = sharesOf(
      works.map(({ deadline }) => deadline),
      claimed[0]!.now,
    );
    work.served += claimed.length / shares[works.indexOf(work)]!;
  }

  private handOver(work: Work, reminder: ClaimedReminder, checkedAt: number): void {
    this.inFlight++;
    work.pending++;
    let [taken, begun] = [true, false];
    const free = () => {
      if (taken) this.inFlight--;
      taken = false;
      this.wake();
    };
    const line = {
      begin: async () => {
        if (this.atRisk === this.parts.size)
          await new Promise<void>((resolve) => this.atTheGate.push(resolve));
        else this.atRisk++;
        begun = true;
      },
      answered: (answer: Answer) => {
        this.hear(answer);
        if (!this.parts.claimsAtRisk) free();
      },
    };
    this.parts
      .handOver(reminder, checkedAt, line)
      .catch((error: unknown) => work.done.reject(error))
      .finally(() => {
        free();
        if (begun) this.leave();
        work.pending--;
        this.endIfDry(work);
        this.wake();
      });
  }

  /** The place of what is recorded goes to the next that waits. */
  private leave(): void {
    const next = this.atTheGate.shift();
    if (next) next();
    else this.atRisk--;
  }

  private hear(answer: Answer): void {
    this.breaker = breakerAfter(this.breaker, answer, performance.now(), Math.random());
  }

  private endIfDry(work: Work): void {
    if (work.again || work.claiming || work.pending > 0) return;
    this.works.delete(work.campaignId);
    work.done.resolve();
  }

  private endAll(): void {
    for (const work of this.works.values()) {
      work.again = false;
      this.endIfDry(work);
    }
  }

  /** Until something is freed, recorded or asked for, or a campaign has rested. */
  private async rest(): Promise<void> {
    const now = performance.now();
    const rests = [...this.works.values()]
      .filter(({ again }) => again)
      .map(({ restsUntil }) => Math.max(1, restsUntil - now));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(longestRest, ...rests));
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

function withResolvers(): PromiseWithResolvers {
  let resolve!: () => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
