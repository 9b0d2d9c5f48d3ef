import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { openMetrics } from '#boot';
import type { Proof } from '#postgres';

/** The api's figures for Prometheus; docs/operating.md says what each is for. */
@Injectable()
export class ApiMetrics {
  readonly registry = openMetrics();
  private readonly requests = new Histogram({
    name: 'drumbeat_request_seconds',
    help: 'Requests answered, by route and status, and how long they took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  private readonly signups = new Counter({
    name: 'drumbeat_signups_total',
    help: 'Signups taken, also of people who had signed up before',
    labelNames: ['source'],
    registers: [this.registry],
  });
  private readonly receipts = new Counter({
    name: 'drumbeat_receipts_total',
    help: 'What providers said of messages, also when they said it twice',
    labelNames: ['provider', 'kind'],
    registers: [this.registry],
  });

  /** @param route as it is declared, `/done/:token`; never an address, which holds tokens */
  answered(method: string, route: string, status: number, ms: number): void {
    this.requests.observe({ method, route, status }, ms / 1_000);
  }

  signedUp(source: Proof['source'], people = 1): void {
    this.signups.inc({ source }, people);
  }

  received(provider: string, kind: string): void {
    this.receipts.inc({ provider, kind: kinds.has(kind) ? kind : 'other' });
  }
}

/** Twilio's words are its own to extend; a label's values are not. */
const kinds = new Set(
  ['delivered', 'bounced', 'complained', 'deferred'].concat([
    'accepted',
    'queued',
    'scheduled',
    'sending',
    'sent',
    'read',
    'failed',
    'undelivered',
    'canceled',
  ]),
);
