/** The hand-overs that may be in flight at once on a channel: a claim is never larger than what is free. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** Waits until at least one is free, then takes as many as there are. */
  async take(): Promise<number> {
    while (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const taken = this.free;
    this.free = 0;
    return taken;
  }

  give(count: number): void {
    this.free += count;
    if (this.free > 0) this.waiting.shift()?.();
  }
}
