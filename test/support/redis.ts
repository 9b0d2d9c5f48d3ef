import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { findRedis } from './parts.js';

export type TestRedis = { readonly url: string; readonly port: number; stop(): Promise<void> };

/** A Redis of the test's own on a free port or this one, as BullMQ wants it (nothing is evicted); it keeps nothing on disk. */
export async function startRedis(at?: number): Promise<TestRedis> {
  const program = findRedis();
  if (!program) throw new Error('redis-server is not on this machine: wrap these tests in withRedis.');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'redis-'));
  const port = at ?? (await freePort());
  const nothingKept = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
  const child = spawn(
    program,
    ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder, ...nothingKept],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.on('data', (words: Buffer) => (said += words.toString()));
  const ended = once(child, 'exit');
  const atExit = () => child.kill('SIGKILL');
  process.on('exit', atExit);

  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    process.off('exit', atExit);
    await rm(folder, { recursive: true, force: true });
  };
  for (const until = Date.now() + 10_000; !(await answers(port)); await wait(20)) {
    if (child.exitCode === null && Date.now() < until) continue;
    await stop();
    throw new Error(`redis-server did not start on port ${port}:\n${said}`);
  }
  return { url: `redis://127.0.0.1:${port}`, port, stop };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const say = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (words) => say(words.toString().startsWith('+PONG')));
    socket.on('error', () => say(false));
  });
}
