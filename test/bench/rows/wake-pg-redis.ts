import { findRedis } from '../../support/parts.js';
import { startRedis } from '../../support/redis.js';
import { pipeline } from '../pipeline.js';
import { interleaved, Missing, type Row, scaled } from '../row.js';

const people = scaled(6_000);

export const wakePgRedis: Row = {
  name: 'wake_pg_redis',
  what: 'pipeline woken through Postgres ÷ through Redis',
  goal: 0.95,
  better: 'more',
  async measure(stage) {
    if (!findRedis())
      throw new Missing('redis-server is not on this machine: install it to measure this row.');
    const redis = await startRedis();
    const database = await stage.database();
    const sink = await stage.sink();
    const measured = await interleaved(stage.say, {
      ours: () => pipeline(stage, { database, sink, people }),
      control: () => pipeline(stage, { database, sink, people, env: { REDIS_URL: redis.url } }),
    });
    await redis.stop();
    await sink.stop();
    await stage.drop(database);
    return { ...measured, people };
  },
};
