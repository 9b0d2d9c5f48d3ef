import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../support/free-port.js';
import { findProgram } from '../support/parts.js';

/** A Redis that keeps nothing on disk and can be killed and started again where it was. */
export type RedisServer = {
  readonly port: number;
  readonly url: string;
  /** A command, on a connection of its own. */
  ask(...command: [string, ...(string | number)[]]): Promise<unknown>;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  remove(): Promise<void>;
};

export async function startRedisServer(settings: string[] = [], askedPort?: number): Promise<RedisServer> {
  const program = findProgram('redis-server');
  if (!program) throw new Error('This needs redis-server, which is not on this machine.');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'faults-redis-'));
  const port = askedPort ?? (await freePort());
  const all = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', ...settings];

  const ask: RedisServer['ask'] = async (name, ...rest) => {
    const client = new Redis(port, '127.0.0.1', { retryStrategy: () => null, lazyConnect: true });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.call(name, ...rest);
    } finally {
      client.disconnect();
    }
  };
  const run = async () => {
    const child = spawn(program, ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder, ...all], {
      stdio: 'ignore',
    });
    const atExit = () => child.kill('SIGKILL');
    process.on('exit', atExit);
    for (const end = Date.now() + 10_000; ; await wait(20)) {
      if ((await ask('PING').catch(() => null)) === 'PONG') break;
      if (child.exitCode !== null || Date.now() > end)
        throw new Error(`redis-server did not start on ${port}.`);
    }
    return async () => {
      process.off('exit', atExit);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    };
  };

  let end = await run();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    ask,
    kill: () => end(),
    startAgain: async () => {
      end = await run();
    },
    remove: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Three masters with a replica each, on loopback. */
export type RedisCluster = {
  readonly nodes: RedisServer[];
  /** For REDIS_URL. */
  readonly url: string;
  /** The master that holds a key now, asked of whoever answers. */
  masterOf(key: string): Promise<RedisServer>;
  remove(): Promise<void>;
};

export async function startRedisCluster(): Promise<RedisCluster> {
  const program = findProgram('redis-cli');
  if (!program) throw new Error('This needs redis-cli, which is not on this machine.');
  const nodes: RedisServer[] = [];
  // A node listens for the others 10,000 ports above its own.
  while (nodes.length < 6)
    nodes.push(await startRedisServer(['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']));
  const remove = async () => void (await Promise.all(nodes.map((node) => node.remove())));
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const made = spawn(program, [
    ...['--cluster', 'create', ...addresses],
    ...['--cluster-replicas', '1', '--cluster-yes'],
  ]);
  let said = '';
  made.stdout.on('data', (words: Buffer) => (said += words.toString()));
  const [code] = (await once(made, 'exit')) as [number];
  const whole = async () => {
    for (const node of nodes)
      if (!String(await node.ask('CLUSTER', 'INFO')).includes('cluster_state:ok')) return false;
    return true;
  };
  for (let tries = 0; code !== 0 || !(await whole()); tries++) {
    if (code !== 0 || tries > 100) {
      await remove();
      throw new Error(`The cluster was not made:\n${said}`);
    }
    await wait(100);
  }
  return {
    nodes,
    url: nodes.map(({ url }) => url).join(','),
    remove,
    masterOf: async (key) => {
      for (const node of nodes) {
        const slot = await node.ask('CLUSTER', 'KEYSLOT', key).catch(() => null);
        if (slot === null) continue;
        const shards = (await node.ask('CLUSTER', 'SLOTS')) as [number, number, [string, number]][];
        const [, , [, port]] = shards.find(([from, to]) => from <= Number(slot) && Number(slot) <= to)!;
        return nodes.find((other) => other.port === port)!;
      }
      throw new Error('No node of the cluster answers.');
    },
  };
}
