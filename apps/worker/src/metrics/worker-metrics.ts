import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { DataSource } from 'typeorm';
import { openMetrics } from '#boot';
import type { Answer, Channel } from '#domain';
import { Health } from '#postgres';

/** What a lane shows of itself. */
export type LaneState = { inFlight: number; breaker: BreakerState };
export type BreakerState = (typeof breakerStates)[number];

const breakerStates = ['closed', 'open', 'probing'] as const;

/** A worker's figures for Prometheus; docs/operating.md says what each is for. */
@Injectable()
export class WorkerMetrics {
  readonly registry = openMetrics();
  private readonly lanes = new Map<Channel, () => LaneState>();
  private readonly registers = [this.registry];
  private readonly handOvers = new Histogram({
    name: 'drumbeat_hand_over_seconds',
    help: 'Hand-overs to the provider by what it answered, and how long it took',
    labelNames: ['channel', 'outcome'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: this.registers,
  });
  private readonly claims = new Histogram({
    name: 'drumbeat_claim_seconds',
    help: 'Claims of what is due, and how long each took',
    labelNames: ['channel'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: this.registers,
  });
  private readonly waves = new Counter({
    name: 'drumbeat_wave_expansions_total',
    help: 'Waves made into reminders, also again',
    labelNames: ['channel'],
    registers: this.registers,
  });
  private readonly born = new Counter({
    name: 'drumbeat_wave_reminders_total',
    help: 'Reminders that waves were made into',
    labelNames: ['channel'],
    registers: this.registers,
  });

  constructor(db: DataSource) {
    const { lanes, registers } = this;
    new Gauge({
      name: 'drumbeat_in_flight',
      help: 'Hand-overs under way',
      labelNames: ['channel'],
      registers,
      collect() {
        for (const [channel, look] of lanes) this.set({ channel }, look().inFlight);
      },
    });
    new Gauge({
      name: 'drumbeat_breaker',
      help: '1 for the state that the provider’s breaker is in, 0 for the others',
      labelNames: ['channel', 'state'],
      registers,
      collect() {
        for (const [channel, look] of lanes) {
          const { breaker } = look();
          for (const state of breakerStates) this.set({ channel, state }, state === breaker ? 1 : 0);
        }
      },
    });
    const health = new Health(db);
    new Gauge({
      name: 'drumbeat_tick_age_seconds',
      help: 'Since any worker last took a slot of the tick; not a number while the database does not tell',
      registers,
      async collect() {
        this.set((await health.tickAge()) ?? NaN);
      },
    });
  }

  /** Shows a lane's state whenever somebody looks. */
  watch(channel: Channel, look: () => LaneState): void {
    this.lanes.set(channel, look);
  }

  /** @param ms from the beginning of the hand-over to its answer */
  handedOver(channel: Channel, outcome: Answer['outcome'], ms: number): void {
    this.handOvers.observe({ channel, outcome }, ms / 1_000);
  }

  /** Times a claim that has begun. */
  async claiming<Claimed>(channel: Channel, claim: Promise<Claimed>): Promise<Claimed> {
    const over = this.claims.startTimer({ channel });
    const claimed = await claim;
    over();
    return claimed;
  }

  expanded(channel: Channel, born: number): void {
    this.waves.inc({ channel });
    this.born.inc({ channel }, born);
  }
}
