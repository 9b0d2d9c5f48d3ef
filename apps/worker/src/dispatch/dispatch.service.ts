import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Keyring, Signups, Waves } from '#postgres';
import { Wake } from '#queues';
import { WorkerMetrics } from '../metrics/worker-metrics.js';

/** A due wave becomes reminders, a chunk of people at a time; doubled and late calls are harmless, and cost nothing. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly db: DataSource,
    private readonly wake: Wake,
    private readonly metrics: WorkerMetrics,
    private readonly keys: Keyring,
  ) {}

  /**
   * Who comes while another expands the wave leaves it to that one: the tick asks again until it is done. Should the other
   * die, its lock goes with its connection.
   */
  async expand(waveId: string): Promise<void> {
    const connection = this.db.createQueryRunner();
    const lock = `hashtextextended('expand wave ' || $1, 0)`;
    try {
      const [{ mine }] = (await connection.query(`select pg_try_advisory_lock(${lock}) as mine`, [
        waveId,
      ])) as [{ mine: boolean }];
      if (!mine) return;
      try {
        await this.make(waveId, connection.manager);
      } finally {
        await connection.query(`select pg_advisory_unlock(${lock})`, [waveId]);
      }
    } finally {
      await connection.release();
    }
  }

  private async make(waveId: string, db: EntityManager): Promise<void> {
    await new Signups(db, this.keys).giveCodes(waveId);
    const wave = await new Waves(db).expand(waveId);
    if (wave) this.metrics.expanded(wave.channel, wave.born);
    if (wave && wave.born > 0) this.wake.deliver({ campaignId: wave.campaignId, channel: wave.channel });
  }
}
