import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Campaigns, Reminders, Tallies, Ticks, Waves } from '#postgres';
import { Wake } from '#queues';
import { DeliverService } from '../deliver/deliver.service.js';
import { BringForwardService } from './bring-forward.service.js';
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

  constructor(
    private readonly db: DataSource,
    private readonly wake: Wake,
    private readonly planner: PlannerService,
    private readonly bringForward: BringForwardService,
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

  /**
   * Everything that one slot has to do; public so that a driven clock can ask for it at once.
   * @param seen what was due at the last look, and so picked up by nobody since
   * @returns what is due now
   */
  async beat(seen: string[] = []): Promise<string[]> {
    const reminders = new Reminders(this.db.manager);
    await new Campaigns(this.db.manager).moveOn();
    await this.planner.planMissing();
    await this.bringForward.look();
    await reminders.expire();
    await reminders.reclaim();
    const waves = await new Waves(this.db.manager).due();
    const due = await reminders.dueNow();
    await new Tallies(this.db.manager).fold();
    const works = [
      ...waves.map((waveId) => ({
        name: `wave ${waveId}`,
        ask: () => this.wake.expand({ waveId }),
        act: () => this.dispatch.expand(waveId),
      })),
      ...due.map((work) => ({
        name: `deliver ${work.campaignId} ${work.channel}`,
        ask: () => this.wake.deliver(work),
        act: () => this.deliver.drain(work.campaignId, work.channel),
      })),
    ];
    for (const { name, ask, act } of works) {
      if (seen.includes(name)) act().catch((error: unknown) => this.say(error));
      else ask();
    }
    return works.map(({ name }) => name);
  }

  private schedule(delay: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.turn().finally(() => this.schedule((slotSeconds * 1_000) / 2));
    }, delay);
  }

  private async turn(): Promise<void> {
    try {
      const ticks = new Ticks(this.db.manager);
      const seen = await ticks.take(slotSeconds);
      if (seen) await ticks.leave(await this.beat(seen));
    } catch (error) {
      this.say(error);
    }
  }

  private say(error: unknown): void {
    const { name, code } = error as { name?: string; code?: string };
    this.log.error(
      `The tick failed and will be tried again (${[name, code].filter(Boolean).join(' ')}). If it goes on, check the database`,
    );
  }
}
