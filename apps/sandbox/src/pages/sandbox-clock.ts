/** The campaign's clock, as the sandbox may move it. */
export interface SandboxClock {
  now(): Promise<Date>;
  /** the next moment at which something is due; null when nothing is */
  next(): Promise<Date | null>;
  /** Moves forward, stopping at every due moment on the way; answers when all that was due has been handed over. */
  moveTo(to: Date | 'next'): Promise<Date>;
}
