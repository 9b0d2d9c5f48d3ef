import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';

/** Work that comes again and again while the worker runs: one round at a time, a rest after each, and whatever fails is said. */
export abstract class Recurring implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly log = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  /** A round that has many steps looks at it before each. */
  protected stopped = false;

  /**
   * @param restMs between two rounds
   * @param trouble what the log says of a round that failed, such as "Notices wait and will be tried again"
   */
  protected constructor(
    private readonly restMs: number,
    private readonly trouble: string,
  ) {}

  protected abstract work(): Promise<void>;

  /** A round; called again meanwhile, it waits for the one under way. */
  run(): Promise<void> {
    this.running ??= this.work().finally(() => (this.running = undefined));
    return this.running;
  }

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  /** Waits for the round that is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** The kind of an error, never its words: they may have somebody's data in them. */
  protected say(error: unknown): void {
    const { name, status, code } = error as { name?: string; status?: number; code?: string | number };
    this.log.error(`${this.trouble} (${[name, status, code].filter(Boolean).join(' ')})`);
  }

  private schedule(delay: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.run()
        .catch((error: unknown) => this.say(error))
        .finally(() => this.schedule(this.restMs));
    }, delay);
  }
}
