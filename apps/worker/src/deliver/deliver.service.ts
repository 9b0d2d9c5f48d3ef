import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Channel, channels, retryIn } from '#domain';
import { type ClaimedReminder, Keyring, LEDGER, Reminders, type Settled } from '#postgres';
import { WorkerMetrics } from '../metrics/worker-metrics.js';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';
import { Allowance } from './allowance.js';
import { EmailChannel } from './channels/email.channel.js';
import { SmsChannel } from './channels/sms.channel.js';
import { Claims } from './claims.js';
import { Lane, type Line } from './lane.js';
import { isUnwritable, Letters } from './letters.js';
import { Outcomes } from './outcomes.js';

/** A hand-over begins within this time of its check, or the reminder is checked again. */
const handOverWithin = 1_000;

/** Claims a few, re-checks, hands over, records (DESIGN §2, deliver). */
@Injectable()
export class DeliverService implements BeforeApplicationShutdown {
  private readonly log = new Logger(DeliverService.name);
  private readonly claims: Claims;
  private readonly outcomes: Outcomes;
  private readonly allowances: Record<Channel, Allowance>;
  private readonly lanes: Record<Channel, Lane>;

  constructor(
    @Inject(LEDGER) private readonly ledger: DataSource,
    keys: Keyring,
    private readonly letters: Letters,
    private readonly email: EmailChannel,
    private readonly sms: SmsChannel,
    private readonly metrics: WorkerMetrics,
    @Inject(WORKER_SETTINGS) settings: WorkerSettings,
  ) {
    const { EMAIL_PER_SECOND, EMAIL_PER_DAY, SMS_SEGMENTS_PER_SECOND, SMS_SEGMENTS_PER_DAY } = settings;
    this.claims = new Claims(ledger);
    this.outcomes = new Outcomes(ledger, keys);
    this.allowances = {
      email: new Allowance(ledger, 'email', { perSecond: EMAIL_PER_SECOND, perDay: EMAIL_PER_DAY }),
      sms: new Allowance(ledger, 'sms', { perSecond: SMS_SEGMENTS_PER_SECOND, perDay: SMS_SEGMENTS_PER_DAY }),
    };
    this.lanes = {
      email: this.lane('email', settings.WORKER_CONCURRENCY),
      sms: this.lane('sms', settings.WORKER_CONCURRENCY),
    };
    for (const channel of channels) metrics.watch(channel, () => this.lanes[channel].state);
  }

  /** Hands over everything that a campaign has due on a channel, and ends when all of it is recorded. */
  drain(campaignId: string, channel: Channel): Promise<void> {
    return this.lanes[channel].drain(campaignId);
  }

  /**
   * Takes part in whatever is due. It is asked for again while that lasts: more may have become due, and lines free.
   * @returns what ends when all of a campaign's is recorded
   */
  async join(): Promise<Promise<void>[]> {
    await this.claims.giveBack();
    const due = await new Reminders(this.ledger.manager).dueNow();
    return due.map(({ campaignId, channel }) => this.drain(campaignId, channel));
  }

  /** Stops claiming and waits for what is in flight. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.lanes).map((lane) => lane.stop()));
  }

  private lane(channel: Channel, size: number): Lane {
    const { leaseSeconds } = this.channel(channel);
    return new Lane({
      size,
      claimsAtRisk: channel === 'sms',
      room: (wanted) => this.channel(channel).room(wanted),
      allowance: (wanted) => this.allowances[channel].take(wanted),
      giveBack: (unused) => this.allowances[channel].giveBack(unused),
      claim: (campaignId, limit) =>
        this.metrics.claiming(channel, this.claims.take(campaignId, channel, limit, leaseSeconds)),
      handOver: (claimed, checkedAt, line) => this.handOver(claimed, checkedAt, line),
      say: (problem) => this.say(channel, problem),
    });
  }

  private async handOver(claimed: ClaimedReminder, checkedAt: number, line: Line): Promise<void> {
    const { campaignId, id, fence, channel, contactKey } = claimed;
    const letter = await this.letters
      .write(claimed)
      .catch((error: unknown) => this.unwritten(claimed, error));
    if ('outcome' in letter) return this.outcomes.record({ settled: letter });
    await line.begin();
    if (performance.now() - checkedAt > handOverWithin) {
      return this.claims.release(claimed);
    }
    if ('segments' in letter) this.allowances.sms.spend(letter.segments - 1);
    const began = performance.now();
    const { suppress, alert, providerId, ...answer } = await this.channel(channel).handOver(
      claimed,
      letter as never,
    );
    line.answered(answer);
    this.metrics.handedOver(channel, answer.outcome, performance.now() - began);
    if (alert) {
      this.log.error(
        `The ${channel} provider refuses us (${answer.reason ?? answer.outcome}): check the account and its settings`,
      );
    }
    const { outcome, reason } = answer;
    const retrySeconds = retryIn(answer, claimed, Math.random());
    await this.outcomes.record({
      settled: { campaignId, id, fence, outcome, reason, providerId, retrySeconds },
      ...(suppress && { suppress: { contactKey, channel, reason: suppress } }),
    });
  }

  /** A message that can never be composed fails alone; whatever else went wrong passes, and nothing was handed over. */
  private unwritten({ campaignId, id, fence }: ClaimedReminder, error: unknown): Settled {
    this.log.error(
      `Reminder ${id} could not be written (${error instanceof Error ? error.constructor.name : 'unknown'}); the others go on. Look at its rung's words and its person`,
    );
    return {
      campaignId,
      id,
      fence,
      ...(isUnwritable(error) ? { outcome: 'failed', reason: 'unrenderable' } : { outcome: 'later' }),
    };
  }

  private say(channel: Channel, problem: unknown): void {
    const { name, code } = problem as { name?: string; code?: string };
    this.log.error(
      `What is due by ${channel} could not be handed over and will be tried again (${[name, code].filter(Boolean).join(' ')}). If it goes on, check the database`,
    );
  }

  private channel(channel: Channel): EmailChannel | SmsChannel {
    return channel === 'email' ? this.email : this.sms;
  }
}
