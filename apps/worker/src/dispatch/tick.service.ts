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
/** How often each worker looks, in milliseconds: so soon has a wave all of them. */
const pulse = 100;
const afterTrouble = 1_000;

/**
 * Each worker's own pulse. At every beat of it a worker joins in whatever is due: a wake-up reaches only one of them, or none.
 * One taker per slot re-derives from the ledger what else has to be done and wakes whoever is free; what nobody picked up by
 * its second look it does itself, so a lost queue costs seconds.
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
   * @param seen waves that were due at the last look, and so were picked up by nobody since
   * @returns those that are due now
   */
  async beat(seen: string[] = []): Promise<string[]> {
    const reminders = new Reminders(this.db.manager);
    await reminders.planResults();
    await new Campaigns(this.db.manager).moveOn();
    await this.planner.planMissing();
    await this.bringForward.look();
    await reminders.expire();
    await reminders.reclaim();
    const waves = await new Waves(this.db.manager).due();
    await new Tallies(this.db.manager).fold();
    for (const waveId of waves) {
      if (seen.includes(waveId)) this.dispatch.expand(waveId).catch((error: unknown) => this.say(error));
      else this.wake.expand({ waveId });
    }
    return waves;
  }

  private schedule(delay: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.turn().then((rest) => this.schedule(rest));
    }, delay);
  }

  /** @returns how long to rest until the next, in milliseconds */
  private async turn(): Promise<number> {
    try {
      const ticks = new Ticks(this.db.manager);
      const seen = await ticks.take(slotSeconds);
      if (seen) await ticks.leave(await this.beat(seen));
      void (await this.deliver.join());
      return pulse;
    } catch (error) {
      this.say(error);
      return afterTrouble;
    }
  }

  private say(error: unknown): void {
    const { name, code } = error as { name?: string; code?: string };
    this.log.error(
      `The tick failed and will be tried again (${[name, code].filter(Boolean).join(' ')}). If it goes on, check the database`,
    );
  }
}
