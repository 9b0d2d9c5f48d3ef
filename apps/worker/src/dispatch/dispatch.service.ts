import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Waves } from '#postgres';
import { Wake } from '#queues';
import { WorkerMetrics } from '../metrics/worker-metrics.js';

/** A due wave becomes reminders, a chunk of people at a time; doubled and late calls are harmless. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly db: DataSource,
    private readonly wake: Wake,
    private readonly metrics: WorkerMetrics,
  ) {}

  async expand(waveId: string): Promise<void> {
    const wave = await new Waves(this.db.manager).expand(waveId);
    if (wave) this.metrics.expanded(wave.channel, wave.born);
    if (wave && wave.born > 0) this.wake.deliver({ campaignId: wave.campaignId, channel: wave.channel });
  }
}
