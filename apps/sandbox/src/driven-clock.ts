import type { DataSource } from 'typeorm';
import { CampaignClock } from '#postgres';
import type { DeliverService } from '../../worker/src/deliver/deliver.service.js';
import type { TickService } from '../../worker/src/dispatch/tick.service.js';
import type { WatchService } from '../../worker/src/watch/watch.service.js';
import type { SandboxClock } from './pages/sandbox-clock.js';
import type { Phones } from './phones/phones.js';

const patience = 60_000;

/** The campaign's clock, moved from due moment to due moment, so that days pass in a minute and nothing is jumped over. */
export class DrivenClock implements SandboxClock {
  private turn: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly db: DataSource,
    private readonly tick: TickService,
    private readonly deliver: DeliverService,
    private readonly watch: WatchService,
    private readonly phones: Pick<Phones, 'settled'> | null,
  ) {}

  now(): Promise<Date> {
    return this.clock.now();
  }

  next(): Promise<Date | null> {
    return this.clock.nextDue();
  }

  /** One move at a time; a second waits for the first. */
  moveTo(to: Date | 'next'): Promise<Date> {
    const move = this.turn.then(() => this.move(to));
    this.turn = move.catch(() => undefined);
    return move;
  }

  /** Ends a move where it is: whoever waits for it is not waited for. */
  stop(): void {
    this.stopped = true;
  }

  private async move(to: Date | 'next'): Promise<Date> {
    await this.settle();
    const target = to === 'next' ? await this.clock.nextDue() : to;
    if (!target) return this.clock.now();
    for (let next = await this.clock.nextDue(); next && next <= target; next = await this.clock.nextDue()) {
      await this.clock.moveTo(next);
      await this.settle();
    }
    await this.clock.moveTo(target);
    await this.settle();
    return this.clock.now();
  }

  /** Waits until everything due has been handed over and the phones have told how it went. */
  private async settle(): Promise<void> {
    const deadline = performance.now() + patience;
    do {
      if (this.stopped) throw new Error('The clock stopped: the sandbox is being stopped.');
      await this.watch.run();
      await this.tick.beat();
      await Promise.all(await this.deliver.join());
      await this.phones?.settled();
      if (await this.clock.isQuiet()) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } while (performance.now() < deadline);
    throw new Error('The clock stopped: what is due could not be handed over within a minute. See the log.');
  }

  private get clock(): CampaignClock {
    return new CampaignClock(this.db.manager);
  }
}
