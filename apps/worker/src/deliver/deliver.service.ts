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

/** A hand-over begins within this time of its check, or the reminder is checked again. */
const handOverWithin = 1_000;

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

  /** Hands over everything that a campaign has due on a channel. Called again meanwhile, it looks once more at the end. */
  async drain(campaignId: string, channel: Channel): Promise<void> {
    const name = `${campaignId} ${channel}`;
    const current = this.draining.get(name);
    if (current) {
      current.again = true;
      return current.done;
    }
    const work = { again: false, done: Promise.resolve() };
    this.draining.set(name, work);
    work.done = (async () => {
      do {
        work.again = false;
        while (!this.stopped && (await this.handOverSome(campaignId, channel)) > 0);
      } while (work.again && !this.stopped);
    })().finally(() => this.draining.delete(name));
    return work.done;
  }

  /** Stops claiming and waits for what is in flight. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.allSettled([...this.draining.values()].map(({ done }) => done));
  }

  private async handOverSome(campaignId: string, channel: Channel): Promise<number> {
    const slots = this.slots[channel];
    const taken = await slots.take();
    try {
      const reminders = new Reminders(this.db.manager);
      const started = performance.now();
      const claimed = await reminders.claim(campaignId, channel, taken, this.channel(channel).leaseSeconds);
      const results = await Promise.all(claimed.map((reminder) => this.handOver(reminder, started)));
      await reminders.settle(results.filter((result) => result !== null));
      return claimed.length;
    } finally {
      slots.give(taken);
    }
  }

  private async handOver(claimed: ClaimedReminder, checkedAt: number): Promise<Settled | null> {
    const { campaignId, id, fence, channel } = claimed;
    const letter = await this.letters
      .write(claimed)
      .catch((error: unknown) => this.unwritten(claimed, error));
    if ('outcome' in letter) return letter;
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
    if (suppress)
      await new Consents(this.db.manager, this.keys).suppress(
        claimed.contactKey,
        channel,
        suppress,
        'provider',
      );
    return { campaignId, id, fence, ...answer, retrySeconds: retryAfterSeconds };
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
