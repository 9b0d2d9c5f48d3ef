import { tokenHash } from '#postgres';
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
    world.keys,
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

it('gives whoever signed up before there were codes one, where the words of a wave have it, and nobody who was forgotten', async () => {
  const dispatch = new DispatchService(
    world.db,
    { deliver: () => undefined } as unknown as Wake,
    { expanded: () => undefined } as unknown as WorkerMetrics,
    world.keys,
  );
  const codes = async (words: string) => {
    const { campaignId, waveId } = await crowd({ db: world.db, keys: world.keys, people: 5 });
    await resume(world.db, campaignId);
    await world.db.query(
      `delete from tokens using signups s where s.id = tokens.signup_id and s.campaign_id = $1 and purpose = 'refer'`,
      [campaignId],
    );
    const [gone] = await world.db.query<{ id: string }[]>(
      `select id from signups where campaign_id = $1 limit 1`,
      [campaignId],
    );
    await world.db.query(
      `insert into tokens (hash, purpose, signup_id) select sha256(id::text::bytea), 'stop', id
      from signups s where campaign_id = $1 and not exists (select from tokens where signup_id = s.id and purpose = 'stop')`,
      [campaignId],
    );
    await world.db.query(`update tokens set revoked_at = now() where signup_id = $1`, [gone!.id]);
    await world.db.query(
      `insert into rung_texts (campaign_id, rung_id, language, subject, email) select campaign_id, rung_id, 'en', 'Hi', $2
       from waves where id = $1
       on conflict (campaign_id, rung_id, language) do update set subject = excluded.subject, email = excluded.email`,
      [waveId, words],
    );
    for (let times = 0; times < 2; times++) await dispatch.expand(waveId);
    const rows = await world.db.query<{ id: string; tokenKey: string; hash: Buffer }[]>(
      `select s.id, s.token_key as "tokenKey", t.hash from tokens t join signups s on s.id = t.signup_id
       where s.campaign_id = $1 and t.purpose = 'refer'`,
      [campaignId],
    );
    for (const { id, tokenKey, hash } of rows)
      expect(hash).toEqual(tokenHash(world.keys.token(tokenKey, id, 'refer')));
    return rows.length;
  };
  expect(await codes('Bring others: {{ referUrl }}')).toBe(4);
  expect(await codes('Do it: {{ guideUrl }}')).toBe(0);
});
