import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { built } from '../support/outside/start.js';

/** A process of the product, or of a row's own, whose words go to a file. */
export type Process = {
  readonly pid: number;
  /** Resolves when it has gone, by whatever. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly isUp: boolean;
  kill(signal: NodeJS.Signals): void;
};

const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * @param program a path under dist
 * @param log where its words go
 * @param preload a module that is imported before it, a path under dist too
 */
export function start(
  program: string,
  log: string,
  env: Record<string, string | undefined>,
  { preload }: { preload?: string } = {},
): Process {
  const out = openSync(log, 'a');
  const before = preload ? ['--import', built(preload)] : [];
  const child = spawn(process.execPath, [...before, built(program)], {
    cwd: path.dirname(log),
    stdio: ['ignore', out, out],
    env: { PATH: process.env['PATH'], ...env },
  });
  closeSync(out);
  children.add(child);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', () => resolve({ code: -1, signal: null }));
    child.once('exit', (code, signal) => {
      children.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid ?? -1,
    ended,
    get isUp() {
      return child.exitCode === null && child.signalCode === null;
    },
    kill: (signal) => void child.kill(signal),
  };
}
