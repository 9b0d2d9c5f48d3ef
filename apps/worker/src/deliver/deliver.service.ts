import { setTimeout as wait } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Channel } from '#domain';
import { BadMergeValue, MessageProblems } from '#messages';
import { type ClaimedReminder, Consents, Keyring, Reminders, type Settled } from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';
import { EmailChannel } from './channels/email.channel.js';
import { SmsChannel } from './channels/sms.channel.js';
import { Letters } from './letters.js';
import { Slots } from './slots.js';

/** What became of a hand-over, and whether its contact must not be used again. */
type Outcome = { settled: Settled; suppress?: { contactKey: string; channel: Channel; reason: string } };

/** A hand-over begins within this time of its check, or the reminder is checked again. */
const handOverWithin = 1_000;
/** Seconds that a lost database may take to come back before results are given up to their leases. */
const settleTries = 20;
/** A pause when all that was looked at is being changed by somebody. */
const heldBackFor = 20;

/** Claims a few, re-checks, hands over, records (DESIGN §2, deliver). */
@Injectable()
export class DeliverService implements BeforeApplicationShutdown {
  private readonly log = new Logger(DeliverService.name);
  private readonly slots: Record<Channel, Slots>;
  private readonly draining = new Map<string, { again: boolean; done: Promise<void> }>();
  private stopped = false;

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly letters: Letters,
    private readonly email: EmailChannel,
    private readonly sms: SmsChannel,
    @Inject(WORKER_SETTINGS) settings: WorkerSettings,
  ) {
    this.slots = {
      email: new Slots(settings.WORKER_CONCURRENCY),
      sms: new Slots(settings.WORKER_CONCURRENCY),
    };
  }

  /**
   * Hands over everything that a campaign has due on a channel. Called again meanwhile, it returns at once, and the one
   * under way looks once more at its end.
   */
  async drain(campaignId: string, channel: Channel): Promise<void> {
    const name = `${campaignId} ${channel}`;
    const current = this.draining.get(name);
    if (current) {
      current.again = true;
      return;
    }
    const work = { again: true, done: Promise.resolve() };
    this.draining.set(name, work);
    work.done = (async () => {
      while (work.again && !this.stopped) {
        work.again = false;
        while (await this.handOverSome(campaignId, channel));
      }
    })().finally(() => this.draining.delete(name));
    return work.done;
  }

  /** Stops claiming and waits for what is in flight. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.allSettled([...this.draining.values()].map(({ done }) => done));
  }

  /** @returns whether there may be more */
  private async handOverSome(campaignId: string, channel: Channel): Promise<boolean> {
    const slots = this.slots[channel];
    let taken = await slots.take();
    try {
      if (this.stopped) return false;
      const started = performance.now();
      const { leaseSeconds } = this.channel(channel);
      const { claimed, examined } = await new Reminders(this.db.manager).claim(
        campaignId,
        channel,
        taken,
        leaseSeconds,
      );
      slots.give(taken - claimed.length);
      taken = claimed.length;
      await this.record(await Promise.all(claimed.map((reminder) => this.handOver(reminder, started))));
      if (examined > 0 && claimed.length === 0) await wait(heldBackFor);
      return examined > 0;
    } finally {
      slots.give(taken);
    }
  }

  /** What was handed over must be known: a database that is away for a moment is asked again, well within the lease. */
  private async record(outcomes: (Outcome | null)[]): Promise<void> {
    const results = outcomes.filter((outcome) => outcome !== null);
    if (results.length === 0) return;
    for (let left = settleTries; ; left--) {
      try {
        await new Reminders(this.db.manager).settle(results.map(({ settled }) => settled));
        break;
      } catch (error) {
        if (left === 0) throw error;
        await wait(1_000);
      }
    }
    for (const { suppress } of results) {
      if (suppress)
        await new Consents(this.db.manager, this.keys).suppress(
          suppress.contactKey,
          suppress.channel,
          suppress.reason,
          'provider',
        );
    }
  }

  private async handOver(claimed: ClaimedReminder, checkedAt: number): Promise<Outcome | null> {
    const { campaignId, id, fence, channel } = claimed;
    const letter = await this.letters
      .write(claimed)
      .catch((error: unknown) => this.unwritten(claimed, error));
    if ('outcome' in letter) return { settled: letter };
    if (performance.now() - checkedAt > handOverWithin) {
      await new Reminders(this.db.manager).release([claimed]);
      return null;
    }
    const { suppress, alert, retryAfterSeconds, ...answer } = await this.channel(channel).handOver(
      claimed,
      letter as never,
    );
    if (alert) {
      this.log.error(
        `The ${channel} provider refuses us (${answer.reason ?? answer.outcome}): check the account and its settings`,
      );
    }
    return {
      settled: { campaignId, id, fence, ...answer, retrySeconds: retryAfterSeconds },
      ...(suppress && { suppress: { contactKey: claimed.contactKey, channel, reason: suppress } }),
    };
  }

  /** A message that can never be composed fails alone; whatever else went wrong passes, and nothing was handed over. */
  private unwritten({ campaignId, id, fence }: ClaimedReminder, error: unknown): Settled {
    const never =
      error instanceof MessageProblems || error instanceof BadMergeValue || error instanceof TypeError;
    this.log.error(
      `Reminder ${id} could not be written (${error instanceof Error ? error.name : 'unknown'})`,
    );
    return {
      campaignId,
      id,
      fence,
      ...(never ? { outcome: 'failed', reason: 'unrenderable' } : { outcome: 'later' }),
    };
  }

  private channel(channel: Channel): EmailChannel | SmsChannel {
    return channel === 'email' ? this.email : this.sms;
  }
}
