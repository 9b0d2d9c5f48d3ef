import type { Wake } from '#queues';
import { crowd, resume } from '../../../../test/support/crowd.js';
import { useDatabase } from '../../../../test/support/use-database.js';
import type { WorkerMetrics } from '../metrics/worker-metrics.js';
import { DispatchService } from './dispatch.service.js';

const world = useDatabase();

it('expands a wave once at a time: who comes meanwhile leaves it to the first', async () => {
  const { campaignId, waveId } = await crowd({ db: world.db, keys: world.keys, people: 30 });
  await resume(world.db, campaignId);
  const expanded: number[] = [];
  const dispatch = new DispatchService(
    world.db,
    { deliver: () => undefined } as unknown as Wake,
    { expanded: (_: string, born: number) => expanded.push(born) } as unknown as WorkerMetrics,
  );
  const change = world.db.createQueryRunner();
  await change.startTransaction();
  await change.query(`select from waves where id = $1 for update`, [waveId]);
  const first = dispatch.expand(waveId);
  for (let waits = false; !waits;)
    waits = (
      await world.db.query<{ waits: boolean }[]>(
        `select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()) as waits`,
      )
    )[0]!.waits;

  await dispatch.expand(waveId);
  expect(expanded).toEqual([]);
  await change.rollbackTransaction();
  await change.release();
  await first;
  expect(expanded).toEqual([30]);
  await dispatch.expand(waveId);
  expect(expanded).toEqual([30, 0]);
});
