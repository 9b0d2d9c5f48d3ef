// Builds what tests start as processes of their own: the product, and the parts of the suites that are programs.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const swc = path.join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
const stamp = path.join(root, 'dist', '.compiled');
const lock = path.join(root, 'dist', '.compiling');
// The console is another compiler's: what that one wrote stays.
const options = [
  ...['--out-dir', 'dist', '--config-file', '.swcrc', '--extensions', '.ts,.tsx'],
  ...['--ignore', 'apps/web/**', '--quiet'],
];

/**
 * Does nothing when nothing has changed, so that no program is written anew while another test's process reads it; of
 * several that call it at once, one builds and the others wait.
 * @throws Error when something does not compile
 */
export async function compile() {
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!taken()) await new Promise((resolve) => setTimeout(resolve, 50));
  try {
    if (existsSync(stamp) && writtenAt(stamp) > newestSource()) return;
    const began = new Date();
    await run(['apps', 'libs', ...options, '--copy-files']);
    await run(['test', ...options]);
    writeFileSync(stamp, `${began.toISOString()}\n`);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A build takes seconds: a lock that is a minute old was left by somebody who was killed. */
function taken() {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (existsSync(lock) && Date.now() - writtenAt(lock) > 60_000)
      rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [swc, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The build failed (${code}).`))));
  });
}

const newestSource = () =>
  Math.max(
    ...['apps', 'libs', 'test'].map((name) => newestIn(path.join(root, name))),
    ...['package.json', '.swcrc'].map((name) => writtenAt(path.join(root, name))),
  );

function newestIn(folder) {
  let newest = writtenAt(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const file = path.join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(file) : writtenAt(file));
  }
  return newest;
}

const writtenAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
