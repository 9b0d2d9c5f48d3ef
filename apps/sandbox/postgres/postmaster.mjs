import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync, statfsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { environment, lastLine } from './binaries.mjs';
import { gone, pause } from './processes.mjs';

const keepLogBytes = 10_000_000;

/**
 * Starts the server of a cluster and waits until it takes connections.
 * @param {{ postgres: string, cluster: string, account: { uid: number, gid: number } | undefined, port: number, log: string, durable: boolean, settings: Record<string, string | number> }} what
 * @returns {Promise<import('node:child_process').ChildProcess>}
 */
export async function startPostmaster({ postgres, cluster, account, port, log, durable, settings }) {
  for (let tries = 1; ; tries++) {
    rotate(log);
    const from = sizeOf(log);
    const out = openSync(log, 'a');
    const child = spawn(postgres, ['-D', cluster, ...allSettings(port, durable, settings)], {
      ...account,
      cwd: cluster,
      env: environment(),
      detached: true, // a session of its own: the terminal's Ctrl-C is for us, and we stop it in order
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    child.on('error', () => undefined);
    child.unref();
    if (await ready(child, cluster)) return child;
    const said = readFileSync(log).subarray(from).toString('utf8');
    // The children of a killed postmaster take a moment to notice.
    if (tries < 20 && /shared memory block|lock file "postmaster.pid" is empty/.test(said)) {
      await pause(250);
      continue;
    }
    if (/could not bind|Address already in use/i.test(said)) {
      throw Object.assign(
        new Error(`Port ${port} of 127.0.0.1 is taken, so Postgres cannot use it: name another.`),
        {
          code: 'EADDRINUSE',
        },
      );
    }
    const why = said.split('\n').find((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lastLine(said);
    throw new Error(`Postgres did not start (${why.trim() || 'it said nothing'}): see ${log}.`);
  }
}

/** Its eighth line says "ready" when connections are taken: what pg_ctl looks at, too. */
async function ready(child, cluster) {
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(15)) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
    const lines = readLines(path.join(cluster, 'postmaster.pid'));
    if (Number(lines[0]) === child.pid && lines[7]?.startsWith('ready')) return true;
  }
  child.kill('SIGKILL');
  return false;
}

/**
 * Ends the server: fast (or at once), and harder when that takes too long.
 * @param {import('node:child_process').ChildProcess} child
 * @param {'fast' | 'immediate'} mode
 */
export async function stopPostmaster(child, mode) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exit = once(child, 'exit');
  const steps = [
    ['SIGINT', 5_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 3_000],
  ];
  for (const [signal, within] of mode === 'fast' ? steps : steps.slice(1)) {
    child.kill(signal);
    if (await gone(child.pid, within)) break;
  }
  await exit;
}

/** A port that is free now. @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function allSettings(port, durable, more) {
  const all = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    logging_collector: 'off',
    ...(roomInSharedMemory() ? {} : { dynamic_shared_memory_type: 'mmap' }),
    // synchronous_commit stays on: without it a crash of the server alone would lose what was committed
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...more,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A container's /dev/shm is often 64 MB, too small for parallel queries. */
function roomInSharedMemory() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 256_000_000;
  } catch {
    return process.platform !== 'linux';
  }
}

function rotate(log) {
  if (sizeOf(log) > keepLogBytes) renameSync(log, `${log}.old`);
}

const sizeOf = (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
