import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Campaigns, Reminders, Ticks, Waves } from '#postgres';
import { Wake } from '#queues';
import { DeliverService } from '../deliver/deliver.service.js';
import { DispatchService } from './dispatch.service.js';
import { PlannerService } from './planner.service.js';

const slotSeconds = 2;

/**
 * Each worker's own pulse, one taker per slot: it re-derives from the ledger what is due and wakes whoever is free.
 * What nobody picked up by its second look it does itself, so a lost queue costs seconds.
 */
@Injectable()
export class TickService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(TickService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private seen = new Set<string>();

  constructor(
    private readonly db: DataSource,
    private readonly wake: Wake,
    private readonly planner: PlannerService,
    private readonly dispatch: DispatchService,
    private readonly deliver: DeliverService,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Everything that one slot has to do; public so that a driven clock can ask for it at once. */
  async beat(): Promise<void> {
    const reminders = new Reminders(this.db.manager);
    await new Campaigns(this.db.manager).moveOn();
    await this.planner.planMissing();
    await reminders.expire();
    await reminders.reclaim();
    const waves = await new Waves(this.db.manager).due();
    await this.hand(
      waves.map((waveId) => ({
        name: `wave ${waveId}`,
        ask: () => this.wake.expand({ waveId }),
        act: () => this.dispatch.expand(waveId),
      })),
    );
    const due = await reminders.dueNow();
    await this.hand(
      due.map((work) => ({
        name: `deliver ${work.campaignId} ${work.channel}`,
        ask: () => this.wake.deliver(work),
        act: () => this.deliver.drain(work.campaignId, work.channel),
      })),
    );
    this.seen = new Set([
      ...waves.map((id) => `wave ${id}`),
      ...due.map((work) => `deliver ${work.campaignId} ${work.channel}`),
    ]);
  }

  private async hand(works: { name: string; ask: () => void; act: () => Promise<void> }[]): Promise<void> {
    for (const { name, ask, act } of works) {
      if (this.seen.has(name)) await act();
      else ask();
    }
  }

  private schedule(delay: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.turn().finally(() => this.schedule((slotSeconds * 1_000) / 2));
    }, delay);
  }

  private async turn(): Promise<void> {
    try {
      if (await new Ticks(this.db.manager).take(slotSeconds)) await this.beat();
    } catch (error) {
      this.log.error(
        `The tick failed and will be tried again: ${error instanceof Error ? error.message : 'unknown'}`,
      );
    }
  }
}
