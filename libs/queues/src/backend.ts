import {
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  setDefaultBackendFactory,
} from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import pg from 'pg';

export type QueueSettings = { DATABASE_URL: string; REDIS_URL?: string | undefined };

/**
 * Redis when there is one, else Postgres, for every queue of this process. Call it before any queue exists.
 * @returns the connection that each queue and worker is made with
 */
export function chooseBackend({ DATABASE_URL, REDIS_URL }: QueueSettings): ConnectionOptions {
  if (REDIS_URL) {
    setDefaultBackendFactory(createRedisBackend);
    const nodes = REDIS_URL.split(',');
    return nodes.length > 1 ? clusterOf(nodes) : new Redis(REDIS_URL, { maxRetriesPerRequest: null });
  }
  setDefaultBackendFactory(
    createPostgresBackend as unknown as Parameters<typeof setDefaultBackendFactory>[0],
  );
  return { connectionString: DATABASE_URL, max: 2 };
}

/** The nodes named are only asked for the others, which want the same credentials. */
function clusterOf(nodes: string[]): Cluster {
  const { username, password, protocol } = new URL(nodes[0]!);
  return new Cluster(nodes, {
    redisOptions: {
      maxRetriesPerRequest: null,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  });
}

/** Prepares the queue's own schema when Postgres carries it. Many processes may call it at once. */
export async function migrateQueues({ DATABASE_URL, REDIS_URL }: QueueSettings): Promise<void> {
  if (REDIS_URL) return;
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
