// What `npm start` and `npm test` do first on a clean clone. Needs nothing but Node.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @returns {string | null} a sentence to show when this Node is too old */
export function nodeProblem(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const fits = major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  return fits
    ? null
    : `Drumbeat needs Node 20.19 or later in 20, 22.12 or later in 22, or 24 and up; this is Node ${version}.`;
}

/** Whether packages are missing or older than the lock file. */
export const needsInstall = () =>
  writtenAt(path.join(root, 'package-lock.json')) >
  writtenAt(path.join(root, 'node_modules', '.package-lock.json'));

/** The arguments for `npm`: just what the lock file says, with what building and testing need. */
export const installArguments = ['ci', '--include=dev', '--no-audit', '--no-fund'];

/**
 * Runs npm in the project's folder; under `npm start` and `npm test` the same npm that runs them.
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} stdio where its words go
 * @returns {Promise<number | string>} the exit code, or what ended it
 */
export function npm(args, stdio = 'inherit') {
  const cli = process.env.npm_execpath ?? '';
  const [program, first] = /npm-cli\.c?js$/.test(cli) ? [process.execPath, [cli]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(program, [...first, ...args], { cwd: root, stdio });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (status, signal) => resolve(status ?? signal));
  });
}

/** @param {string} file */
export function writtenAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
